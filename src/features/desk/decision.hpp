#pragma once

#include "base/result.hpp"
#include "kit/json/json.hpp"

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
    std::string text;          // reason or remark; for a refusal the applicant reads it
    json::Object corrections;  // answers as the clerk left them, by question
};

// What a decision must have; the message key says what is missing. `answers` are those of the case.
base::Result<> check(const Decision& decision, const json::Value& answers);

// The answers with the corrections in place; questions that were not asked are not added.
json::Value corrected(const json::Value& answers, const json::Object& corrections);

}  // namespace desk
