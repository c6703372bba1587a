#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

// The raw limit for an order: the very rows that orders wrote, written once more into empty tables with the
// same keys and indexes by plain sqlite3, in the settings of kit/sql (WAL, synchronous=FULL), one durable
// commit for each order, threads taking turns.
class SameRows {
public:
    // How far each table has grown; rows after that are an order's.
    using Marks = std::map<std::string, std::int64_t>;
    static Marks marks(const std::string& database);

    // Reads what `orders` orders have added to the database since the marks were taken. Throws when the
    // tables' new rows are not a whole number for each order.
    SameRows(const std::string& database, const Marks& before, int orders);

    std::int64_t rows_per_order() const;
    std::int64_t bytes_per_row() const;  // of all values, numbers as 8

    // Commits per second, into a new database at this path.
    double commits_per_second(const std::string& path, int threads) const;

private:
    struct Cell {
        int type = 0;  // SQLite's: integer, text, blob or null
        std::int64_t integer = 0;
        std::string bytes = {};
    };
    using Row = std::vector<Cell>;
    struct Table {
        std::string name;
        std::vector<Row> rows = {};
    };
    class Writer;

    int orders_;
    std::vector<std::string> schema_;
    std::vector<Table> tables_;
};
