#include "kit/html/pages.hpp"

#include "kit/html/escape.hpp"
#include "kit/html/template_parser.hpp"

#include <map>
#include <optional>
#include <unordered_map>

namespace html {

namespace {

constexpr std::string_view shared_room = "html";

// One step of a compiled page. Partials are copied in, neighbouring literals joined.
struct Step {
    NodeKind kind = NodeKind::literal;
    std::string text;               // the literal, or the key of a text
    std::vector<std::string> path;  // of the datum; empty for the current one
    std::string room_key;           // texts: as the template's own room has it
    std::string shared_key;         // texts: as all rooms share it
    std::size_t end = 0;            // sections: the step after the last one inside
};

using Program = std::vector<Step>;
using Templates = std::map<std::string_view, std::vector<Node>>;

// Writes the programs of templates, with the templates they are made of.
class Linker {
public:
    Linker(const Templates& templates, Program& program) : templates_(templates), program_(program) {}

    void add_template(std::string_view name, std::string_view user, int line)
    {
        const auto found = templates_.find(name);
        if (found == templates_.end())
            refuse_template(user, line, "there is no template '" + std::string(name) + "'");
        if (open_.size() > 16)
            refuse_template(user, line, "template '" + std::string(name) + "' contains itself");
        open_.push_back(name);
        add(found->second);
        open_.pop_back();
    }

private:
    void add(const std::vector<Node>& nodes)
    {
        for (const Node& node : nodes) {
            if (node.kind == NodeKind::partial)
                add_template(node.text, open_.back(), node.line);
            else if (node.kind == NodeKind::literal && can_join_)
                program_.back().text += node.text;
            else
                add_step(node);
        }
    }

    void add_step(const Node& node)
    {
        Step step;
        step.kind = node.kind;
        step.text = node.text;
        step.path.assign(node.path.begin(), node.path.end());
        if (node.kind == NodeKind::text) {
            const auto room = open_.back().substr(0, open_.back().find('/'));
            step.room_key = std::string(room) + "." + node.text;
            step.shared_key = std::string(shared_room) + "." + node.text;
        }
        const std::size_t index = program_.size();
        program_.push_back(std::move(step));
        can_join_ = node.kind == NodeKind::literal;
        if (node.kind == NodeKind::section || node.kind == NodeKind::inverted) {
            add(node.children);
            program_[index].end = program_.size();
            can_join_ = false;  // what follows runs even when the section does not
        }
    }

    const Templates& templates_;
    Program& program_;
    std::vector<std::string_view> open_;
    bool can_join_ = false;
};

// One filling of a page: the data in scope, innermost last, and what has been written.
class Filling {
public:
    Filling(const Program& program, const TextView& texts, const Data& data)
        : program_(program), texts_(texts)
    {
        output_.reserve(8192);
        scope_.push_back(&data);
    }

    std::string run()
    {
        run(0, program_.size());
        return std::move(output_);
    }

private:
    void run(std::size_t from, std::size_t to)
    {
        for (std::size_t at = from; at < to; ++at) {
            const Step& step = program_[at];
            switch (step.kind) {
            case NodeKind::literal: output_ += step.text; break;
            case NodeKind::text: write_text(step); break;
            case NodeKind::variable:
            case NodeKind::unescaped: write_datum(step); break;
            case NodeKind::section:
                run_section(step, at + 1);
                at = step.end - 1;
                break;
            case NodeKind::inverted: {
                const Data* data = find(step.path);
                if (data == nullptr || !data->is_truthy())
                    run(at + 1, step.end);
                at = step.end - 1;
                break;
            }
            case NodeKind::partial: break;  // the linker leaves none
            }
        }
    }

    void run_section(const Step& step, std::size_t first)
    {
        const Data* data = find(step.path);
        if (data == nullptr || !data->is_truthy())
            return;
        if (const List* list = data->if_list()) {
            for (const Data& item : *list)
                run_with(item, first, step.end);
        } else {
            run_with(*data, first, step.end);
        }
    }

    void run_with(const Data& innermost, std::size_t from, std::size_t to)
    {
        scope_.push_back(&innermost);
        run(from, to);
        scope_.pop_back();
    }

    void write_datum(const Step& step)
    {
        const Data* data = find(step.path);
        const std::string* text = data == nullptr ? nullptr : data->if_text();
        if (text == nullptr)
            return;
        if (step.kind == NodeKind::unescaped)
            output_ += *text;
        else
            append_escaped(output_, *text);
    }

    // The words in braces of a text ("Schritt {step} von {steps}") are data in scope.
    void write_text(const Step& step)
    {
        const auto argument = [this](std::string_view name) -> std::string {
            const Data* data = find_in_scope(name);
            const std::string* text = data == nullptr ? nullptr : data->if_text();
            return text == nullptr ? std::string() : *text;
        };
        auto text = texts_.texts.fill(texts_.language, step.room_key, argument);
        if (!text && !step.room_key.starts_with(texts_.room))
            text = texts_.texts.fill(texts_.language, std::string(texts_.room) + "." + step.text, argument);
        if (!text)
            text = texts_.texts.fill(texts_.language, step.shared_key, argument);
        append_escaped(output_, text ? *text : step.text);
    }

    const Data* find(const std::vector<std::string>& path) const
    {
        if (path.empty())
            return scope_.back();
        const Data* data = find_in_scope(path.front());
        for (std::size_t at = 1; at < path.size() && data != nullptr; ++at)
            data = data->find(path[at]);
        return data;
    }

    const Data* find_in_scope(std::string_view name) const
    {
        for (auto data = scope_.rbegin(); data != scope_.rend(); ++data)
            if (const Data* found = (*data)->find(name))
                return found;
        return nullptr;
    }

    const Program& program_;
    const TextView& texts_;
    std::vector<const Data*> scope_;
    std::string output_;
};

}  // namespace

struct Pages::Implementation {
    std::map<std::string, Program, std::less<>> programs;
};

Pages::Pages(const std::vector<Source>& sources) : implementation_(std::make_unique<Implementation>())
{
    Templates templates;
    for (const Source& source : sources)
        if (!templates.emplace(source.name, parse_template(source)).second)
            refuse_template(source.name, 1, "there are two templates of this name");
    for (const Source& source : sources) {
        Program program;
        Linker(templates, program).add_template(source.name, source.name, 1);
        implementation_->programs.emplace(source.name, std::move(program));
    }
}

Pages::~Pages() = default;

std::string Pages::fill(std::string_view name, const Data& data, const TextView& texts) const
{
    const auto found = implementation_->programs.find(name);
    if (found == implementation_->programs.end())
        refuse_template(name, 1, "there is no template of this name");
    return Filling(found->second, texts, data).run();
}

}  // namespace html
