#include "platform/catalog/package_reader.hpp"

#include "platform/catalog/definition_reader.hpp"
#include "platform/catalog/json_file.hpp"

#include <filesystem>

namespace catalog {

namespace {

using base::ErrorKind;
using base::fail;
using base::Result;

std::vector<LegalBasis> legal_bases(DefinitionReader& reader, const json::Object& object)
{
    std::vector<LegalBasis> read;
    const auto& bases = reader.optional_array(object, "", "legal_bases");
    for (std::size_t index = 0; index < bases.size(); ++index) {
        const auto path = item_of("legal_bases", index);
        const auto& basis = reader.object(bases[index], path);
        reader.only(basis, path, {"title", "url"});
        read.push_back({reader.local_text(basis, path, "title"), reader.text(basis, path, "url")});
        if (!read.back().url.starts_with("https://"))
            reader.refuse(member_of(path, "url"), "an address that begins with https://");
    }
    return read;
}

}  // namespace

Result<AllSynonyms> read_synonyms(const std::string& path)
{
    if (!std::filesystem::exists(path))
        return AllSynonyms{};
    return read_json(path, parse_synonyms);
}

namespace {

// A key of the vocabulary; an empty vocabulary knows all.
void check_term(DefinitionReader& reader, const Terms& terms, const std::string& key, const std::string& path)
{
    if (!terms.empty() && find_term(terms, key) == nullptr)
        reader.refuse(path, "a key of vocabulary.json, found \"" + key + "\"");
}

void check_terms(
    DefinitionReader& reader,
    const Terms& terms,
    const std::vector<std::string>& keys,
    const std::string& path
)
{
    for (std::size_t index = 0; index < keys.size(); ++index)
        check_term(reader, terms, keys[index], item_of(path, index));
}

std::vector<std::string> some_of(
    DefinitionReader& reader,
    const json::Object& object,
    std::string_view name,
    std::initializer_list<std::string_view> known
)
{
    std::vector<std::string> read;
    const std::string path(name);
    for (const auto& item : reader.optional_array(object, "", name)) {
        read.emplace_back(item.string_or());
        if (std::ranges::find(known, read.back()) == known.end())
            reader.refuse(item_of(path, read.size() - 1), "one of the known words");
    }
    return read;
}

void read_basis(DefinitionReader& reader, const json::Object& object, Service& service)
{
    const auto* value = object.find("basis");
    const auto& basis = value == nullptr ? json::Object() : reader.object(*value, "basis");
    reader.only(basis, "basis", {"kind", "source"});
    const auto kind = parse_basis(reader.text(basis, "basis", "kind"));
    if (!kind)
        reader.refuse("basis.kind", "\"checked\", \"example\" or \"general_practice\"");
    service.basis = kind.value_or(Basis::general_practice);
    service.source = reader.text(basis, "basis", "source");
}

// A service that is ordered elsewhere has an address and no way through our own counter.
void read_address(DefinitionReader& reader, const json::Object& object, Service& service)
{
    service.address = reader.optional_local_text(object, "", "address");
    for (const auto language : html::all_languages) {
        if (!service.address.empty() && !service.address.in(language).starts_with("https://"))
            reader.refuse("address", "addresses that begin with https://");
    }
    if (service.address.empty() && service.level != Level::municipality)
        reader.refuse("address", "where the service of canton or confederation is ordered");
}

}  // namespace

Result<Service> parse_service(const json::Value& document, const Library& library)
{
    DefinitionReader reader;
    const auto& object = reader.object(document, "");
    reader.only(
        object,
        "",
        {"format",
         "id",
         "level",
         "responsible",
         "categories",
         "life_events",
         "channels",
         "minimum_trust",
         "routing",
         "payment",
         "delivery",
         "legal_bases",
         "fee_parts",
         "basis",
         "process",
         "address",
         "checked_on"}
    );
    if (reader.text(object, "", "format") != "service/1")
        reader.refuse("format", "\"service/1\"");
    Service service;
    service.id = reader.text(object, "", "id");
    const auto level = parse_level(reader.text(object, "", "level"));
    if (!level)
        reader.refuse("level", "\"municipality\", \"canton\" or \"confederation\"");
    service.level = level.value_or(Level::municipality);
    service.responsible = reader.text(object, "", "responsible");
    service.categories = reader.texts(object, "", "categories");
    service.life_events = reader.optional_texts(object, "", "life_events");
    service.channels = reader.texts(object, "", "channels");
    service.minimum_trust = reader.text(object, "", "minimum_trust");
    service.routing = reader.text(object, "", "routing");
    service.payment = some_of(reader, object, "payment", {"online", "invoice", "counter"});
    service.delivery = reader.texts(object, "", "delivery");
    service.process = reader.optional_text(object, "", "process");
    service.legal_bases = legal_bases(reader, object);
    read_basis(reader, object, service);
    read_address(reader, object, service);
    check_term(reader, library.responsible, service.responsible, "responsible");
    check_term(reader, library.routing, service.routing, "routing");
    check_terms(reader, library.categories, service.categories, "categories");
    check_terms(reader, library.life_events, service.life_events, "life_events");
    check_terms(reader, library.delivery, service.delivery, "delivery");
    const auto checked_on = base::parse_date(reader.text(object, "", "checked_on"));
    if (!checked_on)
        reader.refuse("checked_on", "a date like 2026-11-25");
    service.checked_on = checked_on.value_or(base::Date());
    if (reader.refusal())
        return *reader.refusal();
    return service;
}

Result<ServiceTexts> parse_service_texts(const json::Value& document)
{
    DefinitionReader reader;
    const auto& object = reader.object(document, "");
    reader.only(
        object,
        "",
        {"title",
         "summary",
         "audience",
         "requirements",
         "steps",
         "evidence",
         "outputs",
         "costs",
         "processing_time",
         "channels",
         "keywords"}
    );
    ServiceTexts texts{
        .title = reader.text(object, "", "title"),
        .summary = reader.text(object, "", "summary"),
        .audience = reader.texts(object, "", "audience"),
        .requirements = reader.texts(object, "", "requirements"),
        .steps = reader.texts(object, "", "steps"),
        .evidence = reader.texts(object, "", "evidence"),
        .outputs = reader.texts(object, "", "outputs"),
        .costs = reader.text(object, "", "costs"),
        .processing_time = reader.text(object, "", "processing_time"),
        .channels = reader.text(object, "", "channels"),
        .keywords = reader.texts(object, "", "keywords"),
    };
    if (reader.refusal())
        return *reader.refusal();
    return texts;
}

Result<std::map<std::string, LocalText, std::less<>>> parse_fee_parts(const json::Value& document)
{
    DefinitionReader reader;
    std::map<std::string, LocalText, std::less<>> parts;
    const auto* value = document.find("fee_parts");
    if (value == nullptr)
        return parts;
    const auto& object = reader.object(*value, "fee_parts");
    for (const auto& [name, text] : object)
        parts.emplace(name, reader.local_text(object, "fee_parts", name));
    if (reader.refusal())
        return *reader.refusal();
    return parts;
}

namespace {

// service.json and the texts.
Result<Service> read_service(const std::string& directory, const Library& library)
{
    auto service = read_json(directory + "/service.json", [&](const json::Value& document) {
        return parse_service(document, library);
    });
    if (!service)
        return service.error();
    if (std::filesystem::path(directory).filename().string() != service->id)
        return fail(
            ErrorKind::invalid,
            "catalog.invalid_package",
            directory + "/service.json: id: expected the folder's name, found \"" + service->id + "\""
        );
    for (const auto language : html::all_languages) {
        auto texts = read_json(
            directory + "/texts/" + std::string(html::code_of(language)) + ".json", parse_service_texts
        );
        if (!texts)
            return texts.error();
        service->texts[static_cast<std::size_t>(language)] = *std::move(texts);
    }
    return service;
}

// The folder's own process, or the shared one that it names.
Result<> read_process(Package& package, const std::string& directory, const Library& library)
{
    const auto& service = package.service;
    package.process_path = directory + "/process.bpmn";
    if (auto own = read_file(package.process_path)) {
        package.process = *std::move(own);
        return base::Done{};
    }
    const auto shared = library.processes.find(service.process);
    if (shared == library.processes.end())
        return fail(
            ErrorKind::invalid,
            "catalog.invalid_package",
            directory +
                "/service.json: process: expected a process.bpmn here, or the name of one in processes/"
        );
    package.process = process_of_service(shared->second, service.id, service.in(html::Language::de).title);
    return base::Done{};
}

Result<> read_decisions(Package& package, const std::string& directory)
{
    package.decisions_path = directory + "/decisions.dmn";
    auto text = read_file(package.decisions_path);
    if (!text)
        return base::Done{};  // nothing to decide: it costs nothing
    auto model = dmn::Model::read(*text);
    if (!model)
        return in_file(package.decisions_path, model.error());
    package.decisions = *std::move(text);
    package.decision_model = *std::move(model);
    return base::Done{};
}

}  // namespace

Result<Package> read_package(const std::string& directory, const Library& library)
{
    auto service = read_service(directory, library);
    if (!service)
        return service.error();
    Package package{.service = *std::move(service)};
    if (package.service.is_ordered_elsewhere())
        return package;

    auto fee_parts = read_json(directory + "/service.json", parse_fee_parts);
    auto form = read_json(directory + "/form.json", [&](const json::Value& document) {
        return Form::parse(document, library);
    });
    if (!fee_parts || !form)
        return fee_parts ? form.error() : fee_parts.error();
    package.fee_parts = *std::move(fee_parts);
    package.form = *std::move(form);
    if (const auto read = read_process(package, directory, library); !read)
        return read.error();
    if (const auto read = read_decisions(package, directory); !read)
        return read.error();
    if (std::filesystem::exists(directory + "/document.json")) {
        auto document = read_json_file(directory + "/document.json");
        if (!document)
            return document.error();
        package.document = *std::move(document);
    }
    return package;
}

}  // namespace catalog
