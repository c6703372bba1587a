#pragma once

#include <string>
#include <utility>
#include <variant>

namespace base {

// What a caller can do something about. Everything else is an exception.
// Over HTTP: 422, 403, 404, 409, 503.
enum class ErrorKind { invalid, forbidden, not_found, conflict, unavailable };

struct Error {
    ErrorKind kind = ErrorKind::invalid;
    std::string message_key;  // looked up in the locale when shown to a person
    std::string detail =
        {};  // English, for logs and tools: what was expected, what was found; no personal data
};

// The value of a call that has nothing to say but that it succeeded.
struct Done {
    friend bool operator==(const Done&, const Done&) = default;
};

// A value, or the reason there is none. Member names follow std::expected (C++23).
// Reading the value of a failed result, or the error of a successful one, throws std::bad_variant_access.
template <class T = Done>
class [[nodiscard]] Result {
public:
    // Implicit, so that a function can return either.
    Result(T value)
        : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT(google-explicit-constructor)
    Result(Error error)
        : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

    bool has_value() const { return state_.index() == 0; }
    explicit operator bool() const { return has_value(); }

    T& value() & { return std::get<0>(state_); }
    const T& value() const& { return std::get<0>(state_); }
    T&& value() && { return std::get<0>(std::move(state_)); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }
    T value_or(T otherwise) const { return has_value() ? value() : std::move(otherwise); }

    const Error& error() const { return std::get<1>(state_); }

private:
    std::variant<T, Error> state_;
};

inline Error fail(ErrorKind kind, std::string message_key, std::string detail = {})
{
    return Error{kind, std::move(message_key), std::move(detail)};
}

}  // namespace base
