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
    void error(const xml::Element& element, std::string_view rule, std::string sentence);
    void warning(const xml::Element& element, std::string_view rule, std::string sentence);
    std::vector<Finding> take() { return std::move(findings_); }

private:
    void add(Severity severity, const xml::Element& element, std::string_view rule, std::string sentence);

    std::vector<Finding> findings_;
};

}  // namespace bpmn
