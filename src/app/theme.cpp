#include "app/theme.hpp"

namespace app {

std::string theme_css(const tenancy::Municipality& municipality)
{
    const std::string& colour = municipality.colour;
    return ":root {\n  --portal-brand: " + colour + ";\n  --govuk-brand-colour: " + colour + ";\n}\n";
}

}  // namespace app
