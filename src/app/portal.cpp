#include "app/portal.hpp"

#include "app/portal_parts.hpp"
#include "platform/identity/cookies.hpp"

#include <exception>

namespace app {

Portal::Portal(sql::Database& database, const base::Settings& settings, catalog::Catalog catalog, World world)
    : parts_(std::make_unique<Parts>(database, settings, std::move(catalog), world))
{
    parts_->register_work();
    parts_->deploy_processes();
    parts_->router = std::make_unique<http::Router>(parts_->all_routes());
}

Portal::~Portal()
{
    stop();
}

http::Response Portal::handle(http::Request request)
{
    http::Response response;
    try {
        response = parts_->router->handle(request);
        const bool is_bare = response.body.empty() && !http::find_field(response.headers, "content-type");
        if (response.status == 404 && is_bare)
            response = parts_->problem(request, html::ProblemKind::not_found);
        else if (response.status == 405 && is_bare)
            response.body = " ";
    } catch (const std::exception& error) {
        response = parts_->our_fault(request, error.what());
    }
    parts_->security.add_to(response, request.is_secure);
    parts_->kept.keep(request, response);
    return response;
}

std::shared_ptr<const std::string> Portal::answer_fast(const http::Request& request) const
{
    return parts_->kept.find(request);
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

std::vector<std::string> Portal::routes() const
{
    return parts_->router->patterns();
}

}  // namespace app
