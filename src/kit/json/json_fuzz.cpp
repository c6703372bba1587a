#include "kit/json/json.hpp"

#include <cstdlib>

// What was read must be written and read again to the same value.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size)
{
    const auto value = json::parse({reinterpret_cast<const char*>(data), size});
    if (!value)
        return 0;
    const auto again = json::parse(json::write_pretty(*value));
    if (!again || !(*again == *value))
        std::abort();
    return 0;
}
