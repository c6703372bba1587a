#include "process/bpmn/walk_fixture.hpp"

// Whatever the file, reading and checking it ends. What can be executed is pushed about as the bytes behind
// the first zero say, and keeps the engine's promises. Whatever the bytes, reading them as a state ends.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size)
{
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    static_cast<void>(bpmn::decode(input));
    const auto zero = input.find('\0');
    const auto model = bpmn::read_model(input.substr(0, zero));
    if (!model || !model->is_executable() || model->processes.empty())
        return 0;
    const bpmn::Definition& definition = *model->processes.front();
    const std::string_view choices = zero == std::string_view::npos ? "" : input.substr(zero + 1, 64);
    bpmn::Walk instance(definition);
    const auto starts = definition.instantiating();
    instance.act(bpmn::Start{.event = starts.empty() ? bpmn::none : starts.front()});
    for (const char choice : choices) {
        const auto possible = instance.possible();
        if (instance.is_over() || possible.empty())
            break;
        instance.act(possible[static_cast<unsigned char>(choice) % possible.size()]);
    }
    instance.check_replay();
    return 0;
}
