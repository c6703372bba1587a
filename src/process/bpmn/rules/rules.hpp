#pragma once

#include "kit/xml/xml.hpp"
#include "process/bpmn/findings.hpp"
#include "process/bpmn/globals.hpp"

namespace bpmn {

// Checks a file against the constraints of BPMN 2.0.2 that its XML Schema does not express, and against what
// an engine needs to know. docs/bpmn.md lists the rules by name.
void check_rules(const xml::Element& definitions, const Globals& globals, Findings& findings);

}  // namespace bpmn
