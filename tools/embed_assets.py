#!/usr/bin/env python3
"""Writes web/dist as C++: one file of bytes, drawn in by the assembler, and a table of what lies where.

embed_assets.py DIST_DIRECTORY OUTPUT_DIRECTORY
Makes <output>/assets_data.cpp and <output>/assets.bin. Text is kept a second time in gzip's format.
"""
import gzip
import hashlib
import json
import pathlib
import sys

dist, output = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])

MEDIA_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
               ".png": "image/png", ".woff2": "font/woff2", ".txt": "text/plain; charset=utf-8", ".ico": "image/x-icon"}
COMPRESSED = (".css", ".js", ".svg", ".txt")

blob, rows = bytearray(), []


def keep(content):
    start = len(blob)
    blob.extend(content)
    return f"{start}, {len(content)}"


for file in sorted(dist.rglob("*")):
    if file.suffix not in MEDIA_TYPES or not file.is_file():
        continue
    content = file.read_bytes()
    small = gzip.compress(content, 9, mtime=0) if file.suffix in COMPRESSED else b""
    small = small if len(small) < len(content) else b""
    path = "/" + file.relative_to(dist).as_posix()
    tag = hashlib.sha256(content).hexdigest()[:16]
    immutable = "true" if path.startswith("/static/") else "false"
    rows.append(f'    {{"{path}", "{MEDIA_TYPES[file.suffix]}", "{tag}", {immutable}, {keep(content)}, {keep(small)}}},')

names = [f'    {{"{name}", "{url}"}},' for name, url in json.loads((dist / "manifest.json").read_text()).items()]

output.mkdir(parents=True, exist_ok=True)
(output / "assets.bin").write_bytes(blob)
(output / "assets_data.cpp").write_text(f"""// Made by tools/embed_assets.py.
#include "app/assets_data.hpp"

__asm__(".section .rodata\\n"
        ".global schalter_assets\\n"
        "schalter_assets:\\n"
        ".incbin \\"{(output / 'assets.bin').resolve()}\\"\\n"
        ".byte 0\\n"
        ".previous\\n");

extern "C" const char schalter_assets[];

namespace app {{

std::span<const AssetRow> asset_rows()
{{
    static constexpr AssetRow rows[] = {{
{chr(10).join(rows)}
    }};
    return rows;
}}

std::span<const AssetName> asset_names()
{{
    static constexpr AssetName names[] = {{
{chr(10).join(names)}
    }};
    return names;
}}

const char* asset_bytes()
{{
    return schalter_assets;
}}

}}  // namespace app
""")
