#include "process/dmn/evaluate.hpp"

// Whatever the file, reading, checking and evaluating it ends.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size)
{
    const auto model = dmn::Model::read(std::string_view(reinterpret_cast<const char*>(data), size));
    if (!model)
        return 0;
    dmn::check(*model);
    feel::Environment environment;
    environment.limits.steps = 20'000;
    environment.limits.bytes = 8U << 20U;
    environment.limits.regular_expression = 5;
    const feel::Context inputs{{"a", 7}, {"Age", 30}, {"Full Name", "Ada"}};
    dmn::evaluate_all(*model, inputs, environment, dmn::Explain::yes);
    return 0;
}
