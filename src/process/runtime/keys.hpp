#pragma once

#include "base/clock.hpp"
#include "process/runtime/values.hpp"

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace base {
class Random;
}

namespace runtime {

// Makes the ids of this room: decimal numbers that grow with time, so that new rows lie together in the
// database, with 22 random bits, so that several programs do not make the same. Safe to share between
// threads.
class KeyMaker {
public:
    KeyMaker(const base::Clock& clock, base::Random& random) : clock_(clock), random_(random) {}

    std::string make();
    // With room for the keys of its elements.
    std::string make_for_instance();

private:
    std::int64_t draw(std::int64_t spacing);

    const base::Clock& clock_;
    base::Random& random_;
    std::mutex mutex_;
    std::int64_t last_ = 0;  // guarded by mutex_
};

// The trace of what an instance does where nobody has given it one (W3C Trace Context Level 1,
// section 3.2.2.3).
std::string trace_id_of(const InstanceId& id);

// An element instance has a key of its own: that of its instance and its number there, in one decimal number
// of at most 19 digits for the first thousand, of 25 for later ones. The process itself is 1 and has the
// instance's key.
struct ElementKey {
    InstanceId instance;
    std::int64_t number = 1;
};
std::string element_key(const std::string& instance, std::int64_t number);
// Nothing when it is no key.
std::optional<ElementKey> parse_element_key(std::string_view key);

}  // namespace runtime
