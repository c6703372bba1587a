#include "kit/sql/driver.hpp"
#include "kit/sql/sqlite_writer.hpp"

#include <sqlite3.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <system_error>
#include <vector>

namespace sql {

namespace {

constexpr std::size_t most_idle_readers = 16;

constexpr Statement begin_reading{"BEGIN"};
constexpr Statement end_reading{"COMMIT"};

class WriteSession final : public Session {
public:
    explicit WriteSession(SqliteWriter& writer) : writer_(writer) { writer_.enter(); }

    ~WriteSession() override
    {
        if (!is_over_)
            writer_.roll_back();
    }

    std::int64_t
    run(const Statement& statement,
        Addition addition,
        std::span<const Parameter> parameters,
        const EachRow& each) override
    {
        return writer_.connection().run(statement, addition, parameters, each);
    }

    void lock(std::string_view) override {}  // who writes has the one lock there is

    void run_script(const std::string& script) override { writer_.connection().run_script(script); }

    void commit() override
    {
        is_over_ = true;
        writer_.commit();
    }

private:
    SqliteWriter& writer_;
    bool is_over_ = false;
};

// The connections that only read: each sees the last commit before its transaction began.
class Readers {
public:
    Readers(std::string path, Durability durability) : path_(std::move(path)), durability_(durability) {}

    std::unique_ptr<SqliteConnection> take()
    {
        {
            const std::lock_guard lock(mutex_);
            if (!idle_.empty()) {
                auto connection = std::move(idle_.back());
                idle_.pop_back();
                return connection;
            }
        }
        return std::make_unique<SqliteConnection>(path_, Access::read, durability_);
    }

    void give_back(std::unique_ptr<SqliteConnection> connection)
    {
        const std::lock_guard lock(mutex_);
        if (idle_.size() < most_idle_readers)
            idle_.push_back(std::move(connection));
    }

private:
    std::string path_;
    Durability durability_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<SqliteConnection>> idle_;
};

class ReadSession final : public Session {
public:
    explicit ReadSession(Readers& readers) : readers_(readers), connection_(readers.take())
    {
        connection_->run(begin_reading, Addition::none, {}, {});
    }

    ~ReadSession() override
    {
        try {
            commit();
        } catch (const std::exception&) {
            return;  // a connection that cannot even end its reading is closed
        }
        readers_.give_back(std::move(connection_));
    }

    std::int64_t
    run(const Statement& statement,
        Addition addition,
        std::span<const Parameter> parameters,
        const EachRow& each) override
    {
        return connection_->run(statement, addition, parameters, each);
    }

    void lock(std::string_view) override {}  // nobody changes what it sees

    void run_script(const std::string& script) override { connection_->run_script(script); }

    void commit() override
    {
        if (connection_->is_in_transaction())
            connection_->run(end_reading, Addition::none, {}, {});
    }

private:
    Readers& readers_;
    std::unique_ptr<SqliteConnection> connection_;
};

// A folder in memory for "sqlite::memory:". A real file, because SQLite's own ":memory:" knows neither
// snapshots for readers nor several connections with the rules of a file.
class MemoryFolder {
public:
    MemoryFolder()
    {
        std::error_code ignored;
        const auto base = std::filesystem::is_directory("/dev/shm", ignored)
                              ? "/dev/shm"
                              : std::filesystem::temp_directory_path();
        path_ = (base / "schalter-XXXXXX").string();
        if (mkdtemp(path_.data()) == nullptr)
            throw std::system_error(errno, std::generic_category(), "cannot make a folder like " + path_);
    }
    ~MemoryFolder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    MemoryFolder(const MemoryFolder&) = delete;
    MemoryFolder& operator=(const MemoryFolder&) = delete;

    std::string file() const { return path_ + "/database"; }

private:
    std::string path_;
};

class SqliteDriver final : public Driver {
public:
    SqliteDriver(std::unique_ptr<MemoryFolder> folder, const std::string& path)
        : folder_(std::move(folder)), durability_(folder_ ? Durability::none : Durability::full),
          writer_(path, durability_), readers_(path, durability_)
    {
    }

    std::unique_ptr<Session> begin(const base::TenantId&, Access access) override
    {
        if (access == Access::write)
            return std::make_unique<WriteSession>(writer_);
        return std::make_unique<ReadSession>(readers_);
    }

    void check(std::string_view statement) override
    {
        auto reader = readers_.take();
        reader->check(statement);
        readers_.give_back(std::move(reader));
    }

    std::string_view dialect() const override { return "sqlite"; }

private:
    std::unique_ptr<MemoryFolder> folder_;  // before the connections, so that it goes after them
    Durability durability_;
    SqliteWriter writer_;
    Readers readers_;
};

}  // namespace

std::unique_ptr<Driver> make_sqlite_driver(std::string_view path)
{
    // Before the first connection: nobody reads SQLite's sums of memory, for which each allocation takes a
    // lock.
    static const int configured = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    if (configured != SQLITE_OK)
        throw std::runtime_error("SQLite was in use before its settings were made");
    if (path != ":memory:")
        return std::make_unique<SqliteDriver>(nullptr, std::string(path));
    auto folder = std::make_unique<MemoryFolder>();
    const auto file = folder->file();
    return std::make_unique<SqliteDriver>(std::move(folder), file);
}

}  // namespace sql
