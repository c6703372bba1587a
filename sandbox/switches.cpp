#include "sandbox/switches.hpp"

#include <algorithm>
#include <vector>

namespace sandbox {

namespace {

base::Error fault(const std::string& name, std::string_view expected)
{
    return base::fail(
        base::ErrorKind::invalid, "sandbox.switch", name + ": " + std::string(expected) + " expected"
    );
}

bool set_choice(const json::Value& value, std::initializer_list<std::string_view> choices, std::string& text)
{
    const bool is_known = std::ranges::find(choices, value.string_or()) != choices.end();
    if (is_known)
        text = value.string_or();
    return is_known;
}

bool set_flag(const json::Value& value, bool& flag)
{
    if (const bool* given = value.if_bool())
        flag = *given;
    return value.if_bool() != nullptr;
}

}  // namespace

json::Value switches_json(const PayrexxSwitches& switches)
{
    return json::Object{
        {"api", switches.api},
        {"refunds", switches.refunds},
        {"webhook", switches.webhook},
        {"mode", switches.mode},
        {"duplicates", switches.duplicates},
        {"lose", switches.lose},
        {"reorder", switches.reorder},
        {"tamper", switches.tamper},
        {"delayMs", static_cast<std::int64_t>(switches.delay.count())},
    };
}

base::Result<PayrexxSwitches> parse_switches(const json::Value& wanted, PayrexxSwitches present)
{
    const json::Object* object = wanted.if_object();
    if (object == nullptr)
        return fault("switches", "an object");
    for (const auto& [name, value] : *object) {
        const auto number = value.integer();
        const bool is_number = number && *number >= 0;
        if (name == "api" && set_choice(value, {"ok", "down", "blocked"}, present.api))
            continue;
        if (name == "refunds" && set_choice(value, {"ok", "pending", "refused"}, present.refunds))
            continue;
        if (name == "webhook" && set_choice(value, {"json", "form"}, present.webhook))
            continue;
        if (name == "mode" && set_choice(value, {"LIVE", "TEST"}, present.mode))
            continue;
        if ((name == "lose" && set_flag(value, present.lose)) ||
            (name == "reorder" && set_flag(value, present.reorder)) ||
            (name == "tamper" && set_flag(value, present.tamper)))
            continue;
        if (name == "duplicates" && is_number)
            present.duplicates = static_cast<int>(std::min<std::int64_t>(*number, 10));
        else if (name == "delayMs" && is_number)
            present.delay = std::chrono::milliseconds(*number);
        else
            return fault(name, "a known switch and one of its values");
    }
    return present;
}

}  // namespace sandbox
