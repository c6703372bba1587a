#!/usr/bin/env python3
"""Writes every sql::Statement and every migration of the rooms as C++, for tests/statements_test.cpp.

list_statements.py SOURCE_ROOT OUTPUT_FILE
A statement is what stands in `Statement name{"…"}` or `Statement name = "…"`, raw literals and macros of the
file that stand for literals included. It is canton-wide when a comment "// Canton-wide: why"
stands in the four lines above it. Migrations come in the order of the rooms in CMakeLists.txt.
"""
import pathlib
import re
import sys

root, output = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
PIECE = r'R"sql\(.*?\)sql"|"(?:[^"\\]|\\.)*"|//[^\n]*|[A-Z_]+'
STATEMENT = re.compile(r'\bStatement\s+\w+\s*(?:=\s*|\{)((?:\s*(?:' + PIECE + r'))+)\s*[};]', re.S)
DECLARED = re.compile(r'\bStatement\s+\w+\s*[={]')
MACRO = re.compile(r'^#define (\w+)((?:\s*\\\n)?\s*(?:"(?:[^"\\]|\\.)*"\s*(?:\\\n)?\s*)+)$', re.M)


def raw(text):
    pieces = [text[at:at + 12000] for at in range(0, len(text), 12000)] or [""]
    return "\n".join(f'R"sql({piece})sql"' for piece in pieces)


def statements():
    for file in sorted((root / "src").rglob("*.cpp")):
        place = file.relative_to(root / "src")
        # kit/sql speaks to each database in its own words.
        if file.name.endswith("_test.cpp") or str(place).startswith(("kit/sql/", "testing/")):
            continue
        text = file.read_text()
        macros = dict(MACRO.findall(text))
        if len(DECLARED.findall(text)) != len(STATEMENT.findall(text)):
            sys.exit(f"{file}: a statement that is not written like the others")
        for found in STATEMENT.finditer(text):
            before = text[:found.start()].splitlines()
            above = "\n".join(before[-4:])
            is_canton_wide = "true" if re.search(r"// Canton-wide: \S", above) else "false"
            # The literals as they stand: the compiler joins them and knows their escapes.
            pieces = [piece for piece in re.findall(PIECE, found[1], re.S) if not piece.startswith("//")]
            literals = " ".join(macros[piece].replace("\\\n", " ") if piece in macros else piece
                                for piece in pieces)
            yield f'{{"src/{place}:{len(before)}", {literals}, {is_canton_wide}}}'


def migrations():
    rooms = re.findall(r"^add_room\((\S+?)[\s)]", (root / "CMakeLists.txt").read_text(), re.M)
    for room in rooms:
        for file in sorted((root / "src" / room / "migrations").glob("*.sql")):
            stem, _, dialect = file.stem.partition(".")
            yield f'{{"{room.split("/")[-1]}", "{stem}", {raw(file.read_text())}, "{dialect}"}}'


text = "// Made by tools/list_statements.py.\n#include \"statements.hpp\"\n\n"
for kind, name, rows in (("ListedStatement", "listed_statements", statements()),
                         ("sql::Migration", "listed_migrations", migrations())):
    text += f"std::span<const {kind}> {name}()\n{{\n    static constexpr {kind} all[] = {{\n"
    text += ",\n".join(rows) + "};\n    return all;\n}\n\n"
output.parent.mkdir(parents=True, exist_ok=True)
if not output.exists() or output.read_text() != text:
    output.write_text(text)
