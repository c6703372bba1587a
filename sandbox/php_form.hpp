#pragma once

#include "kit/http/request.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sandbox {

// A form as Payrexx' PHP reads it. Lists count only with written indices ("pm[0]=twint"): "pm=twint" and
// "pm[]=twint" are dropped without a word, which is exactly what a client has to notice.
class PhpForm {
public:
    explicit PhpForm(http::Fields fields) : fields_(std::move(fields)) {}

    std::string text(std::string_view name) const;  // empty when there is none
    std::vector<std::string> list(std::string_view name) const;
    // "basket[0][amount]=…", "basket[1][amount]=…": one map of the inner names for each index.
    std::vector<std::map<std::string, std::string>> rows(std::string_view name) const;
    // "fields[email][value]=…" under "email".
    std::map<std::string, std::string> named_values(std::string_view name) const;

private:
    http::Fields fields_;
};

}  // namespace sandbox
