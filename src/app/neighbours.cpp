#include "app/neighbours.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

extern char** environ;

namespace app {

namespace {

// Reads lines from the pipe until all neighbours have said where they listen.
std::map<std::string, std::string> read_addresses(int pipe)
{
    constexpr std::size_t neighbours = 5;
    constexpr std::string_view listening = " listening on ";
    std::map<std::string, std::string> addresses;
    std::string line;
    char letter = 0;
    while (addresses.size() < neighbours && ::read(pipe, &letter, 1) == 1) {
        if (letter != '\n') {
            line += letter;
            continue;
        }
        const auto middle = line.find(listening);
        if (middle != std::string::npos)
            addresses.emplace(line.substr(0, middle), line.substr(middle + listening.size()));
        line.clear();
    }
    if (addresses.size() < neighbours)
        throw std::runtime_error("schalter-sandbox did not start; is its port in use?");
    return addresses;
}

}  // namespace

Neighbours::Neighbours(
    const std::string& program, const std::string& listen, const std::string& portal_address
)
{
    std::array<int, 2> pipe{};
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0)
        throw std::runtime_error("no pipe can be made");
    program_ = ::fork();
    if (program_ == 0) {
        // Gone with this program, however it ends.
        ::prctl(PR_SET_PDEATHSIG, SIGTERM);
        ::dup2(pipe[1], STDOUT_FILENO);
        sigset_t none;
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, nullptr);
        ::execl(
            program.c_str(),
            program.c_str(),
            "--listen",
            listen.c_str(),
            "--portal",
            portal_address.c_str(),
            nullptr
        );
        ::_exit(127);
    }
    ::close(pipe[1]);
    if (program_ < 0)
        throw std::runtime_error("schalter-sandbox cannot be started");
    addresses_ = read_addresses(pipe[0]);
    ::close(pipe[0]);
}

Neighbours::~Neighbours()
{
    ::kill(program_, SIGTERM);
    ::waitpid(program_, nullptr, 0);
}

}  // namespace app
