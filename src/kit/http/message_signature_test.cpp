#include "kit/crypto/hashing.hpp"
#include "kit/crypto/signing_key.hpp"
#include "kit/http/message_signature.hpp"
#include "kit/http/server.hpp"
#include "kit/http/signing_client.hpp"
#include "testing/fixed_clock.hpp"

#include <doctest/doctest.h>

using namespace http;
using namespace std::chrono_literals;

namespace {

// RFC 9421 appendix B.1.4 and B.2: the key and the request of the standard's examples.
constexpr auto example_secret = "n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU";
constexpr auto example_public = "JrQLj5P_89iXES9-vFgrIy29clF9CC_oPPsw3c5D0bs";
constexpr auto example_body = R"({"hello": "world"})";

std::string hexadecimal(std::string_view bytes)
{
    std::string text;
    for (const char byte : bytes) {
        const auto value = static_cast<unsigned char>(byte);
        text += "0123456789abcdef"[value / 16];
        text += "0123456789abcdef"[value % 16];
    }
    return text;
}

crypto::SigningKey example_key()
{
    return crypto::SigningKey::from_hex(hexadecimal(crypto::decode_base64url(example_secret).value()))
        .value();
}

ClientRequest example_request()
{
    ClientRequest request;
    request.method = Method::post;
    request.url = "https://example.com/foo?param=Value&Pet=dog";
    request.headers = {
        {"Date", "Tue, 20 Apr 2021 02:07:55 GMT"},
        {"Content-Type", "application/json"},
        {"Content-Length", "18"},
    };
    request.body = example_body;
    return request;
}

// An order to a business system, signed by us.
struct Fixture {
    Fixture()
    {
        request.method = Method::post;
        request.url = "http://register.example/4001/persons/search";
        request.headers = {{"Content-Type", "application/json"}, {"Idempotency-Key", "job-7"}};
        request.body = R"({"person": "Keller"})";
        REQUIRE(sign(request, key, clock.now()));
    }

    base::Result<std::string> check() const
    {
        return verify(
            message_of(request),
            {[this](std::string_view id) {
                 return id == key.id() ? std::optional(key.public_key()) : std::nullopt;
             },
             clock.now()}
        );
    }

    std::string& header(std::string_view wanted)
    {
        for (auto& [name, value] : request.headers)
            if (name == wanted)
                return value;
        throw std::out_of_range("no such header");
    }

    std::string why() const { return check() ? "" : check().error().detail; }

    testing::FixedClock clock;
    crypto::SigningKey key = crypto::SigningKey::from_hex(std::string(64, 'c')).value();
    ClientRequest request;
};

}  // namespace

TEST_CASE("the standard's example has the standard's signature (RFC 9421 appendix B.2.6)")
{
    const auto request = example_request();
    const auto input =
        parse_dictionary(R"(sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length"))"
                         R"(;created=1618884473;keyid="test-key-ed25519")");
    const auto key = example_key();

    const auto base = signature_base(message_of(request), *find_member<InnerList>(*input, "sig-b26"));

    REQUIRE(base);
    CHECK(
        *base == "\"date\": Tue, 20 Apr 2021 02:07:55 GMT\n"
                 "\"@method\": POST\n"
                 "\"@path\": /foo\n"
                 "\"@authority\": example.com\n"
                 "\"content-type\": application/json\n"
                 "\"content-length\": 18\n"
                 "\"@signature-params\": (\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\" "
                 "\"content-length\");created=1618884473;keyid=\"test-key-ed25519\""
    );
    CHECK(crypto::base64url(key.public_key()) == example_public);
    CHECK(
        crypto::base64(key.sign(*base)) ==
        "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw=="
    );
}

TEST_CASE("the digest of a body is that of the standard's example (RFC 9530 appendix D)")
{
    CHECK(content_digest(example_body) == "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:");
}

TEST_CASE("every component of a request that the standard derives is known")
{
    const auto request = example_request();
    const auto covered = parse_dictionary(R"(s=("@target-uri" "@scheme" "@query" "@request-target"))");

    const auto base = signature_base(message_of(request), *find_member<InnerList>(*covered, "s"));

    REQUIRE(base);
    CHECK(base->starts_with("\"@target-uri\": https://example.com/foo?param=Value&Pet=dog\n"
                            "\"@scheme\": https\n"
                            "\"@query\": ?param=Value&Pet=dog\n"
                            "\"@request-target\": /foo?param=Value&Pet=dog\n"));
    for (const auto* refused :
         {R"(s=("@status"))", R"(s=("missing"))", R"(s=("date" "date"))", R"(s=("date";sf))", "s=(date)"}) {
        INFO(std::string(refused));
        CHECK_FALSE(
            signature_base(message_of(request), *find_member<InnerList>(*parse_dictionary(refused), "s"))
        );
    }
}

