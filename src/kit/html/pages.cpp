#include "kit/html/pages.hpp"

#include "kit/html/template.hpp"

#include <functional>
#include <map>
#include <span>
#include <stdexcept>

namespace html {

namespace {

using Templates = std::map<std::string, std::vector<Node>, std::less<>>;

void check_partials(const Templates& templates, std::string_view name, std::span<const Node> nodes)
{
    for (const Node& node : nodes) {
        if (node.kind == Node::Kind::partial && !templates.contains(node.content))
            throw std::logic_error("page " + std::string(name) + ": there is no partial " + node.content);
        check_partials(templates, name, node.children);
    }
}

// One filling of one template: the data seen from inside out, and where it is written.
class Writer {
public:
    Writer(const Templates& templates, const TextView& texts, std::string& out)
        : templates_(templates), texts_(texts), out_(out)
    {
    }

    void write(std::span<const Node> nodes, const Data& data)
    {
        stack_.push_back(&data);
        write(nodes);
        stack_.pop_back();
    }

private:
    static constexpr std::size_t deepest =
        64;  // of partials and sections; more is a partial that contains itself

    void write(std::span<const Node> nodes)
    {
        if (++depth_ > deepest)
            throw std::logic_error("pages are nested too deeply: does a partial contain itself?");
        for (const Node& node : nodes)
            write(node);
        --depth_;
    }

    void write(const Node& node)
    {
        switch (node.kind) {
        case Node::Kind::literal: out_ += node.content; break;
        case Node::Kind::text: write_text(node.content); break;
        case Node::Kind::partial: write(templates_.find(node.content)->second); break;
        case Node::Kind::section: write_section(node); break;
        case Node::Kind::inverted: {
            const auto* data = find(node.path);
            if (data == nullptr || !data->is_truthy())
                write(node.children);
            break;
        }
        case Node::Kind::variable:
        case Node::Kind::raw: {
            const auto* data = find(node.path);
            const auto* text = data == nullptr ? nullptr : data->if_text();
            if (text != nullptr && node.kind == Node::Kind::raw)
                out_ += *text;
            else if (text != nullptr)
                append_escaped(out_, *text);
            break;
        }
        }
    }

    void write_section(const Node& node)
    {
        const auto* data = find(node.path);
        if (data == nullptr || !data->is_truthy())
            return;
        if (const auto* list = data->if_list()) {
            for (const Data& item : *list)
                write(node.children, item);
            return;
        }
        write(node.children, *data);
    }

    void write_text(const std::string& key)
    {
        const auto own = std::string(texts_.room) + "." + key;
        const bool is_own = texts_.texts.find(Language::de, own) != nullptr;
        append_escaped(out_, texts_.texts.text(texts_.language, is_own ? own : "html." + key));
    }

    const Data* find(const std::vector<std::string>& path) const
    {
        if (path.empty())
            return stack_.back();
        const Data* found = nullptr;
        for (auto data = stack_.rbegin(); data != stack_.rend() && found == nullptr; ++data)
            found = (*data)->find(path.front());
        for (std::size_t index = 1; index < path.size() && found != nullptr; ++index)
            found = found->find(path[index]);
        return found;
    }

    const Templates& templates_;
    const TextView& texts_;
    std::string& out_;
    std::vector<const Data*> stack_;
    std::size_t depth_ = 0;
};

}  // namespace

struct Pages::Implementation {
    Templates templates;
};

Pages::Pages(const std::vector<Source>& sources) : implementation_(std::make_unique<Implementation>())
{
    auto& templates = implementation_->templates;
    for (const Source& source : sources)
        if (!templates.emplace(source.name, compile(source.name, source.text)).second)
            throw std::logic_error("two pages are called " + std::string(source.name));
    for (const auto& [name, nodes] : templates)
        check_partials(templates, name, nodes);
}

Pages::~Pages() = default;

std::string Pages::fill(std::string_view name, const Data& data, const TextView& texts) const
{
    const auto found = implementation_->templates.find(name);
    if (found == implementation_->templates.end())
        throw std::logic_error("there is no page " + std::string(name));
    std::string out;
    out.reserve(8192);
    Writer(implementation_->templates, texts, out).write(found->second, data);
    return out;
}

}  // namespace html
