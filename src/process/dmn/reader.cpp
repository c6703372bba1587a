#include "process/dmn/reader.hpp"

#include "kit/xml/xml.hpp"
#include "process/dmn/logic_reader.hpp"

#include <algorithm>
#include <set>

namespace dmn {

using base::ErrorKind;
using base::fail;
using base::Result;

namespace {

bool is_dmn(std::string_view name_space)
{
    return name_space.find("/DMN/") != std::string_view::npos ||
           name_space.find("/dmn/") != std::string_view::npos;
}

struct File {
    const Source* source;
    xml::Document document;
    std::unique_ptr<Definitions> definitions;
};

// Reads files in the order of their imports, the imported first.
class Reader {
public:
    explicit Reader(std::vector<File>& files) : files_(files) {}

    Result<base::Done> read(File& file)
    {
        if (std::find(open_.begin(), open_.end(), &file) != open_.end())
            return fail(
                ErrorKind::invalid, "dmn.import_circle", file.source->name + ": imports itself in a circle"
            );
        if (is_done_.contains(&file))
            return base::Done{};
        open_.push_back(&file);
        const auto imported = read_imports(file);
        if (!imported)
            return imported;
        read_items(file);
        read_elements(file);
        open_.pop_back();
        is_done_.insert(&file);
        return base::Done{};
    }

private:
    Result<base::Done> read_imports(File& file)
    {
        for (const auto* element : file.document.root.elements()) {
            if (element->name != "import" || !is_dmn(element->attribute_or("importType")))
                continue;
            const auto wanted = element->attribute_or("namespace");
            const auto found = std::find_if(files_.begin(), files_.end(), [&](const File& other) {
                return other.document.root.attribute_or("namespace") == wanted;
            });
            if (found == files_.end())
                return fail(
                    ErrorKind::not_found,
                    "dmn.import_missing",
                    file.source->name + ", line " + std::to_string(element->line) +
                        ": no file with the namespace " + std::string(wanted)
                );
            if (const auto read_it = read(*found); !read_it)
                return read_it;
            file.definitions->imports.push_back(
                {std::string(element->attribute_or("name")), found->definitions.get()}
            );
        }
        return base::Done{};
    }

    void read_items(File& file)
    {
        LogicReader logic(*file.definitions);
        std::vector<const xml::Element*> declared;
        for (const auto* element : file.document.root.elements())
            if (element->name == "itemDefinition")
                declared.push_back(element);
        logic.read_items(declared);
    }

    static std::optional<Element::Kind> kind_of(std::string_view name)
    {
        if (name == "inputData")
            return Element::Kind::input;
        if (name == "decision")
            return Element::Kind::decision;
        if (name == "businessKnowledgeModel")
            return Element::Kind::knowledge;
        if (name == "decisionService")
            return Element::Kind::service;
        return std::nullopt;
    }

    void read_elements(File& file)
    {
        Definitions& definitions = *file.definitions;
        LogicReader logic(definitions);
        std::vector<std::pair<Element*, const xml::Element*>> read;
        for (const auto* source : file.document.root.elements()) {
            const auto kind = kind_of(source->name);
            if (!kind)
                continue;
            auto element = std::make_unique<Element>();
            element->kind = *kind;
            element->id = source->attribute_or("id");
            element->name = source->attribute_or("name");
            element->line = source->line;
            element->owner = &definitions;
            for (const auto* child : source->elements())
                if (child->name == "variable")
                    element->type = logic.find_type(child->attribute_or("typeRef"));
            read.emplace_back(element.get(), source);
            definitions.elements.push_back(std::move(element));
        }
        definitions.is_open = std::none_of(read.begin(), read.end(), [](const auto& one) {
            return one.first->kind == Element::Kind::input;
        });
        for (const auto& [element, source] : read)
            connect(definitions, *element, *source);
        for (const auto& [element, source] : read)
            logic.read_element(*element, *source);
    }

    void connect(Definitions& definitions, Element& element, const xml::Element& source)
    {
        for (const auto* child : source.elements()) {
            if (child->name == "informationRequirement" || child->name == "knowledgeRequirement") {
                for (const auto* end : child->elements())
                    refer(definitions, element, *end, element.required);
            } else if (child->name == "outputDecision") {
                refer(definitions, element, *child, element.output_decisions);
            } else if (child->name == "encapsulatedDecision") {
                refer(definitions, element, *child, element.encapsulated);
            } else if (child->name == "inputDecision") {
                refer(definitions, element, *child, element.input_decisions);
            } else if (child->name == "inputData") {
                refer(definitions, element, *child, element.input_data);
            }
        }
    }

    void refer(
        Definitions& definitions,
        const Element& from,
        const xml::Element& reference,
        std::vector<const Element*>& into
    )
    {
        const std::string_view href = reference.attribute_or("href");
        const std::size_t mark = href.find('#');
        const auto name_space = mark == std::string_view::npos ? std::string_view() : href.substr(0, mark);
        const auto id = mark == std::string_view::npos ? href : href.substr(mark + 1);
        const Definitions* owner = &definitions;
        for (const auto& file : files_)
            if (!name_space.empty() && file.definitions->name_space == name_space)
                owner = file.definitions.get();
        for (const auto& element : owner->elements) {
            if (element->id == id) {
                into.push_back(element.get());
                return;
            }
        }
        definitions.findings.push_back(
            {Finding::Severity::error,
             from.id.empty() ? from.name : from.id,
             reference.line,
             0,
             "refers to \"" + std::string(href) + "\", which is not there"}
        );
    }

    std::vector<File>& files_;
    std::vector<const File*> open_;
    std::set<const File*> is_done_;
};

}  // namespace

Result<std::shared_ptr<const Definitions>> read_definitions(std::span<const Source> sources)
{
    if (sources.empty())
        return fail(ErrorKind::invalid, "dmn.no_model", "no file given");
    std::vector<File> files;
    for (const auto& source : sources) {
        auto document = xml::parse(source.text);
        if (!document)
            return fail(ErrorKind::invalid, "dmn.not_xml", source.name + ": " + document.error().detail);
        const xml::Element& root = document->root;
        if (root.name != "definitions" || !is_dmn(root.namespace_uri))
            return fail(
                ErrorKind::invalid,
                "dmn.not_dmn",
                source.name + ", line " + std::to_string(root.line) +
                    ": expected <definitions> of DMN, found <" + root.name + ">"
            );
        auto definitions = std::make_unique<Definitions>();
        definitions->id = root.attribute_or("id");
        definitions->name = root.attribute_or("name");
        definitions->name_space = root.attribute_or("namespace");
        files.push_back({&source, std::move(*document), std::move(definitions)});
    }
    Reader reader(files);
    if (const auto done = reader.read(files.front()); !done)
        return done.error();
    std::shared_ptr<Definitions> main = std::move(files.front().definitions);
    for (std::size_t index = 1; index < files.size(); ++index)
        main->others.push_back(std::move(files[index].definitions));
    return std::shared_ptr<const Definitions>(std::move(main));
}

}  // namespace dmn
