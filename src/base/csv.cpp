#include "base/csv.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace base {

namespace {

// Reads one record after the other; quotes may enclose commas, line ends and doubled quotes.
class Reader {
public:
    explicit Reader(std::string_view text) : rest_(text) {}

    bool at_end() const { return rest_.empty(); }
    int line() const { return line_; }

    // False when a quote is never closed, or stands where none may stand.
    bool read_record(std::vector<std::string>& values)
    {
        values.assign(1, {});
        while (!rest_.empty()) {
            const char letter = take();
            if (letter == '"') {
                if (!values.back().empty() || !read_quoted(values.back()))
                    return false;
            } else if (letter == ',') {
                values.emplace_back();
            } else if (letter == '\n') {
                return true;
            } else if (letter != '\r') {
                values.back() += letter;
            }
        }
        return true;
    }

private:
    char take()
    {
        const char letter = rest_.front();
        rest_.remove_prefix(1);
        if (letter == '\n')
            ++line_;
        return letter;
    }

    bool read_quoted(std::string& value)
    {
        while (!rest_.empty()) {
            const char letter = take();
            if (letter != '"') {
                value += letter;
            } else if (!rest_.empty() && rest_.front() == '"') {
                value += take();
            } else {
                return rest_.empty() || rest_.front() == ',' || rest_.front() == '\n' ||
                       rest_.front() == '\r';
            }
        }
        return false;
    }

    std::string_view rest_;
    int line_ = 1;
};

}  // namespace

Result<Csv>
Csv::parse(std::string_view file, std::string_view text, std::initializer_list<std::string_view> columns)
{
    const auto refuse = [&](int line, const std::string& reason) {
        return fail(
            ErrorKind::invalid, "csv.invalid", std::string(file) + ":" + std::to_string(line) + ": " + reason
        );
    };
    if (!is_valid_utf8(text))
        return refuse(1, "not UTF-8");

    Reader reader(text);
    std::vector<std::string> values;
    if (!reader.read_record(values) || !std::ranges::equal(values, columns))
        return refuse(1, "expected the columns " + join({columns.begin(), columns.end()}, ","));

    Csv csv;
    while (!reader.at_end()) {
        const int line = reader.line();
        if (!reader.read_record(values))
            return refuse(line, "a quote that is not closed, or not at the start of a value");
        if (values.size() == 1 && values.front().empty())
            continue;
        if (values.size() != columns.size())
            return refuse(
                line,
                "expected " + std::to_string(columns.size()) + " values, found " +
                    std::to_string(values.size())
            );
        csv.rows_.push_back({line, values});
    }
    return csv;
}

}  // namespace base
