// The portal while its PostgreSQL is away.
#include "app/town_fixture.hpp"

#include <unistd.h>

#include <filesystem>

using namespace app;

namespace {

// The way to the tests' PostgreSQL, which can be cut: a link to the folder of its socket.
class Way {
public:
    explicit Way(const std::string& direct) : direct_(direct)
    {
        folder_ = (std::filesystem::temp_directory_path() / "schalter-way-XXXXXX").string();
        REQUIRE(mkdtemp(folder_.data()) != nullptr);
        const auto host = direct.find("host=") + 5;
        socket_ = direct.substr(host, direct.find('&', host) - host);
        url =
            direct.substr(0, host) + link() + direct.substr(host + socket_.size()) + "&application_name=way";
        open();
    }
    ~Way()
    {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    Way(const Way&) = delete;
    Way& operator=(const Way&) = delete;

    void open() const { std::filesystem::create_directory_symlink(socket_, link()); }

    void cut() const
    {
        constexpr sql::Statement cut_all{
            "SELECT count(pg_terminate_backend(pid, 10000)) FROM pg_stat_activity"
            " WHERE application_name = 'way'"};
        std::filesystem::remove(link());
        sql::Database(direct_).begin_across_tenants().query(cut_all, {}, [](const sql::Row&) {});
    }

    std::string url;

private:
    std::string link() const { return folder_ + "/socket"; }

    std::string direct_;
    std::string folder_;
    std::string socket_;
};

}  // namespace

TEST_CASE("while the database is away everybody is asked to come again, and when it is back all goes on")
{
    testing::for_each_database_url([](const std::string& direct) {
        if (!direct.starts_with("postgresql:"))
            return;
        const Way way(direct);
        sql::Database database(way.url);
        database.migrate(all_migrations());
        Town town(database);
        const auto ask = [&](std::string_view method, std::string_view target) {
            return town.portal->handle(request_of(method, target, {{"Authorization", "Bearer any"}}));
        };
        REQUIRE(ask("GET", "/health/ready").status == 200);

        way.cut();
        const auto program = ask("POST", "/v2/process-instances");
        const auto person = ask("GET", "/pruefen/ABCD-EFGH-JKMN");

        CHECK(ask("GET", "/health/ready").status == 503);
        CHECK(ask("GET", "/health/live").status == 200);
        CHECK(program.status == 503);
        CHECK(http::find_field(program.headers, "retry-after") == "2");
        CHECK(http::find_field(program.headers, "content-type") == "application/problem+json");
        CHECK(person.status == 503);
        CHECK(http::find_field(person.headers, "retry-after") == "2");
        way.open();
        CHECK(ask("GET", "/health/ready").status == 200);
        CHECK(ask("POST", "/v2/process-instances").status == 401);
    });
}
