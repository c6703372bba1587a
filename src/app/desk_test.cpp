// The desk, as clerks use it, through the whole portal.
#include "app/browser_fixture.hpp"

using namespace app;

namespace {

// Nobody of this name is in the register: a clerk decides.
const Applicant unknown{
    .first_name = "Neda",
    .last_name = "Petrovic",
    .day = "1",
    .month = "2",
    .year = "1990",
    .email = "neda@example.org"};

struct Desk {
    explicit Desk(Town& here) : town(here)
    {
        log_in(beat, "beat.amsler@aarau.example");
        reference = order(town, neda, unknown);
        town.work();
        beat.open(case_page());
    }

    std::string case_page() const { return "/schalter/vorgang/" + reference; }

    void decide(Browser& clerk, http::Fields fields)
    {
        fields.emplace_back("aufgabe", clerk.between("name=\"aufgabe\" value=\"", "\""));
        clerk.send(case_page() + "/entscheid", fields);
        town.work();
    }

    void look() { neda.open(neda.place); }

    Town& town;
    Browser neda{town};
    Browser beat{town};
    std::string reference;
};

void at_desk(const std::function<void(Desk&)>& test)
{
    with_town([&](Town& town) {
        Desk desk(town);
        test(desk);
    });
}

}  // namespace

TEST_CASE("a clerk sees why the order waits, confirms it, and the certificate goes out")
{
    at_desk([](Desk& desk) {
        CHECK(desk.beat.shows("Die Person wurde im Register nicht gefunden."));
        CHECK(desk.beat.shows("Petrovic"));

        desk.decide(desk.beat, {{"entscheid", "approve"}});
        CHECK(desk.beat.place == desk.case_page());
        CHECK(desk.beat.shows("Beat Amsler"));
        desk.look();

        CHECK(certificate(desk.neda).find("Petrovic") != std::string::npos);
        CHECK(desk.town.mails_to("neda@example.org").size() == 2);
    });
}

TEST_CASE("a clerk puts a name right, by the rules of the form, and the certificate carries it")
{
    at_desk([](Desk& desk) {
        desk.decide(
            desk.beat,
            {{"entscheid", "correct"},
             {"person.last_name", ""},
             {"person.date_of_birth-day", "31"},
             {"person.date_of_birth-month", "2"},
             {"person.date_of_birth-year", "1990"}}
        );
        CHECK(desk.beat.page.status == 422);
        CHECK(desk.beat.shows("Geben Sie Ihren Nachnamen ein."));
        CHECK(desk.beat.shows("Diesen Tag gibt es im Kalender nicht."));
        desk.decide(desk.beat, {{"entscheid", "correct"}});
        CHECK(desk.beat.shows("Ändern Sie mindestens eine Angabe"));

        desk.decide(
            desk.beat,
            {{"entscheid", "correct"},
             {"person.last_name", "Petrović"},
             {"person.date_of_birth-day", "2"},
             {"person.date_of_birth-month", "2"},
             {"person.date_of_birth-year", "1990"}}
        );
        CHECK(desk.beat.place == desk.case_page());
        desk.look();

        CHECK(certificate(desk.neda).find("Petrović") != std::string::npos);
        // The date as it is now opens the order's link.
        Browser later(desk.town);
        const auto link = desk.neda.place.substr(0, desk.neda.place.find('?'));
        later.open(link);
        later.send(
            link, {{"geburtsdatum-day", "2"}, {"geburtsdatum-month", "2"}, {"geburtsdatum-year", "1990"}}
        );
        CHECK(later.shows(desk.reference));
    });
}

TEST_CASE("what a clerk has typed is not dropped because the wrong decision was ticked")
{
    at_desk([](Desk& desk) {
        desk.decide(desk.beat, {{"entscheid", "approve"}, {"person.last_name", "Petrović"}});

        CHECK(desk.beat.page.status == 422);
        CHECK(desk.beat.shows("Sie haben Angaben geändert."));
        CHECK(desk.beat.shows("value=\"Petrović\""));
    });
}

