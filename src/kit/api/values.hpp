#pragma once

#include "base/date.hpp"
#include "base/money.hpp"
#include "kit/api/operation.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace api {

// What many operations say in the same way.

Schema money_schema();  // the schema called "Money"
json::Value json_of(const base::Money& money);
json::Value json_of(const std::optional<base::Instant>& instant);
json::Value text_or_null(const std::string& text);
json::Value json_of(const std::vector<std::string>& texts);

// Lists come page by page: {"items": […], "next": "…"}; `next` is sent back as the parameter `cursor`.
std::vector<Parameter> page_parameters();
Schema page_of(std::string_view item);  // of a schema's name
struct Page {
    std::size_t limit = 0;
    std::string after;  // the cursor; empty: the first page
};
Page page_of(const Call& call);
Answer page_answer(json::Array items, std::string next);
Refusal unknown_cursor(const html::Texts& texts, html::Language language);

// One page of what lies in memory; the cursor is the key of the last item shown.
template <class Item, class Key, class Show>
Outcome
page_answer(const std::vector<Item>& all, const Call& call, const html::Texts& texts, Key key, Show show)
{
    const auto page = page_of(call);
    auto next = all.begin();
    if (!page.after.empty()) {
        next = std::ranges::find_if(all, [&](const Item& item) { return key(item) == page.after; });
        if (next == all.end())
            return unknown_cursor(texts, call.language);
        ++next;
    }
    json::Array items;
    for (; next != all.end() && items.size() < page.limit; ++next)
        items.emplace_back(show(*next));
    const bool is_last = next == all.end() || items.empty();
    return page_answer(std::move(items), is_last ? std::string() : key(*(next - 1)));
}

}  // namespace api
