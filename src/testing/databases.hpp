#pragma once

#include "kit/sql/database.hpp"

#include <functional>
#include <initializer_list>
#include <span>
#include <string>

namespace testing {

using MigrationsOfRooms = std::initializer_list<std::span<const sql::Migration>>;

// Runs the test twice, each time with a fresh database that has the given rooms' tables: on SQLite, and on
// the PostgreSQL that SCHALTER_TEST_POSTGRES names (CTest starts one, see tools/test_postgres.sh). Without
// that variable the second half is left out, and says so. No SUBCASE inside the test: doctest would run each
// on one of the two only.
void for_each_database(MigrationsOfRooms migrations, const std::function<void(sql::Database&)>& test);

// The same with the databases' addresses, for tests that open several at once or again.
void for_each_database_url(const std::function<void(const std::string& url)>& test);

}  // namespace testing
