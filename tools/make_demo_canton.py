#!/usr/bin/env python3
"""Makes the demo canton's CSV files from lists of municipalities and postal localities.

make_demo_canton.py MUNICIPALITIES.csv LOCALITIES.csv OUTPUT_DIRECTORY
The README.md in examples/aargau names the sources, and says what is a fact and what is made up.
"""
import csv
import pathlib
import re
import sys

FORMER = {  # BFS number: name, year of the merger; the successor comes from the list
    4042: ("Turgi", 2024), 4122: ("Villnachern", 2026), 4133: ("Burg (AG)", 2023),
    4094: ("Bözen", 2022), 4096: ("Effingen", 2022), 4097: ("Elfingen", 2022), 4167: ("Hornussen", 2022),
    4166: ("Herznach", 2023), 4179: ("Ueken", 2023),
    4301: ("Baldingen", 2022), 4302: ("Böbikon", 2022), 4308: ("Kaiserstuhl", 2022), 4315: ("Rekingen (AG)", 2022),
    4316: ("Rietheim", 2022), 4317: ("Rümikon", 2022), 4322: ("Wislikofen", 2022), 4323: ("Bad Zurzach", 2022),
}
EARLIER = [(4114, "Schinznach-Bad", 4095, 2020)]  # before the list begins
NOT_TAKING_PART = 24  # the smallest ones
COLOURS = ["#1d5f8a", "#7a2e3a", "#2f6b4f", "#5b3f8c", "#8a4b12", "#0f6070"]
HOURS = ["Mo 08:00-11:30,14:00-18:30; Tu-Th 08:00-11:30,14:00-16:30; Fr 08:00-14:00",
         "Mo-We 08:30-11:30,14:00-16:00; Th 08:30-11:30,14:00-18:00; Fr 07:30-14:00",
         "Mo 08:00-11:30,13:30-18:00; Tu-Fr 08:00-11:30"]


# Seats of the civil registries, by district; where a list names other members, it stands in REGISTRIES.
SEATS = {"Aarau": 4001, "Baden": 4021, "Bremgarten": 4063, "Brugg": 4095, "Kulm": 4139, "Laufenburg": 4170,
         "Lenzburg": 4201, "Muri": 4236, "Rheinfelden": 4258, "Zofingen": 4289, "Zurzach": 4324}
REGISTRIES = {
    4139: "Beinwil am See;Birrwil;Dürrenäsch;Gontenschwil;Leimbach (AG);Leutwil;Menziken;Oberkulm;Reinach (AG);"
          "Teufenthal (AG);Unterkulm;Zetzwil",
    4082: "Büttikon;Dottikon;Hägglingen;Niederwil (AG);Sarmenstorf;Uezwil;Villmergen;Wohlen (AG)",
    4033: "Bellikon;Fislisbach;Künten;Mägenwil;Mellingen;Niederrohrdorf;Oberrohrdorf;Remetschwil;Stetten (AG);"
          "Tägerig;Wohlenschwil",
}
DEBT_OFFICES = {4258: "Kaiseraugst;Magden;Olsberg;Rheinfelden", 4209: "Hallwil;Schafisheim;Seon",
                4063: "Bremgarten (AG);Zufikon"}
ASKED_FOR_MOST = ["hauptwohnsitzbescheinigung", "heimatausweis", "umzug-innerhalb", "zuzug", "wegzug", "kontaktdaten",
                  "hund-anmelden", "abfallmarken", "adressauskunft", "ratenzahlung-steuern", "schadensmelder"]


def responsibilities(rows):
    """Which office does what for which municipality."""
    named = {name: number for number, _, name, *_ in rows}
    lines = {("civil_registry", row[0]): SEATS[row[3]] for row in rows}
    for body, lists in (("civil_registry", REGISTRIES), ("debt_office", DEBT_OFFICES)):
        for seat, members in lists.items():
            lines.update({(body, named[name]): seat for name in members.split(";") if name in named})
    return sorted([body, number, seat] for (body, number), seat in lines.items() if number != seat)


def slug(name):
    for letter, plain in {"ä": "ae", "ö": "oe", "ü": "ue", "é": "e", "è": "e"}.items():
        name = name.lower().replace(letter, plain)
    return re.sub(r"[^a-z0-9]+", "-", name).strip("-")


def write(path, header, rows):
    with open(path, "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


def main(municipalities, localities, output):
    municipalities = list(csv.DictReader(open(municipalities)))
    localities = list(csv.DictReader(open(localities)))
    known = {int(row["bfs_nr"]) for row in municipalities}
    smallest = sorted(municipalities, key=lambda row: (int(row["population"]), row["bfs_nr"]))[:NOT_TAKING_PART]
    outside = {row["bfs_nr"] for row in smallest}

    rows, former = [], []
    for row in municipalities:
        number, name = int(row["bfs_nr"]), row["name"]
        # The locality named like the municipality, else the one where most of it lies.
        own = [line for line in localities if int(line["bfs_nr"]) == number]
        bare = re.sub(r" \(AG\)$", "", name)
        alike = [line for line in own if re.sub(r" AG$", "", line["ortschaft"]) == bare]
        seat = min(alike, key=lambda line: line["plz"]) if alike else max(own, key=lambda line: float(line["adressenanteil_pct"]))
        rows.append([number, slug(name), name, row["bezirk"], "AG", row["population"],
                     "no" if row["bfs_nr"] in outside else "yes", "Einwohnerdienste", "Gemeindehaus", seat["plz"],
                     seat["ortschaft"], f"+41 00 000 {number // 100} {number % 100:02}",
                     f"einwohnerdienste@{slug(name)}.example", HOURS[number % 3], "de", COLOURS[number % 6],
                     row["lat"], row["lon"]])
        for old in filter(None, row["predecessor_bfs"].split()):
            former.append([int(old), FORMER[int(old)][0], number, FORMER[int(old)][1]])
    former += [list(line) for line in EARLIER]

    output = pathlib.Path(output)
    write(output / "municipalities.csv",
          ["bfs_number", "slug", "name", "district", "canton", "population", "participates", "office", "street",
           "postal_code", "town", "phone", "email", "opening_hours", "languages", "colour", "latitude", "longitude"], rows)
    write(output / "localities.csv", ["postal_code", "name", "bfs_number", "share"],
          sorted({(line["plz"], line["ortschaft"], int(line["bfs_nr"]), round(float(line["adressenanteil_pct"]) * 1000))
                  for line in localities if int(line["bfs_nr"]) in known}))
    write(output / "former.csv", ["bfs_number", "name", "successor", "year"], sorted(former))
    # The large ones offer everything, the others what is asked for most; every twentieth does without one.
    offers = []
    for row in rows:
        if row[6] == "yes":
            offers += [[service, row[0], "yes"] for service in (["*"] if int(row[5]) >= 8000 else ASKED_FOR_MOST)]
            if row[0] % 20 == 7:
                offers.append(["hauptwohnsitzbescheinigung", row[0], "no"])
    write(output / "offers.csv", ["service_id", "bfs_number", "offered"], offers)
    write(output / "responsibilities.csv", ["body", "bfs_number", "seat"], responsibilities(rows))


main(*sys.argv[1:])
