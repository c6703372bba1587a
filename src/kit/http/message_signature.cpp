#include "kit/http/message_signature.hpp"

#include "base/text.hpp"
#include "kit/crypto/hashing.hpp"
#include "kit/crypto/signing_key.hpp"
#include "kit/http/url.hpp"

#include <algorithm>

namespace http {

using base::ErrorKind;
using base::fail;
using base::Result;

namespace {

constexpr std::string_view label = "schalter";
constexpr std::string_view algorithm = "ed25519";

base::Error refuse(std::string detail)
{
    return fail(ErrorKind::forbidden, "http.bad_signature", std::move(detail));
}

std::int64_t seconds(base::Instant instant)
{
    return std::chrono::floor<std::chrono::seconds>(instant).time_since_epoch().count();
}

// All values of a header, as one; nothing when there is none (section 2.1).
std::optional<std::string> header_of(const Message& message, std::string_view lower_case_name)
{
    std::optional<std::string> all;
    for (const auto& [name, value] : message.headers)
        if (base::equals_ignoring_ascii_case(name, lower_case_name))
            all = (all ? *all + ", " : std::string()) + std::string(base::trim(value));
    return all;
}

// Section 2.2.
Result<std::string> derived_component(const Message& message, std::string_view name)
{
    if (name == "@method")
        return std::string(method_name(message.method));
    const auto url = parse_url(message.url);
    if (!url)
        return url.error();
    if (name == "@target-uri")
        return url->text();
    if (name == "@authority")
        return url->authority();
    if (name == "@scheme")
        return url->scheme;
    if (name == "@path")
        return url->path;
    if (name == "@query")
        return url->query.empty() ? "?" : url->query;
    if (name == "@request-target")
        return url->target();
    return fail(ErrorKind::invalid, "http.bad_signature", "unknown component " + std::string(name));
}

Result<std::string> component(const Message& message, std::string_view name)
{
    if (name.starts_with('@'))
        return derived_component(message, name);
    auto value = header_of(message, name);
    if (!value || value->find_first_of("\r\n") != std::string::npos)
        return fail(ErrorKind::invalid, "http.bad_signature", "there is no header " + std::string(name));
    return std::move(*value);
}

bool covers(const InnerList& covered, std::string_view name)
{
    return std::ranges::any_of(covered.items, [&](const Item& item) {
        const auto* text = std::get_if<std::string>(&item.value);
        return text != nullptr && *text == name && item.parameters.empty();
    });
}

// What a signature of this message must cover to say anything.
std::vector<std::string_view> needed_components(const Message& message)
{
    std::vector<std::string_view> needed{"@method", "@target-uri"};
    if (!message.body.empty() || header_of(message, "content-digest"))
        needed.emplace_back("content-digest");
    for (const std::string_view name : {"content-type", "idempotency-key"})
        if (header_of(message, name))
            needed.push_back(name);
    return needed;
}

// The parameters say that it is of now and by this algorithm.
Result<> check_parameters(const Parameters& parameters, const Verification& verification)
{
    const auto* created = find_parameter<std::int64_t>(parameters, "created");
    const auto now = seconds(verification.now);
    const auto leeway = verification.leeway.count();
    if (created == nullptr || *created > now + leeway || *created < now - leeway)
        return refuse("created is not about now");
    const auto* expires = find_parameter<std::int64_t>(parameters, "expires");
    if (expires != nullptr && *expires < now)
        return refuse("it has expired");
    const auto* named = find_parameter<std::string>(parameters, "alg");
    if (named != nullptr && *named != algorithm)
        return refuse("the algorithm is not ed25519");
    return base::Done{};
}

Result<> check_digest(const Message& message)
{
    const auto field = header_of(message, "content-digest");
    const auto digests = parse_dictionary(field.value_or(""));
    if (!digests)
        return refuse("Content-Digest is no dictionary");
    const auto* digest = find_member<Item>(*digests, "sha-256");
    const auto* bytes = digest == nullptr ? nullptr : std::get_if<Bytes>(&digest->value);
    if (bytes == nullptr || !crypto::equal_in_constant_time(bytes->bytes, crypto::sha256(message.body)))
        return refuse("Content-Digest is not that of the body");
    return base::Done{};
}

// The name of the key when everything holds.
Result<std::string> check_signature(
    const Message& message, const InnerList& covered, const Item* signature, const Verification& verification
)
{
    const auto* bytes = signature == nullptr ? nullptr : std::get_if<Bytes>(&signature->value);
    if (bytes == nullptr)
        return refuse("Signature has nothing of that label");
    for (const auto name : needed_components(message))
        if (!covers(covered, name))
            return refuse(std::string(name) + " is not covered");
    if (const auto checked = check_parameters(covered.parameters, verification); !checked)
        return checked.error();
    if (covers(covered, "content-digest"))
        if (const auto checked = check_digest(message); !checked)
            return checked.error();
    const auto* key_id = find_parameter<std::string>(covered.parameters, "keyid");
    const auto key = key_id == nullptr ? std::nullopt : verification.find_key(*key_id);
    if (!key)
        return refuse("the key is not known");
    const auto base = signature_base(message, covered);
    if (!base)
        return refuse(base.error().detail);
    if (!crypto::verify_signature(*key, *base, bytes->bytes))
        return refuse("the signature is not of this request");
    return *key_id;
}

}  // namespace

Message message_of(const ClientRequest& request)
{
    return {request.method, request.url, request.headers, request.body};
}

Message message_of(const Request& request)
{
    const std::string scheme = request.is_secure ? "https://" : "http://";
    return {
        request.method,
        scheme + std::string(request.header("host").value_or("")) + request.target,
        request.headers,
        request.body};
}

std::string content_digest(std::string_view body)
{
    return write(Dictionary{{"sha-256", Item{Bytes{crypto::sha256(body)}}}});
}

Result<std::string> signature_base(const Message& message, const InnerList& covered)
{
    std::string text;
    std::vector<std::string_view> seen;
    for (const auto& item : covered.items) {
        const auto* name = std::get_if<std::string>(&item.value);
        if (name == nullptr || !item.parameters.empty())
            return fail(ErrorKind::invalid, "http.bad_signature", "a component is a plain name here");
        if (std::ranges::find(seen, *name) != seen.end())
            return fail(ErrorKind::invalid, "http.bad_signature", "a component is covered twice");
        seen.emplace_back(*name);
        const auto value = component(message, *name);
        if (!value)
            return value.error();
        text += write(item.value) + ": " + *value + "\n";
    }
    return text + "\"@signature-params\": " + write(covered);
}

Result<> sign(ClientRequest& request, const crypto::SigningKey& key, base::Instant now)
{
    const auto url = parse_url(request.url);
    if (!url)
        return url.error();
    request.url = url->text();
    if (!request.body.empty())
        request.headers.emplace_back("Content-Digest", content_digest(request.body));
    InnerList covered;
    for (const auto name : needed_components(message_of(request)))
        covered.items.push_back({std::string(name)});
    covered.parameters = {
        {"created", seconds(now)},
        {"keyid", key.id()},
        {"alg", std::string(algorithm)},
    };
    const auto base = signature_base(message_of(request), covered);
    if (!base)
        return base.error();
    const std::string name(label);
    request.headers.emplace_back("Signature-Input", write(Dictionary{{name, covered}}));
    request.headers.emplace_back("Signature", write(Dictionary{{name, Item{Bytes{key.sign(*base)}}}}));
    return base::Done{};
}

Result<std::string> verify(const Message& message, const Verification& verification)
{
    const auto inputs = parse_dictionary(header_of(message, "signature-input").value_or(""));
    const auto signatures = parse_dictionary(header_of(message, "signature").value_or(""));
    if (!inputs || !signatures)
        return refuse("Signature-Input or Signature is no dictionary");
    Result<std::string> outcome = refuse("it is not signed");
    for (const auto& [name, member] : *inputs) {
        const auto* covered = std::get_if<InnerList>(&member);
        outcome =
            covered == nullptr
                ? refuse("Signature-Input has no list")
                : check_signature(message, *covered, find_member<Item>(*signatures, name), verification);
        if (outcome)
            break;
    }
    return outcome;
}

}  // namespace http
