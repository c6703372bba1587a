#include "app/portal.hpp"

#include "app/portal_parts.hpp"
#include "app/readings.hpp"
#include "base/trace.hpp"
#include "kit/http/access.hpp"
#include "platform/identity/cookies.hpp"

namespace app {

Portal::Portal(sql::Database& database, const base::Settings& settings, catalog::Catalog catalog, World world)
    : parts_(std::make_unique<Parts>(database, settings, std::move(catalog), world))
{
    parts_->register_work();
    parts_->deploy_processes();
    parts_->observation.metrics().readings([&parts = *parts_] {
        return read_figures(parts.database, parts.runtime, parts.runner);
    });
    parts_->interface = parts_->make_interface();
    parts_->router = std::make_unique<http::Router>(parts_->all_routes());
}

Portal::~Portal()
{
    stop();
}

http::Response Portal::handle(http::Request request)
{
    const base::Stopwatch watch;
    request.trace_id = http::trace_of(request, parts_->world.random).id;
    const base::TraceScope scope(request.trace_id);
    auto response = parts_->answer(request);
    return parts_->complete(
        std::make_shared<const http::Request>(std::move(request)), watch, std::move(response)
    );
}

http::Response Portal::metrics() const
{
    return http::text(parts_->observation.metrics().text())
        .set("content-type", "text/plain; version=0.0.4; charset=utf-8");
}

std::shared_ptr<const std::string> Portal::answer_fast(const http::Request& request) const
{
    auto found = parts_->kept.find(request);
    if (found)
        parts_->observation.note_kept();
    return found;
}

void Portal::start()
{
    parts_->runner.start(static_cast<std::size_t>(parts_->settings.integer("jobs.threads")));
    parts_->runtime.start_threads(static_cast<std::size_t>(parts_->settings.integer("process.threads")));
}

void Portal::stop()
{
    parts_->runtime.stop();
    parts_->runner.stop();
}

std::size_t Portal::run_due()
{
    return parts_->runtime.run_due() + parts_->runner.run_due();
}

const api::Interface& Portal::interface() const
{
    return *parts_->interface;
}

std::vector<std::string> Portal::routes() const
{
    return parts_->router->patterns();
}

}  // namespace app
