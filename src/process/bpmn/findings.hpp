#pragma once

#include "kit/xml/xml.hpp"
#include "process/bpmn/definition.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace bpmn {

// Collects what is wrong with a model.
class Findings {
public:
    // What this engine needs to run it.
    void error(const xml::Element& element, std::string_view rule, std::string sentence);
    void warning(const xml::Element& element, std::string_view rule, std::string sentence);
    // What BPMN demands of it.
    void
    structural(Severity severity, const xml::Element& element, std::string_view rule, std::string sentence);
    std::vector<Finding> take() { return std::move(findings_); }

private:
    std::vector<Finding> findings_;
};

}  // namespace bpmn
