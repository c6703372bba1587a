#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace dmn {

// Rules of one table by number from 0, one bit each.
class RuleSet {
public:
    RuleSet() = default;
    explicit RuleSet(std::size_t rules) : words_((rules + 63) / 64) {}
    static RuleSet of_all(std::size_t rules)
    {
        RuleSet all(rules);
        for (std::size_t rule = 0; rule < rules; ++rule)
            all.add(rule);
        return all;
    }

    void add(std::size_t rule) { words_[rule / 64] |= std::uint64_t{1} << (rule % 64); }
    bool has(std::size_t rule) const { return (words_[rule / 64] >> (rule % 64) & 1U) != 0; }
    bool empty() const
    {
        for (const auto word : words_)
            if (word != 0)
                return false;
        return true;
    }
    std::size_t words() const { return words_.size(); }
    std::uint64_t word(std::size_t index) const { return words_[index]; }

    // The rules from 0 on, for one over all of them.
    std::vector<std::size_t> rules() const
    {
        std::vector<std::size_t> all;
        for (std::size_t index = 0; index < words_.size(); ++index)
            for (std::uint64_t rest = words_[index]; rest != 0; rest &= rest - 1)
                all.push_back(index * 64 + static_cast<std::size_t>(__builtin_ctzll(rest)));
        return all;
    }

    RuleSet& operator&=(const RuleSet& other)
    {
        for (std::size_t index = 0; index < words_.size(); ++index)
            words_[index] &= other.words_[index];
        return *this;
    }
    RuleSet& operator|=(const RuleSet& other)
    {
        for (std::size_t index = 0; index < words_.size(); ++index)
            words_[index] |= other.words_[index];
        return *this;
    }
    friend RuleSet operator&(RuleSet a, const RuleSet& b) { return a &= b; }
    friend RuleSet operator|(RuleSet a, const RuleSet& b) { return a |= b; }
    friend auto operator<=>(const RuleSet&, const RuleSet&) = default;

private:
    std::vector<std::uint64_t> words_;
};

}  // namespace dmn
