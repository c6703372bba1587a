#include "process/runtime/stored.hpp"

#include <stdexcept>

namespace runtime::stored {

json::Value parse(std::string_view document)
{
    auto parsed = json::parse(document, {.depth = 600});
    if (!parsed)
        throw std::runtime_error("a stored document is not JSON: " + parsed.error().detail);
    return std::move(*parsed);
}

std::string write(const Variables& variables)
{
    return json::write(feel::to_json(feel::Value(variables)));
}

Variables read_variables(std::string_view document)
{
    const auto value = feel::from_json(parse(document));
    const auto* context = value.if_context();
    return context == nullptr ? Variables{} : *context;
}

sql::Blob blob(std::string_view bytes)
{
    const auto* begin = static_cast<const std::byte*>(static_cast<const void*>(bytes.data()));
    return {begin, begin + bytes.size()};
}

std::string bytes(const sql::Blob& blob)
{
    return {static_cast<const char*>(static_cast<const void*>(blob.data())), blob.size()};
}

}  // namespace runtime::stored
