#include "kit/http/finished.hpp"

#include "kit/http/finish.hpp"
#include "kit/http/serialize.hpp"
#include "kit/http/server.hpp"

namespace http {

FinishedAnswer::FinishedAnswer(Response response)
{
    if (!find_field(response.headers, "etag"))
        response.set("etag", tag_of(response.body));
    tag_ = *find_field(response.headers, "etag");
    const bool is_compressible = is_worth_compressing(response);
    if (is_compressible)
        response.add("vary", "accept-encoding");
    plain_ = std::make_shared<const std::string>(serialize(response));
    not_modified_ = std::make_shared<const std::string>(serialize(not_modified(response)));
    compressed_ = plain_;
    if (is_compressible) {
        response.body = gzip(response.body);
        response.set("content-encoding", "gzip");
        compressed_ = std::make_shared<const std::string>(serialize(response));
    }
}

std::shared_ptr<const std::string> FinishedAnswer::choose(const Request& request) const
{
    if (const auto kept = request.header("if-none-match"); kept && names_tag(*kept, tag_))
        return not_modified_;
    return takes_gzip(request.header("accept-encoding").value_or("")) ? compressed_ : plain_;
}

}  // namespace http
