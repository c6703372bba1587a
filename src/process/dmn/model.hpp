#pragma once

#include "base/result.hpp"
#include "process/feel/value.hpp"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dmn {

struct Definitions;

// Something in a model that is wrong or doubtful.
struct Finding {
    enum class Severity { error, warning };

    Severity severity = Severity::error;
    std::string element;  // id, or name where there is no id
    int line = 0;         // in the file
    int rule = 0;         // of a decision table, from 1; 0 when it is not about a rule
    std::string sentence;
};

// A file and where an import finds it.
struct Source {
    std::string name;  // a file name, for messages and for locationURI
    std::string text;
};

// A decision model with its imports, read and compiled. Cheap to copy, never changes, may be evaluated by
// several threads at once.
class Model {
public:
    // Reads DMN 1.1 to 1.5. Refused (`invalid`, "dmn.…") with file, line and element when it is not
    // well-formed XML, not DMN, or an import is missing. Errors inside a decision are findings: that decision
    // yields null.
    static base::Result<Model> read(std::string_view text);
    // `main` first; the others are found by the namespace their <import> names.
    static base::Result<Model> read(std::span<const Source> sources);

    const std::string& name() const;
    const std::string& id() const;
    std::vector<std::string> decisions() const;          // names, as in the file
    std::vector<std::string> decision_services() const;  // names
    std::vector<std::string> inputs() const;             // names of the input data
    const std::vector<Finding>& findings() const;  // of reading: syntax errors, unknown names, missing logic

    const Definitions& definitions() const { return *definitions_; }

private:
    explicit Model(std::shared_ptr<const Definitions> definitions) : definitions_(std::move(definitions)) {}

    std::shared_ptr<const Definitions> definitions_;  // shared by all copies
};

// All findings of `model.findings()`, and of its tables: gaps, overlaps, rules that never match, missing
// outputs.
std::vector<Finding> check(const Model& model);

}  // namespace dmn
