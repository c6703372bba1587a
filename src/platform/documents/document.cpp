#include "platform/documents/document.hpp"

namespace documents {

std::string_view name_of(State state)
{
    return state == State::valid ? "valid" : "revoked";
}

std::optional<State> parse_state(std::string_view name)
{
    for (const auto state : {State::valid, State::revoked})
        if (name == name_of(state))
            return state;
    return std::nullopt;
}

std::string_view name_of(Verdict verdict)
{
    switch (verdict) {
    case Verdict::valid: return "valid";
    case Verdict::revoked: return "revoked";
    case Verdict::expired: return "expired";
    case Verdict::unknown: break;
    }
    return "unknown";
}

std::string grouped(std::string_view code)
{
    constexpr std::size_t group = 4;
    std::string text;
    for (std::size_t index = 0; index < code.size(); ++index) {
        if (index > 0 && index % group == 0)
            text += '-';
        text += code[index];
    }
    return text;
}

std::string normal_code(std::string_view typed)
{
    std::string code;
    for (const char letter : typed) {
        if (letter >= 'a' && letter <= 'z')
            code += static_cast<char>(letter - 'a' + 'A');
        else if ((letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9'))
            code += letter;
    }
    return code;
}

}  // namespace documents
