#pragma once

#include "process/feel/ast.hpp"
#include "process/feel/lexer.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace feel {

// Which names are in scope while an expression is being parsed, and where their values will be found.
class NameTable {
public:
    explicit NameTable(const Names& known);

    const Names& known() const { return known_; }

    // A name as people write it: "Monthly  Salary" and "Monthly Salary" are the same.
    // `first` is the token where a name may stand; says how many tokens the longest name there has, and which
    // it is.
    struct Match {
        std::size_t tokens;
        std::string name;
    };
    std::optional<Match> longest_match(std::span<const Token> tokens) const;
    std::optional<Match> longest_member_match(std::span<const Token> tokens) const;
    // Lets a name of several tokens be recognised behind a dot and in filters.
    void add_member(std::string_view name);

    // A local is visible until `leave` is called with what `enter` gave; functions opened since then end too.
    struct Mark {
        std::size_t frames;
        std::size_t entries;
    };
    Mark enter() const { return {frames_.size(), frames_.back().entries.size()}; }
    void leave(const Mark& mark);
    std::size_t declare(std::string name);    // its slot
    void open_filter(std::size_t item_slot);  // entries of the item are visible from here on

    void open_function();
    // The captures and the number of slots of the function that ends here.
    std::pair<std::vector<Address>, std::size_t> close_function();

    void resolve(Variable& variable);
    // Whether a function of that name would be meant: built in, and nothing in scope hides it.
    bool is_builtin(std::string_view name) const;
    std::size_t slots() const { return frames_.back().most_slots; }
    std::vector<std::string>& externals() { return externals_; }

private:
    struct Entry {
        std::string name;  // empty: a filter
        std::size_t slot;
    };
    struct Frame {
        std::vector<Entry> entries;
        std::vector<Address> captures;
        std::size_t next_slot = 0;
        std::size_t most_slots = 0;
    };
    struct LongName {
        std::vector<std::string> tokens;
        std::string name;
    };

    bool is_visible(std::string_view name) const;
    bool is_in_filter() const;
    void add_fields(const Type& type, int depth);
    void find(std::size_t frame, std::string_view name, std::vector<Address>& items, Address& address);
    Address capture(std::size_t frame, const Address& outside);
    std::optional<Match> match(std::span<const Token> tokens, bool as_member) const;

    const Names& known_;
    std::vector<LongName> long_names_;
    std::vector<Frame> frames_;
    std::vector<std::string> externals_;
};

}  // namespace feel
