#include "kit/mail/packed_message.hpp"

#include <array>
#include <charconv>

namespace mail {

namespace {

constexpr std::string_view version = "1";

void add(std::string& packed, std::string_view field)
{
    packed += std::to_string(field.size());
    packed += ':';
    packed += field;
}

// Takes the first field off; false when there is none.
bool take(std::string_view& packed, std::string& field)
{
    std::size_t size = 0;
    const auto* end = packed.data() + packed.size();
    const auto read = std::from_chars(packed.data(), end, size);
    if (read.ec != std::errc{} || read.ptr == end || *read.ptr != ':')
        return false;
    packed.remove_prefix(static_cast<std::size_t>(read.ptr - packed.data()) + 1);
    if (size > packed.size())
        return false;
    field = packed.substr(0, size);
    packed.remove_prefix(size);
    return true;
}

// Every field of a message but its attachments, in the order in which they are kept.
template <class SomeMessage>
auto fields_of(SomeMessage& message)
{
    return std::array{
        &message.id,
        &message.from.name,
        &message.from.address,
        &message.to.name,
        &message.to.address,
        &message.reply_to,
        &message.subject,
        &message.text,
        &message.html,
        &message.language,
    };
}

}  // namespace

std::string pack(const Message& message)
{
    std::string packed;
    add(packed, version);
    for (const auto* field : fields_of(message))
        add(packed, *field);
    for (const auto& attachment : message.attachments)
        for (const auto* field : {&attachment.file_name, &attachment.media_type, &attachment.content})
            add(packed, *field);
    return packed;
}

std::optional<Message> unpack(std::string_view packed)
{
    Message message;
    std::string found;
    if (!take(packed, found) || found != version)
        return std::nullopt;
    for (auto* field : fields_of(message))
        if (!take(packed, *field))
            return std::nullopt;
    while (!packed.empty()) {
        auto& attachment = message.attachments.emplace_back();
        for (auto* field : {&attachment.file_name, &attachment.media_type, &attachment.content})
            if (!take(packed, *field))
                return std::nullopt;
    }
    return message;
}

}  // namespace mail
