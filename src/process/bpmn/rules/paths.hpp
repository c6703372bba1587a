#pragma once

#include "process/bpmn/rules/model_view.hpp"

#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace bpmn {

// One link leads to the other: by reference, or else by an equal name (BPMN 2.0.2 section 10.5.5).
bool leads(const xml::Element& throwing, const xml::Element& catching);

// Where tokens can go in the scopes of a model, whatever the data. Link pairs count as flows, and so does the
// way from an activity to its boundary events.
class Paths {
public:
    explicit Paths(const ModelView& model);

    // The flow nodes that lie directly in a process or sub-process.
    Elements nodes(const xml::Element& scope) const;
    // From where the node's scope begins.
    bool is_reachable(const xml::Element& node) const { return reachable_.contains(&node); }
    // There can be a token on each of the two flows of one scope at the same time, or one after the other.
    bool can_both_be_taken(const xml::Element& one, const xml::Element& other) const;

private:
    using Reach = std::unordered_set<const xml::Element*>;
    // Two ways on which there may be tokens at once; the same way twice when it can be gone repeatedly.
    struct Fork {
        const xml::Element* first;
        const xml::Element* second;
    };

    Elements begins(const xml::Element& scope) const;
    Elements after(const xml::Element& node) const;
    void add_forks(const Elements& ways, bool repeats);
    void add_forks_of(const xml::Element& node);
    // The nodes and flows that a token on this node or flow can come to, itself included.
    const Reach& reach(const xml::Element& from) const;

    const ModelView& model_;
    std::unordered_map<const xml::Element*, const xml::Element*> link_targets_;
    Reach reachable_;
    std::vector<Fork> forks_;
    mutable std::unordered_map<const xml::Element*, Reach> reaches_;  // found when first asked for
};

}  // namespace bpmn
