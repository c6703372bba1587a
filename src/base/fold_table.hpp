#pragma once

#include <array>
#include <string_view>

namespace base {

struct Fold {
    char32_t code_point;
    std::string_view folded;
};

extern const std::array<Fold, 507> fold_table;

}  // namespace base
