#pragma once

#include "kit/http/response.hpp"

#include <memory>
#include <string>

namespace http {

// A public answer as finished bytes for Server::FastHandler: plain, compressed, and "you have it already".
// Made once per version of a page; choosing costs two header look-ups. Immutable, safe to share.
class FinishedAnswer {
public:
    // `response` is an answer of 200 that anybody may keep. An ETag is added unless it brings one.
    explicit FinishedAnswer(Response response);

    std::shared_ptr<const std::string> choose(const Request& request) const;

private:
    std::string tag_;
    // Shared with the connections that are still writing them while the next version takes over.
    std::shared_ptr<const std::string> plain_;
    std::shared_ptr<const std::string> compressed_;
    std::shared_ptr<const std::string> not_modified_;
};

}  // namespace http
