#include "features/desk/decision.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace desk {

using base::ErrorKind;
using base::fail;
using base::Result;

namespace {

constexpr std::array<std::pair<Verdict, std::string_view>, 3> names{{
    {Verdict::approve, "approve"},
    {Verdict::correct, "correct"},
    {Verdict::refuse, "refuse"},
}};

constexpr std::size_t longest_text = 2000;

}  // namespace

std::string_view name_of(Verdict verdict)
{
    return std::ranges::find(names, verdict, &std::pair<Verdict, std::string_view>::first)->second;
}

std::optional<Verdict> parse_verdict(std::string_view name)
{
    const auto found = std::ranges::find(names, name, &std::pair<Verdict, std::string_view>::second);
    return found == names.end() ? std::nullopt : std::optional(found->first);
}

Result<> check(const Decision& decision)
{
    if (!decision.verdict)
        return fail(ErrorKind::invalid, "desk.decision_missing");
    if (decision.verdict == Verdict::refuse && base::trim(decision.text).empty())
        return fail(ErrorKind::invalid, "desk.text_missing");
    if (base::count_code_points(decision.text) > longest_text)
        return fail(ErrorKind::invalid, "desk.text_too_long");
    return base::Done{};
}

}  // namespace desk
