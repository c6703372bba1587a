#pragma once

#include "base/result.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace xml {

// A place in the text, moving forward, and the small parts that can be read there.
// A read_x that returns false has made `error`; everything after it is meaningless.
class Cursor {
public:
    explicit Cursor(std::string_view text) : text_(text) {}

    std::size_t position() const { return position_; }
    bool is_at_end() const { return position_ == text_.size(); }
    bool is_at(std::string_view expected) const { return rest().starts_with(expected); }
    std::string_view rest() const { return text_.substr(position_); }

    bool skip(std::string_view expected);
    bool skip_space();
    std::string_view take_until(char end);  // or until the end of the text

    // Everything up to `end`, which is passed over.
    bool read_until(std::string_view end, std::string_view& content);
    bool read_local_name(std::string& name);
    bool read_name(std::string& prefix, std::string& name);
    bool read_equals();
    bool read_quoted(std::string_view& content);
    // `name = "value"` of an XML declaration; leaves `value` empty when it is not there.
    bool read_declared(std::string_view name, std::string& value);

    // Appends `raw`, which stands at `offset`, with its references resolved (section 4.1).
    bool resolve(std::size_t offset, std::string_view raw, std::string& value);

    // Both return false. The sentence says what was expected or what is not accepted.
    bool fail(std::string sentence) { return fail_at(position_, std::move(sentence)); }
    bool fail_at(std::size_t offset, std::string sentence);
    const std::optional<base::Error>& error() const { return error_; }

    // Line and column (in code points) of the cursor, from 1; counts on from the last call.
    std::pair<int, int> place();

private:
    std::string_view text_;
    std::size_t position_ = 0;
    std::size_t counted_ = 0;
    int line_ = 1;
    int column_ = 1;
    std::optional<base::Error> error_;
};

}  // namespace xml
