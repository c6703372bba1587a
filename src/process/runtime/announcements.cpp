#include "process/runtime/announcements.hpp"

#include <algorithm>
#include <utility>

namespace runtime {

Announcements::Listener::Listener(Announcements& announcements, const std::string& topic)
    : announcements_(announcements)
{
    const std::lock_guard lock(announcements_.mutex_);
    line_ = announcements_.lines_.try_emplace(topic).first;
    line_->second.listeners.push_back(this);
    seen_ = line_->second.news;
}

Announcements::Listener::~Listener()
{
    const std::lock_guard lock(announcements_.mutex_);
    auto& line = line_->second;
    std::erase(line.listeners, this);
    if (line.listeners.empty())
        announcements_.lines_.erase(line_);
    else if (was_woken_)
        wake_first(line);
}

void Announcements::Listener::begin_look()
{
    const std::lock_guard lock(announcements_.mutex_);
    seen_ = line_->second.news;
    wake_ = nullptr;
}

void Announcements::Listener::listen(std::function<void()> wake)
{
    const std::lock_guard lock(announcements_.mutex_);
    was_woken_ = seen_ != line_->second.news;
    if (was_woken_)
        wake();
    else
        wake_ = std::move(wake);
}

void Announcements::announce(const std::string& topic)
{
    const std::lock_guard lock(mutex_);
    const auto found = lines_.find(topic);
    if (found == lines_.end())
        return;
    ++found->second.news;
    wake_first(found->second);
}

// Under the lock, so that nobody is called who has gone.
void Announcements::wake_first(Line& line)
{
    const auto sleeper =
        std::ranges::find_if(line.listeners, [](const Listener* one) { return one->wake_ != nullptr; });
    if (sleeper == line.listeners.end())
        return;
    (*sleeper)->was_woken_ = true;
    std::exchange((*sleeper)->wake_, nullptr)();
}

}  // namespace runtime
