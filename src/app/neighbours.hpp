#pragma once

#include <sys/types.h>

#include <map>
#include <string>

namespace app {

// The program schalter-sandbox, started beside this one and ended with it.
class Neighbours {
public:
    // Waits until every neighbour listens; std::runtime_error when it does not come up.
    Neighbours(const std::string& program, const std::string& listen, const std::string& portal_address);
    ~Neighbours();
    Neighbours(const Neighbours&) = delete;
    Neighbours& operator=(const Neighbours&) = delete;

    // "payrexx", "registers", "smtp", "mail" or "control"; "http://127.0.0.1:8081".
    const std::string& address_of(const std::string& name) const { return addresses_.at(name); }

private:
    pid_t program_ = 0;
    std::map<std::string, std::string> addresses_;
};

}  // namespace app
