// Instances per second of processes in memory, in one thread, each read once.
//   bpmn_speed FOLDER [SECONDS]
// FOLDER has the models of bench/figures/bpmn.py. Prints "<name> <instances per second>" and, with the state
// encoded and decoded after every step, "<name>_encoded <…>"; "bpmn.state_bytes" of a waiting xor_user_task;
// the steps per second through chains of 10 and of 1,000 user tasks, "chain_10" and "chain_1000"; and those
// of a loop in an instance that has just begun and in one that has 10,000 steps behind it, "life_0" and
// "life_10000".
#include "process/bpmn/definition.hpp"
#include "process/bpmn/step.hpp"
#include "speed.hpp"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>

namespace {

using Definition = std::shared_ptr<const bpmn::Definition>;

Definition read(const std::string& path)
{
    std::ifstream file(path);
    const auto model = bpmn::read_model(std::string(std::istreambuf_iterator<char>(file), {}));
    if (!model || !model->is_executable() || model->processes.size() != 1)
        throw std::runtime_error(path + ": " + (model ? "cannot be executed" : model.error().detail));
    return model->processes.front();
}

// An instance and what its last step asked for.
class Instance {
public:
    Instance(const bpmn::Definition& definition, bool is_encoded)
        : definition_(&definition), is_encoded_(is_encoded)
    {
        act(bpmn::Start{});
    }

    void act(const bpmn::Stimulus& stimulus)
    {
        outcome_ = bpmn::step(*definition_, std::move(outcome_.state), stimulus, context_);
        if (!outcome_.rejection.empty())
            throw std::runtime_error(outcome_.rejection);
        if (is_encoded_)
            outcome_.state = bpmn::decode(bpmn::encode(outcome_.state)).value();
    }

    template <class Effect>
    bpmn::Id asked() const
    {
        for (const auto& effect : outcome_.effects)
            if (const auto* found = std::get_if<Effect>(&effect))
                return found->id;
        throw std::runtime_error("the step did not ask for what the figure needs");
    }

    bool is_over() const { return outcome_.state.outlook == bpmn::Outlook::completed; }
    const bpmn::State& state() const { return outcome_.state; }

private:
    const bpmn::Definition* definition_;
    bool is_encoded_;
    bpmn::StepContext context_;
    bpmn::Outcome outcome_;
};

void run_through(const bpmn::Definition&, Instance&) {}

void complete_task(const bpmn::Definition&, Instance& instance)
{
    static const bpmn::Variables ok{{"ok", true}};
    instance.act(bpmn::CompleteTask{.task = instance.asked<bpmn::CreateTask>(), .variables = ok});
}

void deliver_message(const bpmn::Definition&, Instance& instance)
{
    instance.act(bpmn::DeliverMessage{.subscription = instance.asked<bpmn::Subscribe>()});
}

void complete_all_tasks(const bpmn::Definition&, Instance& instance)
{
    while (!instance.is_over())
        instance.act(bpmn::CompleteTask{.task = instance.asked<bpmn::CreateTask>()});
}

using Drive = void (*)(const bpmn::Definition&, Instance&);

// Steps per second, encoded each time, of an instance that goes round and round.
double measure_loop(const bpmn::Definition& definition, int steps_before, double seconds)
{
    Instance instance(definition, true);
    const auto again = [&] { instance.act(bpmn::CompleteTask{.task = instance.asked<bpmn::CreateTask>()}); };
    for (int step = 0; step < steps_before; ++step)
        again();
    if (steps_before > 0)
        return speed::per_second(seconds, again);
    constexpr int young = 100;
    return young * speed::per_second(seconds, [&] {
               instance = Instance(definition, true);
               for (int step = 0; step < young; ++step)
                   again();
           });
}

double measure(const bpmn::Definition& definition, Drive drive, bool is_encoded, double seconds)
{
    return speed::per_second(seconds, [&] {
        Instance instance(definition, is_encoded);
        drive(definition, instance);
        if (!instance.is_over())
            throw std::runtime_error("an instance did not end");
    });
}

void measure_all(const std::string& folder, double seconds)
{
    constexpr std::pair<const char*, Drive> figures[] = {
        {"bpmn.three_scripts", run_through},
        {"bpmn.xor_user_task", complete_task},
        {"bpmn.fork_join_4", run_through},
        {"bpmn.multi_instance_100", run_through},
        {"bpmn.message_race", deliver_message},
    };
    for (const auto& [name, drive] : figures) {
        const auto definition = read(folder + "/" + name + ".bpmn");
        std::cout << name << " " << measure(*definition, drive, false, seconds) << "\n"
                  << name << "_encoded " << measure(*definition, drive, true, seconds) << std::endl;
    }
    const auto waiting = read(folder + "/bpmn.xor_user_task.bpmn");
    std::cout << "bpmn.state_bytes " << bpmn::encode(Instance(*waiting, false).state()).size() << "\n";
    const auto loop = read(folder + "/loop.bpmn");
    for (const int before : {0, 10'000})
        std::cout << "life_" << before << " " << measure_loop(*loop, before, seconds) << std::endl;
    for (const int length : {10, 1000}) {
        const auto chain = read(folder + "/chain_" + std::to_string(length) + ".bpmn");
        const double steps = length + 1;
        std::cout << "chain_" << length << " " << steps * measure(*chain, complete_all_tasks, false, seconds)
                  << std::endl;
    }
}

}  // namespace

int main(int count, char** arguments)
{
    try {
        if (count < 2)
            throw std::invalid_argument("bpmn_speed FOLDER [SECONDS]");
        measure_all(arguments[1], count > 2 ? std::stod(arguments[2]) : 1);
    } catch (const std::exception& error) {
        std::cerr << error.what() << "\n";
        return 1;
    }
}
