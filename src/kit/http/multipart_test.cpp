#include "kit/http/multipart.hpp"

#include <doctest/doctest.h>

using namespace http;

namespace {

base::Result<std::vector<FormPart>>
parsed(const std::string& body, const std::string& type = "multipart/form-data; boundary=\"x y\"")
{
    Request request;
    request.headers.emplace_back("content-type", type);
    request.body = body;
    return parse_multipart(request);
}

}  // namespace

TEST_CASE("files and fields of a form come in their order, with names and content as they are")
{
    const auto parts = parsed(
        "--x y\r\nContent-Disposition: form-data; name=\"resources\"; filename=\"C:\\\\models\\\\a.bpmn\"\r\n"
        "Content-Type: text/xml\r\n\r\n<a>\r\n--x\r\n</a>\r\n--x y\r\n"
        "content-disposition: form-data; name=tenantId\r\n\r\n4021\r\n--x y--\r\n"
    );
    REQUIRE(parts);
    REQUIRE(parts->size() == 2);
    CHECK((*parts)[0].name == "resources");
    CHECK((*parts)[0].file_name == "a.bpmn");
    CHECK((*parts)[0].type == "text/xml");
    CHECK((*parts)[0].content == "<a>\r\n--x\r\n</a>");
    CHECK((*parts)[1].name == "tenantId");
    CHECK((*parts)[1].file_name.empty());
    CHECK((*parts)[1].content == "4021");
}

TEST_CASE("a form without parts is empty, a part may be")
{
    CHECK(parsed("--x y--")->empty());
    const auto parts = parsed("--x y\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n--x y--");
    REQUIRE(parts);
    CHECK(parts->at(0).content.empty());
}

TEST_CASE("what is no form, or is cut off anywhere, is refused")
{
    CHECK_FALSE(parsed("", "text/plain"));
    CHECK_FALSE(parsed("--x--", "multipart/form-data"));
    CHECK_FALSE(parsed("--x y\r\nno header\r\n\r\n\r\n--x y--"));
    const std::string whole = "--x y\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x y--";
    for (std::size_t length = 0; length < whole.size(); ++length)
        CHECK_FALSE(parsed(whole.substr(0, length)));
}

TEST_CASE("quotes in a name may be escaped")
{
    const auto parts = parsed("--x y\r\nContent-Disposition: form-data; name=\"a\\\"b\"\r\n\r\n1\r\n--x y--");
    REQUIRE(parts);
    CHECK(parts->at(0).name == "a\"b");
}
