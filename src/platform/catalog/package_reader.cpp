#include "platform/catalog/package_reader.hpp"

#include "platform/catalog/definition_reader.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

namespace catalog {

namespace {

using base::ErrorKind;
using base::fail;
using base::Result;

base::Error in_file(const std::string& file, const base::Error& error)
{
    return fail(ErrorKind::invalid, "catalog.invalid_package", file + ": " + error.detail);
}

// A file of the package, through `parse`.
template <class Parse>
auto read_json(const std::string& path, Parse parse) -> decltype(parse(json::Value()))
{
    const auto text = read_file(path);
    if (!text)
        return fail(ErrorKind::invalid, "catalog.invalid_package", path + ": cannot be read");
    const auto document = json::parse(*text);
    if (!document)
        return in_file(path, document.error());
    auto parsed = parse(*document);
    if (!parsed)
        return in_file(path, parsed.error());
    return parsed;
}

Result<json::Value> keep_document(const json::Value& document)
{
    return document;
}

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

std::optional<std::string> read_file(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return {};
    return std::string{std::istreambuf_iterator<char>(file), {}};
}

Result<AllSynonyms> read_synonyms(const std::string& path)
{
    if (!std::filesystem::exists(path))
        return AllSynonyms{};
    return read_json(path, parse_synonyms);
}

Result<Service> parse_service(const json::Value& document)
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
         "legal_bases",
         "fee_parts",
         "checked_on"}
    );
    if (reader.text(object, "", "format") != "service/1")
        reader.refuse("format", "\"service/1\"");
    Service service;
    service.id = reader.text(object, "", "id");
    service.level = reader.text(object, "", "level");
    if (service.level != "municipality" && service.level != "canton")
        reader.refuse("level", "\"municipality\" or \"canton\"");
    service.responsible = reader.text(object, "", "responsible");
    service.categories = reader.texts(object, "", "categories");
    service.life_events = reader.texts(object, "", "life_events");
    service.channels = reader.texts(object, "", "channels");
    service.minimum_trust = reader.text(object, "", "minimum_trust");
    service.legal_bases = legal_bases(reader, object);
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

Result<Package> read_package(const std::string& directory)
{
    auto service = read_json(directory + "/service.json", parse_service);
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
    auto fee_parts = read_json(directory + "/service.json", parse_fee_parts);
    auto form = read_json(directory + "/form.json", Form::parse);
    if (!fee_parts || !form)
        return fee_parts ? form.error() : fee_parts.error();

    const std::string process_path = directory + "/process.bpmn";
    const std::string decisions_path = directory + "/decisions.dmn";
    auto process = read_file(process_path);
    auto decisions = read_file(decisions_path);
    if (!process || !decisions)
        return fail(
            ErrorKind::invalid,
            "catalog.invalid_package",
            (process ? decisions_path : process_path) + ": cannot be read"
        );
    auto model = dmn::Model::read(*decisions);
    if (!model)
        return in_file(decisions_path, model.error());
    Result<json::Value> document = json::Value();
    if (std::filesystem::exists(directory + "/document.json"))
        document = read_json(directory + "/document.json", keep_document);
    if (!document)
        return document.error();

    return Package{
        .service = *std::move(service),
        .form = *std::move(form),
        .process = *std::move(process),
        .decisions = *std::move(decisions),
        .decision_model = *std::move(model),
        .document = *std::move(document),
        .process_path = process_path,
        .decisions_path = decisions_path,
        .fee_parts = *std::move(fee_parts),
    };
}

}  // namespace catalog