TEST_CASE_FIXTURE(Fixture, "a signed request is ours")
{
    CHECK(check().value_or(why()) == key.id());
    CHECK(
        header("Signature-Input") ==
        R"(schalter=("@method" "@target-uri" "content-digest" "content-type" "idempotency-key");created=)" +
            std::to_string(clock.now().time_since_epoch().count() / 1000) + ";keyid=\"" + key.id() +
            "\";alg=\"ed25519\""
    );
}

TEST_CASE_FIXTURE(Fixture, "whoever changes a signed request is found out")
{
    const auto original = request;
    const auto changed = [&](const std::function<void()>& change) {
        request = original;
        change();
        return why();
    };

    CHECK(changed([&] { request.body = "{}"; }) == "Content-Digest is not that of the body");
    CHECK(changed([&] {
              header("Content-Digest") = content_digest("{}");
              request.body = "{}";
          }) == "the signature is not of this request");
    CHECK(changed([&] { request.url += "?all=1"; }) == "the signature is not of this request");
    CHECK(changed([&] { request.method = Method::put; }) == "the signature is not of this request");
    CHECK(changed([&] { header("Idempotency-Key") = "job-8"; }) == "the signature is not of this request");
    CHECK(changed([&] {
              request.headers.emplace_back("idempotency-key", "job-8");
          }) == "the signature is not of this request");
    CHECK(changed([&] { request.headers.pop_back(); }) == "Signature has nothing of that label");
    CHECK(changed([&] { request.headers.clear(); }) == "it is not signed");
    CHECK(changed([&] {
              header("Signature") = "schalter=:AAAA:";
          }) == "the signature is not of this request");
    CHECK(changed([&] { header("Signature") = "schalter"; }) == "Signature has nothing of that label");
    CHECK(changed([&] { header("Signature-Input") = "schalter"; }) == "Signature-Input has no list");
    CHECK(changed([&] {
              header("Signature-Input") = "(";
          }) == "Signature-Input or Signature is no dictionary");
}

TEST_CASE_FIXTURE(Fixture, "a signature that covers too little says nothing")
{
    const InnerList covered{
        {{std::string("@method")}},
        {{"created", clock.now().time_since_epoch().count() / 1000}, {"keyid", key.id()}}};
    const auto base = signature_base(message_of(request), covered);
    header("Signature-Input") = write(Dictionary{{"schalter", covered}});
    header("Signature") = write(Dictionary{{"schalter", Item{Bytes{key.sign(*base)}}}});

    CHECK(why() == "@target-uri is not covered");
}

TEST_CASE_FIXTURE(Fixture, "a signature is good for five minutes, and of a key that is known")
{
    clock.advance(5min);
    CHECK(check());
    clock.advance(1s);
    CHECK(why() == "created is not about now");
    clock.advance(-11min);
    CHECK(why() == "created is not about now");
    clock.advance(6min);
    CHECK(check());

    key = crypto::SigningKey::from_hex(std::string(64, 'd')).value();

    CHECK(why() == "the key is not known");
}

TEST_CASE_FIXTURE(Fixture, "beside a signature of somebody else ours still counts")
{
    header("Signature-Input") = "proxy=(\"@method\");created=1, " + header("Signature-Input");

    CHECK(check());
}

TEST_CASE("what a server receives from a signing client is what was signed")
{
    const testing::FixedClock clock;
    const auto key = example_key();
    std::vector<std::string> seen;
    Server server({}, [&](const Request& request) {
        const auto verified =
            verify(message_of(request), {[&](std::string_view) { return key.public_key(); }, clock.now()});
        seen.push_back(verified ? *verified : verified.error().detail);
        return empty(204);
    });
    NetworkClient network;
    SigningClient client(network, key, clock);
    const auto address = "http://127.0.0.1:" + std::to_string(server.port());
    ClientRequest request;
    request.url = address;
    REQUIRE(client.send(request));
    request.url = address + "/a/../b%20c/?q=%C3%BC";
    REQUIRE(client.send(request));
    request.method = Method::post;
    request.headers = {{"content-type", "text/plain"}, {"Idempotency-Key", " 7 "}};
    request.body = "hello";
    REQUIRE(client.send(request));

    CHECK(seen == std::vector<std::string>(3, key.id()));
}
