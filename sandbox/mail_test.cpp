#include "sandbox/mailbox.hpp"
#include "testing/fixed_clock.hpp"

#include <doctest/doctest.h>

using namespace sandbox;

TEST_CASE("a conversation delivers a mail to its recipients")
{
    std::vector<RawMail> taken;
    SmtpSession session([&](RawMail mail) { taken.push_back(std::move(mail)); });

    CHECK(session.answer("EHLO portal")->ends_with("250 SIZE 26214400\r\n"));
    CHECK(session.answer("MAIL FROM:<portal@example.org> SIZE=20") == "250 OK\r\n");
    CHECK(session.answer("RCPT TO:<anna@example.org>") == "250 OK\r\n");
    CHECK(session.answer("DATA")->starts_with("354"));
    CHECK_FALSE(session.answer("Subject: Hallo"));
    CHECK_FALSE(session.answer(""));
    CHECK_FALSE(session.answer("..eine Zeile mit Punkt"));
    CHECK(session.answer(".") == "250 taken\r\n");
    session.answer("QUIT");

    REQUIRE(taken.size() == 1);
    CHECK(taken[0].recipients == std::vector<std::string>{"anna@example.org"});
    CHECK(taken[0].content == "Subject: Hallo\r\n\r\n.eine Zeile mit Punkt\r\n");
    CHECK(session.is_over());
}

TEST_CASE("a mail without recipient, or to a mailbox that does not exist, is refused")
{
    SmtpSession session([](RawMail) { FAIL("nothing must be taken"); });
    session.answer("MAIL FROM:<portal@example.org>");

    CHECK(session.answer("RCPT TO:<weg@unzustellbar.example>")->starts_with("550"));
    CHECK(session.answer("RCPT TO:nobody")->starts_with("501"));
    CHECK(session.answer("DATA")->starts_with("503"));
    CHECK(session.answer("VRFY anna")->starts_with("502"));
}

TEST_CASE("a mail with text, HTML and a file is shown as people read it")
{
    const auto mail = read_mail("From: =?UTF-8?Q?Gemeinde_Z=C3=BCrich?= <info@example.org>\r\n"
                                "To: anna@example.org\r\n"
                                "Subject: =?UTF-8?B?SWhyIERva3VtZW50?=\r\n =?UTF-8?B?IGlzdCBiZXJlaXQ=?=\r\n"
                                "Content-Type: multipart/mixed; boundary=\"a b\"\r\n"
                                "\r\n"
                                "--a b\r\n"
                                "Content-Type: multipart/alternative; boundary=c\r\n"
                                "\r\n"
                                "--c\r\n"
                                "Content-Type: text/plain; charset=utf-8\r\n"
                                "Content-Transfer-Encoding: quoted-printable\r\n"
                                "\r\n"
                                "Gr=C3=BCezi_wohl =\r\n"
                                "Anna\r\n"
                                "--c\r\n"
                                "Content-Type: text/html\r\n"
                                "\r\n"
                                "<p>Hallo</p>\r\n"
                                "--c--\r\n"
                                "--a b\r\n"
                                "Content-Type: application/pdf\r\n"
                                "Content-Disposition: attachment; filename=\"brief.pdf\"\r\n"
                                "Content-Transfer-Encoding: base64\r\n"
                                "\r\n"
                                "JVBERg==\r\n"
                                "--a b--\r\n");

    CHECK(mail.from == "Gemeinde Zürich <info@example.org>");
    CHECK(mail.subject == "Ihr Dokument ist bereit");
    CHECK(mail.text == "Grüezi_wohl Anna");
    CHECK(mail.html == "<p>Hallo</p>");
    REQUIRE(mail.attachments.size() == 1);
    CHECK(mail.attachments[0].file_name == "brief.pdf");
    CHECK(mail.attachments[0].content == "%PDF");
}

TEST_CASE("a broken mail is shown as it is")
{
    CHECK(read_mail("").text.empty());
    CHECK(read_mail("no header at all").subject.empty());
    CHECK(read_mail("Subject: =?UTF-8?B?broken\r\n\r\ntext").subject == "=?UTF-8?B?broken");
    CHECK(read_mail("Content-Type: multipart/mixed; boundary=x\r\n\r\n--x").attachments.empty());
}

TEST_CASE("the mailbox lists, shows and forgets mails")
{
    testing::FixedClock clock;
    const Pages pages;
    Mailbox mailbox(clock, pages);
    mailbox.take(
        {"a@example.org", {"anna@example.org"}, "Subject: Eins <&>\r\n\r\nhttps://portal.example/x\r\n"}
    );
    mailbox.take({"a@example.org", {"bob@example.org"}, "Subject: Zwei\r\n\r\nText\r\n"});
    http::Request request;
    request.path = "/";

    CHECK(mailbox.handle(request).body.find("Eins &lt;&amp;&gt;") != std::string::npos);
    request.path = "/1";
    CHECK(mailbox.handle(request).body.find("<a href=\"https://portal.example/x\">") != std::string::npos);
    request.path = "/3";
    CHECK(mailbox.handle(request).status == 404);
    CHECK(mailbox.all("bob@example.org").if_array()->size() == 1);
    mailbox.reset();
    CHECK(mailbox.all().if_array()->empty());
}
