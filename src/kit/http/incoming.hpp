#pragma once

#include "kit/http/request.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace http {

// Makes requests of the bytes of one connection (RFC 9112), one after the other.
// What two programs could read differently (two lengths, folded lines, no host or two) is refused.
class Incoming {
public:
    struct Limits {
        std::size_t header = 16U << 10U;
        std::size_t body = 12U << 20U;
    };

    explicit Incoming(Limits limits);
    ~Incoming();

    // Takes bytes as they come; nothing more is read while a request is complete.
    void append(std::string_view bytes);

    enum class Progress { needs_more, wants_continue, complete, broken };
    Progress advance();

    Request take();             // of a complete request; then the next one begins
    bool keeps_alive() const;   // asked of the request taken last
    int broken_status() const;  // 400, 413, 414, 431, 501 or 505
    bool has_begun() const;     // some of a request has come, not all

private:
    struct Implementation;
    std::unique_ptr<Implementation> implementation_;
};

// "/a%20b/" becomes "/a b"; nothing for a broken escape, a NUL, "..", or bytes that are not UTF-8.
std::optional<std::string> decode_path(std::string_view raw);

}  // namespace http
