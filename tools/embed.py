#!/usr/bin/env python3
"""Writes a room's files (pages/*.mustache, locale/*.json, migrations/*.sql) as C++ constants.

embed.py ROOM SOURCE_DIRECTORY OUTPUT_DIRECTORY
Makes <output>/<room>/resources.{hpp,cpp}; each kind is declared only where the room has such files.
"""
import pathlib
import sys

room, source, output = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
folder, name = source / room, room.split("/")[-1]


def literal(text):
    """A raw string literal, cut where compilers put a bound on its length."""
    pieces = [text[at:at + 12000] for at in range(0, len(text), 12000)] or [""]
    return "\n".join(f'R"embed({piece})embed"' for piece in pieces)


def pages():
    for file in sorted(folder.glob("pages/*.mustache")):
        yield f'{{"{name}/{file.stem}", {literal(file.read_text())}}}'


def locale():
    for file in sorted(folder.glob("locale/*.json")):
        yield f'{{"{name}", "{file.stem}", {literal(file.read_text())}}}'


def migrations():
    for file in sorted(folder.glob("migrations/*.sql")):
        stem, _, dialect = file.stem.partition(".")
        yield f'{{"{name}", "{stem}", {literal(file.read_text())}, "{dialect}"}}'


KINDS = [("pages", pages, "html::Source", "kit/html/pages.hpp"),
         ("locale", locale, "html::LocaleSource", "kit/html/texts.hpp"),
         ("migrations", migrations, "sql::Migration", "kit/sql/database.hpp")]

present = [(kind, list(rows()), type_, header) for kind, rows, type_, header in KINDS]
present = [row for row in present if row[1]]
target = output / room
target.mkdir(parents=True, exist_ok=True)

header = "// Made by tools/embed.py.\n#pragma once\n\n"
header += "".join(f'#include "{row[3]}"\n' for row in present) + "\n#include <span>\n\n"
header += f"namespace {name}::resources {{\n\n"
header += "".join(f"std::span<const {type_}> {kind}();\n" for kind, _, type_, _ in present)
header += f"\n}}  // namespace {name}::resources\n"

body = f'// Made by tools/embed.py.\n#include "{room}/resources.hpp"\n\nnamespace {name}::resources {{\n\n'
for kind, rows, type_, _ in present:
    body += f"std::span<const {type_}> {kind}()\n{{\n    static constexpr {type_} all[] = {{\n"
    body += ",\n".join(rows) + "};\n    return all;\n}\n\n"
body += f"}}  // namespace {name}::resources\n"

for file, text in ((target / "resources.hpp", header), (target / "resources.cpp", body)):
    if not file.exists() or file.read_text() != text:
        file.write_text(text)
    else:
        file.touch()
