#pragma once

#include "base/clock.hpp"
#include "kit/http/finished.hpp"

#include <map>
#include <memory>
#include <shared_mutex>
#include <string>

namespace app {

// Public pages as finished bytes, by language and path. A page is kept when its handler says that anybody may
// keep it, and made anew after a minute: by then a change of the catalogue or of an offer shows everywhere.
// Safe to share between threads.
class KeptPages {
public:
    explicit KeptPages(const base::Clock& clock) : clock_(clock) {}

    // From memory, or nothing: the event loop may call it.
    std::shared_ptr<const std::string> find(const http::Request& request) const;
    // Keeps an answer that may be kept; leaves all others alone.
    void keep(const http::Request& request, const http::Response& response);

private:
    struct Entry {
        std::shared_ptr<const http::FinishedAnswer> answer;  // shared with connections that are writing it
        base::Instant made_at;
    };

    const base::Clock& clock_;
    mutable std::shared_mutex mutex_;
    std::map<std::string, Entry, std::less<>> entries_;  // guarded by mutex_
};

}  // namespace app
