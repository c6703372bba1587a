#pragma once

#include "process/bpmn/rules/model_view.hpp"

#include <unordered_map>
#include <vector>

namespace bpmn {

// Where tokens can go in the scopes of a model, whatever the data. Link pairs count as flows, and so does the
// way from an activity to its boundary events.
class Paths {
public:
    explicit Paths(const ModelView& model);

    // The flow nodes that lie directly in a process or sub-process.
    Elements nodes(const xml::Element& scope) const;
    // From where the node's scope begins.
    bool is_reachable(const xml::Element& node) const { return reachable_[numbers_.at(&node)]; }
    // There can be a token on each of the two flows of one scope at the same time, or one after the other.
    // Not looked at, and so true, in models of more than 5,000 flow nodes and flows: it would take too long.
    bool can_both_be_taken(const xml::Element& one, const xml::Element& other) const;

private:
    using Reach = std::vector<bool>;  // by the number of a node or flow
    // One of several ways on which there may be tokens at once; on one that repeats there may be several.
    struct Way {
        const xml::Element* begin;
        bool repeats = false;
    };
    using Fork = std::vector<Way>;

    Elements begins(const xml::Element& scope) const;
    Elements after(const xml::Element& node) const;
    void add_fork_of(const xml::Element& node);
    bool takes_both(const Fork& fork, std::size_t one, std::size_t other) const;
    // The nodes and flows that tokens on these can come to, themselves included.
    Reach reach(Elements from) const;
    const Reach& reach_of(const xml::Element& way) const;

    const ModelView& model_;
    std::unordered_map<const xml::Element*, std::size_t> numbers_;
    std::unordered_map<const xml::Element*, const xml::Element*> link_targets_;
    Reach reachable_;
    std::vector<Fork> forks_;
    mutable std::unordered_map<const xml::Element*, Reach> reaches_;  // found when first asked for
};

}  // namespace bpmn
