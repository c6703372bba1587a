#!/usr/bin/env python3
"""Words that belong in one room only, and what to use elsewhere. Run by ./do lint and by the build."""
import pathlib
import re
import sys

BANNED = [  # pattern, places that may use it, what to use instead
    (r"#include <boost/(asio|beast)", "kit/http", "http::Request and http::Response"),
    (r"#include <boost/json", "kit/json", "json::Value"),
    (r"#include <(sqlite3|libpq-fe)\.h>", "kit/sql testing", "sql::Transaction"),
    (r"#include <(pugixml\.hpp|libxml/|expat\.h)", "", "xml::Document"),
    (r"#include <(openssl/|sodium)", "kit/crypto kit/http", "the functions of kit/crypto"),
    (r"#include <curl/", "kit/mail kit/http", "mail::Sender or http::Client"),
    (r"system_clock::now|steady_clock::now|\btime\((nullptr|NULL|0)\)", "base kit/http kit/sql kit/jobs", "base::Clock, so that tests can set the time"),
    (r"std::(j?thread|async)\b|\.detach\(\)", "kit/http kit/jobs kit/sql app sandbox", "a job"),
    (r"\b(double|float)\b.*\b(amount|price|fee)", "", "base::Money"),
    (r"\b(sleep_for|sleep_until)\b", "sandbox kit/http/server.cpp", "base::Clock in tests, a job elsewhere"),
    (r"std::(mt19937|random_device|rand)\b|\brand\(\)", "base", "base::Random"),
    (r"co_await.*\?|if \(co_await|while \(co_await|switch \(co_await|\{[^}]*co_await", "", "auto x = co_await ...; and then x (g++ 12 miscompiles the rest)"),
    (r"\bTODO\b(?!\(#\d+\):)", "", "TODO(#41): with the issue's number"),
]

project = pathlib.Path(__file__).resolve().parent.parent
root = project / "src"
files = [(str(file.relative_to(root)), file) for file in root.rglob("*.[ch]pp")]
files += [(str(file.relative_to(project)), file) for file in (project / "sandbox").rglob("*.[ch]pp")]
found = []
for place, file in sorted(files):
    is_test = file.name.endswith("_test.cpp") or place.startswith("testing/")
    for number, line in enumerate(file.read_text().splitlines(), 1):
        for pattern, rooms, instead in BANNED:
            if is_test and "thread" in pattern:
                continue
            if re.search(pattern, line) and not any(place.startswith(room) for room in rooms.split()):
                found.append(f"{file.relative_to(project)}:{number}: {pattern!r} belongs in {rooms or 'no room'}; use {instead}")

print("\n".join(found) or "words: in their rooms")
sys.exit(bool(found))
