#pragma once

#include "kit/xml/xml.hpp"
#include "process/dmn/definitions.hpp"

#include <string_view>
#include <vector>

namespace dmn {

// Reads types and boxed expressions of one file and compiles the FEEL in them. What is wrong becomes a
// finding of the file.
class LogicReader {
public:
    explicit LogicReader(Definitions& definitions) : definitions_(definitions) {}

    void read_items(const std::vector<const xml::Element*>& declared);
    TypeReference find_type(std::string_view reference) const;
    // The logic of a decision or knowledge model, whose requirements are known by now.
    void read_element(Element& element, const xml::Element& source);

private:
    std::unique_ptr<ItemDefinition> make_item(const xml::Element& source);
    void resolve_item(ItemDefinition& item, const xml::Element& source, int depth);
    feel::Names names_for(const Element& element) const;

    LogicPointer read_logic(const xml::Element& source, const feel::Names& names);
    LogicPointer read_context(const xml::Element& source, feel::Names names);
    LogicPointer read_invocation(const xml::Element& source, const feel::Names& names);
    LogicPointer read_relation(const xml::Element& source, const feel::Names& names);
    LogicPointer read_function(const xml::Element& source, feel::Names names);
    LogicPointer read_filter(const xml::Element& source, feel::Names names);
    LogicPointer read_iterator(const xml::Element& source, feel::Names names, Logic::Kind kind);
    LogicPointer read_table(const xml::Element& source, const feel::Names& names);
    LogicPointer first_logic(const xml::Element& source, const feel::Names& names);
    void read_inputs_and_outputs(Table& table, const xml::Element& source, const feel::Names& names);
    void read_rule(Table& table, const xml::Element& source, const feel::Names& names);

    feel::Expression compile(const xml::Element& source, const feel::Names& names);
    std::optional<feel::Expression>
    compile_tests(const xml::Element* source, const feel::Names& names, const feel::Type& input);
    void find_in(const xml::Element& source, const feel::Expression& expression, const feel::Names& names);
    void find_fault(const xml::Element& source, std::string sentence);

    Definitions& definitions_;
    std::string element_;        // that is being read, for findings
    bool is_in_filter_ = false;  // whose items may have entries that are not known
};

}  // namespace dmn
