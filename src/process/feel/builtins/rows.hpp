#pragma once

#include "process/feel/builtins/builtin.hpp"

#include <string>
#include <utility>

// Shared by the files of this folder only.
namespace feel {

constexpr auto standard = Definition::Origin::standard;
constexpr auto extension = Definition::Origin::extension;

inline Value refuse(Caller& caller, std::string reason)
{
    caller.report(std::move(reason));
    return {};
}

// The value, or null with a reason when there is none.
template <class T>
Value or_refuse(Caller& caller, const std::optional<T>& result, const char* reason)
{
    return result ? Value(*result) : refuse(caller, reason);
}

}  // namespace feel
