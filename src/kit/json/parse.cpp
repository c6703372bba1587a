#include "kit/json/json.hpp"

#include <boost/json/basic_parser_impl.hpp>

#include <unordered_set>

namespace json {

namespace {

using boost::json::error_code;
using boost::json::string_view;

// Builds the tree from what the parser reports. Texts and numbers arrive in parts.
class Builder {
public:
    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_array_size = max_object_size;
    static constexpr std::size_t max_key_size = max_object_size;
    static constexpr std::size_t max_string_size = max_object_size;

    Value take() { return std::move(root_); }
    const std::string& repeated_name() const { return repeated_name_; }

    bool on_document_begin(error_code&) { return true; }
    bool on_document_end(error_code&) { return true; }
    bool on_object_begin(error_code&) { return open(Object{}); }
    bool on_array_begin(error_code&) { return open(Array{}); }
    bool on_object_end(std::size_t, error_code&) { return close(); }
    bool on_array_end(std::size_t, error_code&) { return close(); }

    bool on_key_part(string_view part, std::size_t, error_code&) { return gather(part); }
    bool on_key(string_view part, std::size_t, error_code& error)
    {
        gather(part);
        auto& frame = open_.back();
        frame.name = std::exchange(gathered_, {});
        if (!is_new_name(frame)) {
            repeated_name_ = frame.name;
            error = boost::system::errc::make_error_code(boost::system::errc::invalid_argument);
            return false;
        }
        return true;
    }

    bool on_string_part(string_view part, std::size_t, error_code&) { return gather(part); }
    bool on_string(string_view part, std::size_t, error_code&)
    {
        gather(part);
        return add(std::exchange(gathered_, {}));
    }

    bool on_number_part(string_view part, error_code&) { return gather(part); }
    bool on_int64(std::int64_t, string_view part, error_code&) { return add_number(part); }
    bool on_uint64(std::uint64_t, string_view part, error_code&) { return add_number(part); }
    bool on_double(double, string_view part, error_code&) { return add_number(part); }

    bool on_bool(bool boolean, error_code&) { return add(boolean); }
    bool on_null(error_code&) { return add(nullptr); }
    bool on_comment_part(string_view, error_code&) { return true; }
    bool on_comment(string_view, error_code&) { return true; }

private:
    // An array or object whose end has not come yet.
    struct Frame {
        Value value;
        std::string name;                       // of the member being read
        std::unordered_set<std::string> names;  // of a large object, where a search would be slow
    };

    static bool is_new_name(Frame& frame)
    {
        constexpr std::size_t small = 16;
        const auto& object = *frame.value.if_object();
        if (object.size() < small)
            return object.find(frame.name) == nullptr;
        if (frame.names.empty())
            for (const auto& [name, value] : object)
                frame.names.insert(name);
        return frame.names.insert(frame.name).second;
    }

    bool gather(string_view part)
    {
        gathered_.append(part.data(), part.size());
        return true;
    }

    bool add_number(string_view part)
    {
        gather(part);
        return add(Number{std::exchange(gathered_, {})});
    }

    bool open(Value container)
    {
        open_.push_back({std::move(container), {}, {}});
        return true;
    }

    bool close()
    {
        Value value = std::move(open_.back().value);
        open_.pop_back();
        return add(std::move(value));
    }

    bool add(Value value)
    {
        if (open_.empty())
            root_ = std::move(value);
        else if (auto* array = open_.back().value.if_array())
            array->push_back(std::move(value));
        else
            open_.back().value.if_object()->append(std::move(open_.back().name), std::move(value));
        return true;
    }

    Value root_;
    std::vector<Frame> open_;
    std::string gathered_;
    std::string repeated_name_;
};

// "line 3, column 7", both from 1; columns count code points.
std::string place_of(std::string_view text, std::size_t offset)
{
    const auto before = text.substr(0, offset);
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const auto last_line = before.substr(before.find_last_of('\n') + 1);
    const auto column = 1 + std::count_if(last_line.begin(), last_line.end(), [](char byte) {
                            return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80;
                        });
    return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

base::Error malformed(std::string detail)
{
    return base::fail(base::ErrorKind::invalid, "json.malformed", std::move(detail));
}

}  // namespace

base::Result<Value> parse(std::string_view text, const Limits& limits)
{
    if (text.size() > limits.bytes)
        return malformed("at most " + std::to_string(limits.bytes) + " bytes expected");

    boost::json::parse_options options;
    options.max_depth = limits.depth;
    boost::json::basic_parser<Builder> parser(options);
    error_code error;
    const auto used = parser.write_some(false, text.data(), text.size(), error);
    if (error == boost::system::errc::invalid_argument)  // ours, from on_key
        return malformed(
            place_of(text, used) + ": the member \"" + parser.handler().repeated_name() +
            "\" stands twice in one object"
        );
    if (error)
        return malformed(place_of(text, used) + ": " + error.message());
    if (used < text.size())
        return malformed(place_of(text, used) + ": nothing expected after the document's end");
    return parser.handler().take();
}

}  // namespace json
