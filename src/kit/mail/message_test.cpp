#include "kit/mail/message.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using mail::Message;
using namespace std::chrono_literals;  // NOLINT(google-build-using-namespace)

namespace {

constexpr base::Instant noon{std::chrono::sys_days{std::chrono::year{2026} / 3 / 1} + 12h + 5min + 7s};

Message message()
{
    return {
        .id = "a1@portal.example",
        .from = {"Gemeinde Muster", "portal@muster.example"},
        .to = {"", "ada@example.org"},
        .subject = "Ready",
        .text = "Good day",
    };
}

std::string header(const Message& given, std::string_view name)
{
    for (const auto& line : mail::headers(given, noon))
        if (line.starts_with(std::string(name) + ": "))
            return line.substr(name.size() + 2);
    return {};
}

}  // namespace

TEST_CASE("addresses that a mail server can take are told from those it cannot")
{
    for (const auto* address :
         {"a@b", "ada.lovelace+portal@example.org", "o'neill@sub.example-host.ch", "x_y@1.2"})
        CHECK_MESSAGE(mail::is_address(address), address);
    for (const auto* address : {"",
                                "@",
                                "a@",
                                "@b",
                                "a b@c",
                                "a@b c",
                                "a@b\r\nRCPT TO:<x@y>",
                                "a@@b",
                                "a..b@c",
                                ".a@c",
                                "a.@c",
                                "a@-b",
                                "a@b-",
                                "a@b..c",
                                "a@b_c",
                                "ada@zürich.ch",
                                "ä@b.ch",
                                "<a@b>",
                                "a@b,c@d",
                                "\"a b\"@c"})
        CHECK_FALSE_MESSAGE(mail::is_address(address), address);
    CHECK_FALSE(mail::is_address(std::string(65, 'a') + "@b"));
    CHECK_FALSE(mail::is_address(
        "a@" + std::string(63, 'b') + "." + std::string(63, 'c') + "." + std::string(63, 'd') + "." +
        std::string(63, 'e')
    ));
}

TEST_CASE("a message says who it is from, to whom, when and in which language")
{
    auto given = message();
    given.language = "de-CH";
    given.reply_to = "info@muster.example";

    CHECK(header(given, "Date") == "Sun, 1 Mar 2026 12:05:07 +0000");
    CHECK(header(given, "Message-ID") == "<a1@portal.example>");
    CHECK(header(given, "From") == "\"Gemeinde Muster\" <portal@muster.example>");
    CHECK(header(given, "To") == "ada@example.org");
    CHECK(header(given, "Subject") == "Ready");
    CHECK(header(given, "Reply-To") == "info@muster.example");
    CHECK(header(given, "Content-Language") == "de-CH");
    CHECK(header(given, "Auto-Submitted") == "auto-generated");
}

TEST_CASE("names with quotes are quoted, names beyond ASCII are encoded")
{
    auto given = message();
    given.from.name = R"(Ada "the" \ first)";
    given.to.name = "Zoë";

    CHECK(header(given, "From") == R"("Ada \"the\" \\ first" <portal@muster.example>)");
    CHECK(header(given, "To") == "=?UTF-8?B?Wm/Dqw==?= <ada@example.org>");
}

TEST_CASE("a long subject is cut between characters into words that mail allows")
{
    auto given = message();
    for (int index = 0; index < 40; ++index)
        given.subject += "xü";

    const auto subject = header(given, "Subject");

    std::size_t start = 0;
    int words = 0;
    while (start < subject.size()) {
        const auto end = std::min(subject.find("\r\n ", start), subject.size());
        const auto word = subject.substr(start, end - start);
        CHECK(word.size() <= 75);
        CHECK(word.starts_with("=?UTF-8?B?"));
        CHECK(word.ends_with("?="));
        CHECK((word.size() - 12) % 4 == 0);
        ++words;
        start = end + 3;
    }
    CHECK(words == 3);
}

TEST_CASE("a subject that looks encoded is encoded itself")
{
    auto given = message();
    given.subject = "=?UTF-8?Q?other?=";

    CHECK(header(given, "Subject") == "=?UTF-8?B?PT9VVEYtOD9RP290aGVyPz0=?=");
}

TEST_CASE("nobody adds a header or a recipient through a field")
{
    for (const auto* hostile :
         {"a\nBcc: x@example.org", "a\r\nBcc: x@example.org", "a\rb", "a\tb", "a\u0085b", "\xFF"}) {
        auto subject = message();
        subject.subject = hostile;
        CHECK_FALSE(mail::check(subject));

        auto from = message();
        from.from.name = hostile;
        CHECK_FALSE(mail::check(from));

        auto to = message();
        to.to.name = hostile;
        CHECK_FALSE(mail::check(to));

        auto language = message();
        language.language = hostile;
        CHECK_FALSE(mail::check(language));

        auto attachment = message();
        attachment.attachments = {{hostile, "application/pdf", ""}};
        CHECK_FALSE(mail::check(attachment));
    }
    auto recipient = message();
    recipient.to.address = "a@b.example>\r\nRCPT TO:<c@d.example";
    CHECK_FALSE(mail::check(recipient));

    auto reply = message();
    reply.reply_to = "a@b.example, c@d.example";
    CHECK_FALSE(mail::check(reply));

    auto id = message();
    id.id = "a1";
    CHECK_FALSE(mail::check(id));

    auto type = message();
    type.attachments = {{"a.pdf", "application/pdf\r\nX: y", ""}};
    CHECK_FALSE(mail::check(type));

    auto empty = message();
    empty.text.clear();
    CHECK_FALSE(mail::check(empty));
    CHECK(mail::check(message()));
}
