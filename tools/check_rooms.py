#!/usr/bin/env python3
"""Fails when a file includes what its room may not use. Run by ./do lint and by the build."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src"
FLAT = ("base", "app", "testing", "sandbox")  # storeys without rooms below them

declared = {}
for room, rest in re.findall(r"^add_room\((\S+?)\s*((?:\s[^)]*)?)\)", (ROOT / "CMakeLists.txt").read_text(), re.M):
    depends = re.search(r"DEPENDS\s+((?:[a-z_0-9/]+\s*)+)", rest)
    declared[room] = set(depends[1].split()) if depends else set()


# The sandbox stands beside the house: it may use the lowest two storeys, and only tests may use it.
declared["sandbox"] = {room for room in declared if room == "base" or room.startswith("kit/")}


def room_of(path):
    parts = pathlib.PurePath(path).parts
    return parts[0] if parts[0] in FLAT else "/".join(parts[:2])


def is_private(path):
    """In features only the header named like the room, and feature.hpp for app/, are for others."""
    parts = pathlib.PurePath(path).parts
    return parts[0] == "features" and parts[-1] not in (parts[1] + ".hpp", "feature.hpp")


errors = []
files = [(file, file.relative_to(SOURCE)) for file in SOURCE.rglob("*.[ch]pp")]
files += [(file, file.relative_to(ROOT)) for file in (ROOT / "sandbox").rglob("*.[ch]pp")]
for file, path in sorted(files):
    own = room_of(path)
    is_test = file.name.endswith(("_test.cpp", "_fuzz.cpp", "_fixture.hpp")) or own == "testing"
    for number, line in enumerate(file.read_text().splitlines(), 1):
        found = re.match(r'#include "([^"]+)"', line)
        if not found:
            continue
        other = room_of(found[1])
        if other == own or own == "app" or own == "testing" or (is_test and other in ("testing", "sandbox")):
            continue
        place = f"{file.relative_to(ROOT)}:{number}"
        if other not in declared.get(own, set()):
            errors.append(f"{place}: {own} may not use {other}")
        elif is_private(found[1]):
            errors.append(f"{place}: {found[1]} is private to {other}")

print("\n".join(errors) or f"rooms: {len(declared) - 1} rooms and the sandbox in order")
sys.exit(bool(errors))
