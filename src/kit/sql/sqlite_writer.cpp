#include "kit/sql/sqlite_writer.hpp"

namespace sql {

namespace {

// Bounds for the patience of the first in a group.
constexpr std::size_t most_in_a_group = 64;
constexpr std::chrono::milliseconds longest_wait_for_company{5};

constexpr Statement begin_group{"BEGIN IMMEDIATE"};
constexpr Statement commit_group{"COMMIT"};
constexpr Statement undo_group{"ROLLBACK"};
constexpr Statement begin_member{"SAVEPOINT member"};
constexpr Statement keep_member{"RELEASE member"};
constexpr Statement undo_member{"ROLLBACK TO member"};

void run(SqliteConnection& connection, const Statement& statement)
{
    connection.run(statement, Addition::none, {}, {});
}

}  // namespace

SqliteWriter::SqliteWriter(const std::string& path, Durability durability)
    : connection_(path, Access::write, durability)
{
}

void SqliteWriter::take_place()
{
    std::unique_lock lock(mutex_);
    if (is_taken_ && owner_ == std::this_thread::get_id())
        throw std::logic_error("a second transaction begun in one thread would wait for the first for ever");
    if (is_taken_) {
        Waiting waiting;
        line_.push_back(&waiting);
        waiting.called.wait(lock, [&] { return waiting.has_place; });
    }
    is_taken_ = true;
    owner_ = std::this_thread::get_id();
}

void SqliteWriter::pass_place()
{
    const std::lock_guard lock(mutex_);
    owner_ = {};
    is_taken_ = !line_.empty();
    if (!is_taken_)
        return;
    line_.front()->has_place = true;
    line_.front()->called.notify_one();
    line_.pop_front();
}

void SqliteWriter::enter()
{
    take_place();
    try {
        if (!group_) {
            run(connection_, begin_group);
            group_ = std::make_shared<Group>();
        }
        run(connection_, begin_member);
    } catch (...) {
        end_turn();
        throw;
    }
}

void SqliteWriter::commit()
{
    try {
        run(connection_, keep_member);
    } catch (...) {
        roll_back();
        throw;
    }
    const auto group = group_;
    if (group->committed++ == 0)
        group->first_commit = std::chrono::steady_clock::now();
    end_turn();

    std::unique_lock lock(mutex_);
    group->finished.wait(lock, [&] { return group->is_finished; });
    if (group->failure)
        std::rethrow_exception(group->failure);
}

void SqliteWriter::roll_back() noexcept
{
    // A broken disk makes SQLite undo the whole outer transaction by itself; end_turn finds that out.
    if (connection_.is_in_transaction()) {
        try {
            run(connection_, undo_member);
            run(connection_, keep_member);
        } catch (const std::exception&) {
            // What cannot be undone alone is undone with the group, whose members are told so.
            group_->failure = std::current_exception();
        }
    }
    end_turn();
}

// Whether the next in line may join: there must be one, so that somebody finishes the group.
bool SqliteWriter::may_grow()
{
    if (group_->failure || !connection_.is_in_transaction() || group_->committed >= most_in_a_group)
        return false;
    if (group_->committed > 0 &&
        std::chrono::steady_clock::now() - group_->first_commit > longest_wait_for_company)
        return false;
    const std::lock_guard lock(mutex_);
    return !line_.empty();
}

void SqliteWriter::end_turn()
{
    if (group_ && !may_grow())
        finish_group();
    pass_place();
}

void SqliteWriter::finish_group()
{
    const auto group = std::exchange(group_, nullptr);
    try {
        if (group->failure)
            std::rethrow_exception(group->failure);
        if (group->committed > 0)
            run(connection_, commit_group);
    } catch (const std::exception&) {
        group->failure = std::current_exception();
    }
    if (connection_.is_in_transaction()) {
        try {
            run(connection_, undo_group);
        } catch (const std::exception&) {
            // Still open, so that the next BEGIN says what is wrong.
            group->failure = std::current_exception();
        }
    }
    const std::lock_guard lock(mutex_);
    group->is_finished = true;
    group->finished.notify_all();
}

}  // namespace sql
