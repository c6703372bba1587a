#pragma once

#include "base/result.hpp"

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace base {

// A CSV file (RFC 4180, UTF-8) with a header line.
class Csv {
public:
    struct Row {
        int line = 0;  // in the file, from 1
        std::vector<std::string> values;
    };

    // `invalid` unless the header has exactly these columns, in this order, and each line has as many values;
    // the detail names file and line.
    static Result<Csv>
    parse(std::string_view file, std::string_view text, std::initializer_list<std::string_view> columns);

    const std::vector<Row>& rows() const { return rows_; }

private:
    std::vector<Row> rows_;
};

}  // namespace base
