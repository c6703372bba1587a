#include "kit/xml/xml.hpp"

#include <cstdlib>

// What was read must be written and read again to the same text.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size)
{
    const auto document = xml::parse({reinterpret_cast<const char*>(data), size});
    if (!document)
        return 0;
    const auto written = xml::write(*document);
    const auto again = xml::parse(written);
    if (!again || xml::write(*again) != written)
        std::abort();
    return 0;
}
