#include "sandbox/registers.hpp"

#include "base/text.hpp"
#include "kit/crypto/hashing.hpp"
#include "kit/json/json.hpp"
#include "sandbox/residents.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace sandbox {

namespace {

constexpr std::size_t calls_kept = 100;
constexpr std::chrono::seconds slow_answer{30};

constexpr std::array<std::pair<RegisterMode, std::string_view>, 8> mode_names{{
    {RegisterMode::ok, "ok"},
    {RegisterMode::slow, "slow"},
    {RegisterMode::failing, "failing"},
    {RegisterMode::nonsense, "nonsense"},
    {RegisterMode::another_person, "another_person"},
    {RegisterMode::new_secret, "new_secret"},
    {RegisterMode::refusing, "refusing"},
    {RegisterMode::down, "down"},
}};

http::Response problem(int status, std::string_view title)
{
    http::Response response = http::json(
        json::write(json::Object{{"type", "about:blank"}, {"title", title}, {"status", status}}), status
    );
    response.set("content-type", "application/problem+json");
    return response;
}

// "/4001/persons/search" as 4001 and "/persons/search".
std::optional<std::pair<int, std::string_view>> split_path(std::string_view path)
{
    const auto slash = path.find('/', 1);
    if (!path.starts_with('/') || slash == std::string_view::npos)
        return std::nullopt;
    const std::string_view number = path.substr(1, slash - 1);
    int bfs_number = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), bfs_number);
    if (error != std::errc() || end != number.data() + number.size() || number.size() != 4)
        return std::nullopt;
    return std::pair(bfs_number, path.substr(slash));
}

bool fits(const Resident& resident, const json::Value& asked)
{
    const std::string first_name = base::fold_for_search(asked.text_of("firstName"));
    const std::string known = " " + base::fold_for_search(resident.first_name) + " ";
    const std::string last_name = base::fold_for_search(asked.text_of("officialName"));
    const json::Value* born = asked.find("dateOfBirth");
    const bool has_name =
        last_name == base::fold_for_search(resident.last_name) ||
        (!resident.alliance_name.empty() && last_name == base::fold_for_search(resident.alliance_name));
    return has_name && !first_name.empty() && known.find(" " + first_name + " ") != std::string::npos &&
           born != nullptr && born->text_of("yearMonthDay") == base::format_date(resident.date_of_birth);
}

}  // namespace

std::string_view name_of(RegisterMode mode)
{
    return std::ranges::find(mode_names, mode, &std::pair<RegisterMode, std::string_view>::first)->second;
}

std::optional<RegisterMode> parse_register_mode(std::string_view name)
{
    const auto* const found =
        std::ranges::find(mode_names, name, &std::pair<RegisterMode, std::string_view>::second);
    return found == mode_names.end() ? std::nullopt : std::optional(found->first);
}

Registers::Registers(const base::Clock& clock, std::function<void(std::chrono::seconds)> wait, Check check)
    : clock_(clock), wait_(std::move(wait)), check_(std::move(check))
{
}

http::Response Registers::handle(const http::Request& request)
{
    const auto place = split_path(request.path);
    if (!place || place->second != "/persons/search")
        return problem(404, "There is no such operation.");
    const int bfs_number = place->first;
    const RegisterMode present = mode(bfs_number);
    if (present == RegisterMode::slow)
        wait_(slow_answer);
    http::Response response = find_persons(request, bfs_number, present);
    const auto body = json::parse(request.body);
    note(
        bfs_number,
        {clock_.now(),
         std::string(request.header("idempotency-key").value_or("")),
         std::string(body ? body->text_of("ourBusinessReferenceId") : ""),
         response.status}
    );
    return response;
}

http::Response Registers::find_persons(const http::Request& request, int bfs_number, RegisterMode mode) const
{
    if (mode == RegisterMode::down)
        return http::text("Service Unavailable", 503);
    const std::string expected = "Bearer demo-connector-" + std::to_string(bfs_number);
    if (mode == RegisterMode::new_secret ||
        !crypto::equal_in_constant_time(request.header("authorization").value_or(""), expected))
        return problem(401, "The secret is not correct.");
    if (const auto checked = check_ ? check_(request) : base::Done{}; !checked)
        return checked.error().kind == base::ErrorKind::unavailable
                   ? problem(503, "The keys of the portal cannot be fetched.")
                   : problem(401, "The signature is not correct: " + checked.error().detail);
    if (mode == RegisterMode::failing)
        return problem(500, "The database does not answer.");
    if (mode == RegisterMode::nonsense)
        return http::json(R"({"persons":[{"personIdentification":"Müller"}]})");
    if (mode == RegisterMode::refusing)
        return problem(403, "The register does not tell about this person.");
    const auto body = json::parse(request.body);
    const json::Value* asked = body ? body->find("person") : nullptr;
    if (request.method != http::Method::post || asked == nullptr)
        return problem(422, "The member person is missing.");

    json::Array persons;
    const auto everybody = residents(bfs_number);
    if (mode == RegisterMode::another_person)
        persons.push_back(resident_json(everybody.back(), bfs_number));
    else
        for (const Resident& resident : everybody)
            if (fits(resident, *asked))
                persons.push_back(resident_json(resident, bfs_number));
    return http::json(json::write(json::Object{{"persons", std::move(persons)}}));
}

RegisterMode Registers::mode(int bfs_number) const
{
    const std::lock_guard lock(mutex_);
    const auto found = modes_.find(bfs_number);
    return found == modes_.end() ? RegisterMode::ok : found->second;
}

void Registers::set_mode(int bfs_number, RegisterMode mode)
{
    const std::lock_guard lock(mutex_);
    modes_[bfs_number] = mode;
}

std::vector<RegisterCall> Registers::calls(int bfs_number) const
{
    const std::lock_guard lock(mutex_);
    const auto found = calls_.find(bfs_number);
    return found == calls_.end() ? std::vector<RegisterCall>()
                                 : std::vector<RegisterCall>(found->second.begin(), found->second.end());
}

std::vector<Resident> Registers::residents(int bfs_number) const
{
    return residents_of(bfs_number, std::chrono::floor<std::chrono::days>(clock_.now()));
}

void Registers::note(int bfs_number, RegisterCall call)
{
    const std::lock_guard lock(mutex_);
    auto& calls = calls_[bfs_number];
    calls.push_back(std::move(call));
    if (calls.size() > calls_kept)
        calls.pop_front();
}

void Registers::reset()
{
    const std::lock_guard lock(mutex_);
    modes_.clear();
    calls_.clear();
}

}  // namespace sandbox
