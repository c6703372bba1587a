#include "platform/identity/form_values.hpp"

#include "base/text.hpp"

namespace identity {

std::string trimmed_field(const http::Request& request, std::string_view name)
{
    const auto form = request.form();
    return std::string(base::trim(http::find_field(form, name).value_or("")));
}

std::string raw_field(const http::Request& request, std::string_view name)
{
    const auto form = request.form();
    return std::string(http::find_field(form, name).value_or(""));
}

bool looks_like_email(std::string_view email)
{
    const auto at = email.find('@');
    return at != std::string_view::npos && at > 0 && email.find('@', at + 1) == std::string_view::npos &&
           email.find('.', at) != std::string_view::npos && email.back() != '.' && email.size() <= 254 &&
           email.find_first_of(" \t\r\n<>,;\"") == std::string_view::npos &&
           !base::has_control_characters(email);
}

std::string safe_return(std::string_view wanted, std::string_view otherwise)
{
    const bool is_path = wanted.starts_with('/') && !wanted.starts_with("//") && !wanted.starts_with("/\\");
    if (!is_path || wanted.size() > 500 || base::has_control_characters(wanted) ||
        wanted.find('\n') != wanted.npos || wanted.find('\r') != wanted.npos)
        return std::string(otherwise);
    return std::string(wanted);
}

}  // namespace identity
