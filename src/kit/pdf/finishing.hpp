#pragma once

#include "kit/pdf/document.hpp"

#include <string>
#include <vector>

namespace pdf {

// Adds what Cairo cannot say: the language, XMP metadata, texts for the figures (in drawing order), the wish
// to show the title in the window; and an identifier that follows from the content.
std::string finished(
    const std::string& bytes, const Description& description, const std::vector<std::string>& alternatives
);

}  // namespace pdf
