#pragma once

#include "base/result.hpp"
#include "kit/http/request.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace desk {

enum class Verdict { approve, correct, refuse };
inline constexpr Verdict all_verdicts[] = {Verdict::approve, Verdict::correct, Verdict::refuse};
std::string_view name_of(Verdict verdict);
std::optional<Verdict> parse_verdict(std::string_view name);

// What a clerk decided about a task.
struct Decision {
    std::string task_id;  // the one the page showed: a page left open decides no later task
    std::optional<Verdict> verdict;
    std::string text;     // reason or remark; for a refusal the applicant reads it
    http::Fields fields;  // the answers as the clerk left them, field by field as in the applicant's form
};

// What a decision must have, whatever the case is; the message key says what is missing.
base::Result<> check(const Decision& decision);

}  // namespace desk
