#pragma once

#include "base/result.hpp"
#include "kit/xml/xml.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace xml {

// Which prefix means which namespace, at the place where the parser is (Namespaces in XML 1.0).
class Namespaces {
public:
    Namespaces();

    // Takes in the declarations among the element's attributes and fills in every namespace_uri.
    // The refusal's detail has no place in the file yet.
    base::Result<> enter(Element& element);
    // Forgets what the element declared.
    void leave(const Element& element);

private:
    base::Result<> declare(const Attribute& declaration);
    const std::string* find(std::string_view prefix) const;

    std::map<std::string, std::vector<std::string>, std::less<>> bindings_;  // the innermost last
};

}  // namespace xml