TEST_CASE("a refusal needs a reason, pays the fee back, and the person reads why")
{
    at_desk([](Desk& desk) {
        desk.decide(desk.beat, {{"entscheid", "refuse"}, {"text", "  "}});
        CHECK(desk.beat.page.status == 422);
        CHECK(desk.beat.shows("Begründen Sie, warum Sie ablehnen."));
        desk.decide(desk.beat, {});
        CHECK(desk.beat.shows("Wählen Sie, wie Sie entscheiden."));

        desk.decide(desk.beat, {{"entscheid", "refuse"}, {"text", "Sie wohnen in <Baden>."}});
        desk.look();

        CHECK(desk.neda.shows("Sie wohnen in &lt;Baden&gt;."));
        CHECK_FALSE(desk.neda.shows("(PDF)"));
        CHECK(desk.town.taken_and_refunded() == std::pair<std::int64_t, std::int64_t>(2500, 2500));
        CHECK(desk.town.mails_to("neda@example.org").size() == 2);
    });
}

TEST_CASE("of two clerks at one task the second is told who was first, and changes nothing")
{
    at_desk([](Desk& desk) {
        Browser carla(desk.town);
        log_in(carla, "carla.bossi@aarau.example");
        carla.open(desk.case_page());
        const auto stale = carla;

        desk.beat.send(desk.case_page() + "/uebernehmen");
        carla.send(desk.case_page() + "/uebernehmen");
        CHECK(carla.page.status == 409);
        CHECK(carla.shows("Beat Amsler"));
        carla = stale;
        desk.decide(carla, {{"entscheid", "refuse"}, {"text", "Nein."}});
        CHECK(carla.page.status == 409);
        CHECK(carla.shows("Beat Amsler"));
        desk.beat.open(desk.case_page());
        desk.decide(desk.beat, {{"entscheid", "approve"}});
        carla = stale;
        desk.decide(carla, {{"entscheid", "refuse"}, {"text", "Nein."}});

        CHECK(carla.page.status == 409);
        CHECK(carla.shows("Beat Amsler"));
        CHECK(desk.town.taken_and_refunded().second == 0);
    });
}

TEST_CASE("a clerk of another municipality does not find the case by its address, in no way")
{
    at_desk([](Desk& desk) {
        Browser denise(desk.town);
        log_in(denise, "denise.egli@baden.example");

        denise.open(desk.case_page());
        CHECK(denise.page.status == 404);
        denise.open("/schalter/eingang");
        CHECK_FALSE(denise.shows(desk.reference));
        for (const auto* action : {"/uebernehmen", "/entscheid"}) {
            denise.open("/schalter/eingang");
            denise.send(desk.case_page() + action, {{"entscheid", "approve"}});
            CHECK(denise.page.status == 404);
        }
        Browser stranger(desk.town);
        stranger.open(desk.case_page());

        CHECK(stranger.place.starts_with("/schalter/anmelden"));
        CHECK_FALSE(stranger.shows("Petrovic"));
    });
}

TEST_CASE("a resident's session opens no desk")
{
    at_desk([](Desk& desk) {
        Browser neda(desk.town);
        log_in_by_mail(desk.town, neda, "neda@example.org");

        neda.open("/schalter/eingang");

        CHECK(neda.place.starts_with("/schalter/anmelden"));
    });
}

TEST_CASE("a clerk who waits too long is reminded, again and again")
{
    at_desk([](Desk& desk) {
        const auto reminders = [&] {
            return std::ranges::count_if(desk.town.mailbox.mails, [&](const mail::Message& mail) {
                return mail.to.address != "neda@example.org" &&
                       mail.text.find(desk.reference) != std::string::npos;
            });
        };
        CHECK(reminders() == 0);

        desk.town.pass(49h);
        CHECK(reminders() == 1);
        desk.town.pass(48h);
        CHECK(reminders() == 2);
        log_in(desk.beat, "beat.amsler@aarau.example");
        desk.beat.open(desk.case_page());
        desk.decide(desk.beat, {{"entscheid", "approve"}});
        desk.town.pass(96h);

        CHECK(reminders() == 2);
    });
}

