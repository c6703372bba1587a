#include "process/dmn/model.hpp"

#include "process/dmn/definitions.hpp"
#include "process/dmn/reader.hpp"

namespace dmn {

namespace {

std::vector<std::string> names_of(const Definitions& definitions, Element::Kind kind)
{
    std::vector<std::string> names;
    for (const auto& element : definitions.elements)
        if (element->kind == kind)
            names.push_back(element->name);
    return names;
}

}  // namespace

const Element* Definitions::find(std::string_view id_or_name) const
{
    for (const auto& element : elements)
        if (element->id == id_or_name || element->name == id_or_name)
            return element.get();
    return nullptr;
}

const Import* Definitions::import_of(const Element& element) const
{
    for (const auto& import : imports)
        if (import.definitions == element.owner)
            return &import;
    return nullptr;
}

base::Result<Model> Model::read(std::string_view text)
{
    const std::vector<Source> sources{{"model", std::string(text)}};
    return read(sources);
}

base::Result<Model> Model::read(std::span<const Source> sources)
{
    auto definitions = read_definitions(sources);
    if (!definitions)
        return definitions.error();
    return Model(std::move(*definitions));
}

const std::string& Model::name() const
{
    return definitions_->name;
}

const std::string& Model::id() const
{
    return definitions_->id;
}

std::vector<std::string> Model::decisions() const
{
    return names_of(*definitions_, Element::Kind::decision);
}

std::vector<std::string> Model::decision_services() const
{
    return names_of(*definitions_, Element::Kind::service);
}

std::vector<std::string> Model::inputs() const
{
    return names_of(*definitions_, Element::Kind::input);
}

const std::vector<Finding>& Model::findings() const
{
    return definitions_->findings;
}

}  // namespace dmn
