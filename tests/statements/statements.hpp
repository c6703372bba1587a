#pragma once

#include "kit/sql/database.hpp"

#include <span>
#include <string_view>

// A statement of the program, as tools/list_statements.py found it.
struct ListedStatement {
    std::string_view place;  // "src/platform/cases/case_store.cpp:41"
    std::string_view text;
    bool is_canton_wide;  // says a comment above it, with the reason
};

std::span<const ListedStatement> listed_statements();
std::span<const sql::Migration> listed_migrations();
