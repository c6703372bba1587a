#include "process/feel/names.hpp"

#include "process/feel/builtins/builtin.hpp"

#include <algorithm>

namespace feel {

namespace {

bool begins_with(std::span<const Token> tokens, const std::vector<std::string>& name)
{
    if (tokens.size() < name.size())
        return false;
    for (std::size_t index = 0; index < name.size(); ++index)
        if (tokens[index].kind == Token::Kind::string || tokens[index].text != name[index])
            return false;
    return true;
}

bool is_long(std::string_view name)
{
    return std::any_of(name.begin(), name.end(), [](char sign) {
        return static_cast<unsigned char>(sign) < 0x80 && (sign < '0' || sign > '9') &&
               (sign < 'A' || sign > 'Z') && (sign < 'a' || sign > 'z') && sign != '_';
    });
}

}  // namespace

void Names::add(std::string name, Type type)
{
    types_.insert_or_assign(std::move(name), std::move(type));
}

const Type* Names::find(std::string_view name) const
{
    const auto found = types_.find(name);
    return found == types_.end() ? nullptr : &found->second;
}

void Names::add_type(std::string name, Type type)
{
    named_types_.insert_or_assign(std::move(name), std::move(type));
}

const Type* Names::find_type(std::string_view name) const
{
    const auto found = named_types_.find(name);
    return found == named_types_.end() ? nullptr : &found->second;
}

NameTable::NameTable(const Names& known) : known_(known), frames_(1)
{
    for (const auto& [name, type] : known) {
        add_member(name);
        add_fields(type, 0);
    }
    for (const auto& [name, type] : known.named_types())
        add_fields(type, 0);
}

void NameTable::add_fields(const Type& type, int depth)
{
    constexpr int deepest = 16;  // types of models do not contain themselves, but a caller's may
    if (depth > deepest)
        return;
    for (const auto& [name, field] : type.fields()) {
        add_member(name);
        add_fields(field, depth + 1);
    }
    if (type.shape() == Type::Shape::list)
        add_fields(type.element(), depth + 1);
}

void NameTable::add_member(std::string_view name)
{
    if (!is_long(name))
        return;
    const bool is_there = std::any_of(long_names_.begin(), long_names_.end(), [&](const LongName& each) {
        return each.name == name;
    });
    auto tokens = is_there ? std::vector<std::string>() : split_name(name);
    if (!tokens.empty())
        long_names_.push_back({std::move(tokens), std::string(name)});
}

bool NameTable::is_visible(std::string_view name) const
{
    for (const auto& frame : frames_)
        for (const auto& entry : frame.entries)
            if (entry.name == name)
                return true;
    return known_.find(name) != nullptr;
}

bool NameTable::is_in_filter() const
{
    return std::any_of(frames_.begin(), frames_.end(), [](const Frame& frame) {
        return std::any_of(frame.entries.begin(), frame.entries.end(), [](const Entry& entry) {
            return entry.name.empty();
        });
    });
}

std::optional<NameTable::Match> NameTable::match(std::span<const Token> tokens, bool as_member) const
{
    std::optional<Match> best;
    for (const auto& each : long_names_) {
        if ((!best || each.tokens.size() > best->tokens) && begins_with(tokens, each.tokens) &&
            (as_member || is_visible(each.name)))
            best = Match{each.tokens.size(), each.name};
    }
    return best;
}

std::optional<NameTable::Match> NameTable::longest_member_match(std::span<const Token> tokens) const
{
    return match(tokens, /*as_member=*/true);
}

std::optional<NameTable::Match> NameTable::longest_match(std::span<const Token> tokens) const
{
    auto best = match(tokens, is_in_filter());
    if (best)
        return best;
    // Only a few built-in functions have names of several words, all of plain letters.
    if (tokens.size() < 2 || tokens[1].kind != Token::Kind::name)
        return best;
    for (const auto& builtin : all_builtins())
        if (builtin.tokens.size() > 1 && (!best || builtin.tokens.size() > best->tokens) &&
            begins_with(tokens, builtin.tokens))
            best = Match{builtin.tokens.size(), std::string(builtin.name)};
    return best;
}

void NameTable::leave(const Mark& mark)
{
    frames_.resize(mark.frames);
    frames_.back().entries.resize(mark.entries);
}

bool NameTable::is_builtin(std::string_view name) const
{
    return !is_visible(name) && find_builtin(name) != nullptr;
}

std::size_t NameTable::declare(std::string name)
{
    add_member(name);
    Frame& frame = frames_.back();
    const std::size_t slot = frame.next_slot++;
    frame.most_slots = std::max(frame.most_slots, frame.next_slot);
    frame.entries.push_back({std::move(name), slot});
    return slot;
}

void NameTable::open_filter(std::size_t item_slot)
{
    frames_.back().entries.push_back({"", item_slot});
}

void NameTable::open_function()
{
    frames_.emplace_back();
}

std::pair<std::vector<Address>, std::size_t> NameTable::close_function()
{
    Frame closed = std::move(frames_.back());
    frames_.pop_back();
    return {std::move(closed.captures), closed.most_slots};
}

void NameTable::resolve(Variable& variable)
{
    find(frames_.size() - 1, variable.name, variable.items, variable.address);
    if (variable.address.place != Address::Place::local)
        variable.builtin = find_builtin(variable.name);
}

void NameTable::find(std::size_t frame, std::string_view name, std::vector<Address>& items, Address& address)
{
    const auto& entries = frames_[frame].entries;
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
        if (entry->name.empty()) {
            items.push_back({Address::Place::local, entry->slot});
        } else if (entry->name == name) {
            address = {Address::Place::local, entry->slot};
            return;
        }
    }
    if (frame == 0) {
        const auto found = std::find(externals_.begin(), externals_.end(), name);
        address = {Address::Place::external, static_cast<std::size_t>(found - externals_.begin())};
        if (found == externals_.end())
            externals_.emplace_back(name);
        return;
    }
    std::vector<Address> outer_items;
    find(frame - 1, name, outer_items, address);
    for (const auto& item : outer_items)
        items.push_back(capture(frame, item));
    address = capture(frame, address);
}

Address NameTable::capture(std::size_t frame, const Address& outside)
{
    auto& captures = frames_[frame].captures;
    const auto found = std::find(captures.begin(), captures.end(), outside);
    const auto index = static_cast<std::size_t>(found - captures.begin());
    if (found == captures.end())
        captures.push_back(outside);
    return {Address::Place::captured, index};
}

}  // namespace feel
