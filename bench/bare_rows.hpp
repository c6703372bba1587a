#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace bench {

// The raw limit for steps: what they do to the rows of a database, done once more by the database's plain
// library to copies of its tables, one durable commit each, by as many callers at once.
class BareRows {
public:
    virtual ~BareRows() = default;

    // Keeps in mind what these starts have written.
    virtual void read_starts(const std::vector<std::string>& instances) = 0;
    virtual std::int64_t rows_per_start() const = 0;
    virtual double starts_per_second() = 0;
    // An instance's new state, its task's end, its trail's next row. After starts_per_second.
    virtual double completions_per_second(const std::vector<std::string>& instances) = 0;

    // What is left of a finished instance, numbers as 8.
    virtual std::int64_t bytes_of(const std::string& instance) = 0;
};

// Before the starts. The copy of an SQLite database comes into `folder`.
std::unique_ptr<BareRows> bare_sqlite(const std::string& database, const std::string& folder);
std::unique_ptr<BareRows> bare_postgres(const std::string& url);

}  // namespace bench
