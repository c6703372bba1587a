#include "sandbox/pages.hpp"

#include "sandbox/resources.hpp"

namespace sandbox {

namespace {

template <class Part>
std::vector<Part> all_of(std::span<const Part> parts)
{
    return {parts.begin(), parts.end()};
}

}  // namespace

Pages::Pages() : texts_(all_of(resources::locale())), pages_(all_of(resources::pages())) {}

http::Response Pages::answer(std::string_view page, const html::Data& data, int status) const
{
    return http::html(pages_.fill(page, data, {texts_, html::Language::de, "sandbox"}), status);
}

}  // namespace sandbox