TEST_CASE("a business system that is down costs no order: it is retried, shown as a disturbance, and mended")
{
    with_town([](Town& town) {
        town.registers.set_mode(4001, sandbox::RegisterMode::down);
        Browser anna(town);
        const auto reference = order(town, anna);
        for (int hour = 0; hour < 72; ++hour)
            town.pass(1h);
        Browser beat(town);
        log_in(beat, "beat.amsler@aarau.example");

        beat.open("/schalter/stoerungen");
        REQUIRE(beat.shows(reference));
        CHECK(beat.shows("Person im Register suchen"));
        beat.open("/schalter/vorgang/" + reference);
        CHECK(beat.shows("Ein Schritt ist nicht gelungen"));
        town.registers.set_mode(4001, sandbox::RegisterMode::ok);
        const auto path = "/schalter/stoerungen/" + beat.between("action=\"/schalter/stoerungen/", "\"");
        beat.send(path);
        town.work();
        beat.send(path);  // twice is fine
        town.work();
        anna.open(anna.place);

        CHECK(anna.shows("(PDF)"));
        beat.open("/schalter/stoerungen");
        CHECK_FALSE(beat.shows(reference));
    });
}

TEST_CASE("a secret that the business system no longer takes is a disturbance at once")
{
    with_town([](Town& town) {
        town.registers.set_mode(4001, sandbox::RegisterMode::new_secret);
        Browser anna(town);
        const auto reference = order(town, anna);
        town.work();
        Browser beat(town);
        log_in(beat, "beat.amsler@aarau.example");

        beat.open("/schalter/stoerungen");

        CHECK(beat.shows(reference));
    });
}

TEST_CASE("a business system that is back within the hour is asked again by itself")
{
    with_town([](Town& town) {
        for (const auto mode :
             {sandbox::RegisterMode::failing, sandbox::RegisterMode::nonsense, sandbox::RegisterMode::slow}) {
            town.registers.set_mode(4001, mode);
            Browser anna(town);
            order(town, anna);
            town.work();
            anna.open(anna.place);
            CHECK_FALSE(anna.shows("(PDF)"));

            town.registers.set_mode(4001, sandbox::RegisterMode::ok);
            for (int minute = 0; minute < 60; minute += 5)
                town.pass(5min);
            anna.open(anna.place);

            CHECK(anna.shows("(PDF)"));
        }
    });
}

TEST_CASE("when the business system answers with another person a clerk looks, and nothing goes out by itself"
)
{
    with_town([](Town& town) {
        town.registers.set_mode(4001, sandbox::RegisterMode::another_person);
        Browser anna(town);
        const auto reference = order(town, anna);
        for (int hour = 0; hour < 72; ++hour)
            town.pass(1h);
        anna.open(anna.place);
        CHECK_FALSE(anna.shows("(PDF)"));

        Browser beat(town);
        log_in(beat, "beat.amsler@aarau.example");
        beat.open("/schalter/vorgang/" + reference);

        CHECK(beat.shows("Keller"));
        CHECK((beat.shows("Aufgabe") || beat.shows("Ein Schritt ist nicht gelungen")));
    });
}

TEST_CASE("a wrong password is said without saying what is wrong, and not too often")
{
    with_town([](Town& town) {
        Browser beat(town);
        beat.open("/schalter/anmelden");
        const auto attempt = [&](std::string_view email, std::string_view password) {
            beat.send(
                "/schalter/anmelden", {{"email", std::string(email)}, {"password", std::string(password)}}
            );
            return beat.page.status;
        };

        CHECK(attempt("beat.amsler@aarau.example", "falsch") == 422);
        const auto known = beat.between("error-message", "</p>");
        CHECK(attempt("niemand@aarau.example", "falsch") == 422);
        CHECK(beat.between("error-message", "</p>") == known);
        int status = 0;
        for (int times = 0; times < 12; ++times)
            status = attempt("beat.amsler@aarau.example", "falsch");
        CHECK(status == 429);
    });
}

TEST_CASE("logging out ends the session, also for a copied cookie")
{
    with_town([](Town& town) {
        Browser beat(town);
        log_in(beat, "beat.amsler@aarau.example");
        Browser copy = beat;

        beat.send("/schalter/abmelden");
        copy.open("/schalter/eingang");

        CHECK(copy.place.starts_with("/schalter/anmelden"));
    });
}
