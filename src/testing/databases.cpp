#include "testing/databases.hpp"

#include <doctest/doctest.h>
#include <libpq-fe.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <system_error>
#include <utility>

namespace testing {

namespace {

// A file that goes away with the test; on a RAM disk when there is one, since nobody pulls the plug on a
// test.
class TemporaryFile {
public:
    TemporaryFile()
    {
        const auto base = std::filesystem::is_directory("/dev/shm") ? std::filesystem::path("/dev/shm")
                                                                    : std::filesystem::temp_directory_path();
        folder_ = (base / "schalter-test-XXXXXX").string();
        REQUIRE(mkdtemp(folder_.data()) != nullptr);
    }
    ~TemporaryFile()
    {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;

    std::string path() const { return folder_ + "/database"; }

private:
    std::string folder_;
};

// A schema of its own in the test server, which is quicker to make than a database.
class TemporarySchema {
public:
    explicit TemporarySchema(std::string server)
        : name_("test_" + std::to_string(getpid()) + "_" + std::to_string(next_number())),
          server_(std::move(server))
    {
        run("DROP SCHEMA IF EXISTS " + name_ + " CASCADE; CREATE SCHEMA " + name_);
    }
    ~TemporarySchema() { run("DROP SCHEMA " + name_ + " CASCADE"); }
    TemporarySchema(const TemporarySchema&) = delete;
    TemporarySchema& operator=(const TemporarySchema&) = delete;

    std::string url() const
    {
        const char* separator = server_.find('?') == std::string::npos ? "?" : "&";
        return server_ + separator + "options=-csearch_path%3D" + name_;
    }

private:
    static int next_number()
    {
        static int number = 0;
        return ++number;
    }

    void run(const std::string& script) const
    {
        const std::unique_ptr<PGconn, decltype(&PQfinish)> connection(
            PQconnectdb(server_.c_str()), &PQfinish
        );
        const std::unique_ptr<PGresult, decltype(&PQclear)> result(
            PQexec(connection.get(), ("SET client_min_messages = warning;" + script).c_str()), &PQclear
        );
        const std::string message = PQerrorMessage(connection.get());
        INFO(message);
        CHECK(PQresultStatus(result.get()) == PGRES_COMMAND_OK);
    }

    std::string name_;
    std::string server_;
};

}  // namespace

void for_each_database_url(const std::function<void(const std::string& url)>& test)
{
    {
        INFO("on SQLite");
        const TemporaryFile file;
        test("sqlite:" + file.path());
    }
    const char* server = std::getenv("SCHALTER_TEST_POSTGRES");
    if (server == nullptr || *server == '\0') {
        static const bool is_said =
            (std::cerr << "SKIPPED on PostgreSQL: SCHALTER_TEST_POSTGRES is not set\n", true);
        CHECK(is_said);
        return;
    }
    INFO("on PostgreSQL");
    const TemporarySchema schema(server);
    test(schema.url());
}

void for_each_database(MigrationsOfRooms migrations, const std::function<void(sql::Database&)>& test)
{
    for_each_database_url([&](const std::string& url) {
        sql::Database database(url);
        for (const auto& room : migrations)
            database.migrate(room);
        test(database);
    });
}

}  // namespace testing
