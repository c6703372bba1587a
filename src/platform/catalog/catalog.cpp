#include "platform/catalog/catalog.hpp"

#include "base/text.hpp"
#include "platform/catalog/package_reader.hpp"
#include "platform/catalog/search_index.hpp"
#include "process/dmn/evaluate.hpp"

#include <algorithm>
#include <filesystem>

namespace catalog {

namespace {

using base::ErrorKind;
using base::fail;
using base::Result;

const std::string synonyms_file = "synonyms.json";
constexpr std::string_view fee_decision = "fee";
constexpr std::string_view fee_parts_decision = "feeParts";

std::optional<std::int64_t> rappen(const feel::Value* value)
{
    const auto number = value == nullptr ? std::nullopt : value->if_number();
    const auto amount = number ? number->integer() : std::nullopt;
    return amount && *amount >= 0 ? amount : std::nullopt;
}

base::Error no_price(const Package& package, const std::string& why)
{
    return fail(ErrorKind::invalid, "catalog.no_price", package.decisions_path + ": " + why);
}

std::optional<FeePart> read_part(const Package& package, const feel::Value& value)
{
    const auto* context = value.if_context();
    const auto* name = context == nullptr ? nullptr : context->find("part");
    const auto* text = name == nullptr ? nullptr : name->if_string();
    if (text == nullptr)
        return {};
    const auto label = package.fee_parts.find(*text);
    const auto quantity = rappen(context->find("quantity"));
    const auto amount = rappen(context->find("amount"));
    if (label == package.fee_parts.end() || !quantity || !amount)
        return {};
    return FeePart{label->second, *quantity, {*amount}};
}

}  // namespace

namespace {

// By id.
std::vector<std::string> service_folders(const std::string& directory)
{
    std::vector<std::string> folders;
    std::error_code unreadable;
    for (const auto& entry : std::filesystem::directory_iterator(directory, unreadable)) {
        auto name = entry.path().filename().string();
        if (entry.is_directory() && !is_library_folder(name))
            folders.push_back(std::move(name));
    }
    std::ranges::sort(folders);
    return folders;
}

}  // namespace

std::vector<std::string> services_ordered_here(const std::string& directory)
{
    auto services = service_folders(directory);
    std::erase_if(services, [&](const std::string& id) {
        return !std::filesystem::exists(directory + "/" + id + "/form.json");
    });
    return services;
}

struct Catalog::Implementation {
    Library library;
    std::vector<Package> packages;
    std::vector<SearchIndex> indexes;  // by language; their services are the packages
};

Catalog::Catalog(std::unique_ptr<Implementation> implementation) : implementation_(std::move(implementation))
{
}
Catalog::Catalog(Catalog&&) noexcept = default;
Catalog::~Catalog() = default;

Result<Catalog> Catalog::load(const std::string& directory)
{
    const auto synonyms = read_synonyms(directory + "/" + synonyms_file);
    if (!synonyms)
        return synonyms.error();
    if (std::error_code error; !std::filesystem::is_directory(directory, error))
        return fail(ErrorKind::invalid, "catalog.no_directory", directory + ": " + error.message());

    auto library = read_library(directory);
    if (!library)
        return library.error();
    auto implementation = std::make_unique<Implementation>();
    implementation->library = *std::move(library);
    for (const auto& id : service_folders(directory)) {
        auto package = read_package(directory + "/" + id, implementation->library);
        if (!package)
            return package.error();
        implementation->packages.push_back(*std::move(package));
    }
    const auto& packages = implementation->packages;
    for (const auto language : html::all_languages) {
        std::vector<const ServiceTexts*> texts;
        for (const auto& package : packages)
            texts.push_back(&package.service.in(language));
        implementation->indexes.emplace_back(
            language, (*synonyms)[static_cast<std::size_t>(language)], texts
        );
    }
    return Catalog(std::move(implementation));
}

const std::vector<Package>& Catalog::packages() const
{
    return implementation_->packages;
}

const Package* Catalog::find(std::string_view service_id) const
{
    const auto& packages = implementation_->packages;
    const auto found =
        std::ranges::find(packages, service_id, [](const Package& package) -> const std::string& {
            return package.service.id;
        });
    return found == packages.end() ? nullptr : &*found;
}

const Library& Catalog::library() const
{
    return implementation_->library;
}

std::vector<const Package*> Catalog::search(html::Language language, std::string_view query) const
{
    const auto& packages = implementation_->packages;
    std::vector<const Package*> found;
    if (base::trim(query).empty()) {
        for (const auto& package : packages)
            found.push_back(&package);
        return found;
    }
    for (const auto& hit : implementation_->indexes[static_cast<std::size_t>(language)].find(query))
        found.push_back(&packages[hit.service]);
    return found;
}

Result<Fee> Catalog::fee(const Package& package, int bfs_number, const json::Object& answers) const
{
    if (!package.decision_model)
        return Fee{};
    const auto& model = *package.decision_model;
    const feel::Context inputs{
        {"municipality", bfs_number}, {"order", feel::from_json(package.form.order_of(answers))}};
    const auto outcome = dmn::evaluate(model, fee_decision, inputs);
    if (!outcome)
        return no_price(package, outcome.error().detail);
    const auto total = rappen(&outcome->value);
    if (!total)
        return no_price(package, "the decision \"fee\" is no whole, positive number of Rappen");

    Fee fee{{*total}, {}};
    const auto parts = dmn::evaluate(model, fee_parts_decision, inputs);
    const auto* list = parts ? parts->value.if_list() : nullptr;
    std::int64_t sum = 0;
    for (const auto& value : list == nullptr ? feel::List() : *list) {
        auto part = read_part(package, value);
        if (!part)
            return no_price(package, "a part of the fee has no known name, no quantity or no amount");
        sum += part->amount.minor;
        fee.parts.push_back(*std::move(part));
    }
    if (!fee.parts.empty() && sum != *total)
        return no_price(package, "the parts of the fee do not add up to it");
    return fee;
}

}  // namespace catalog
