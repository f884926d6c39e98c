"""Writes the table of subdivisions that the module place reads, and compares it with another list.

    places.py make CLDR SUPPLEMENT          writes the table to standard output
    places.py constant TABLE                writes the lines of the table as a Java constant
    places.py compare TABLE ISO_CODES_JSON  compares its codes and parents with Debian's iso-codes 4.15

CLDR is the unpacked npm package cldr-core. A code of CLDR that has a country's code too is that
country; the six areas of the United States are parts of it. An alias of CLDR is taken if it has one
target and ISO 3166-2 has not given the old code to another place.
"""

import json
import sys
from pathlib import Path

US_AREAS = ["AS", "GU", "MP", "PR", "UM", "VI"]

# Where the table and iso-codes 4.15 (2023) differ, and why.
KNOWN_DIFFERENCES = {
    "DZ": "ten provinces of 2019, newer than iso-codes",
    "ET": "two regions of 2020 and 2021, newer than iso-codes",
    "FR": "codes of 2021 (6AE, 69M, 75C), newer than iso-codes; overseas regions, which are GF, GP, MQ, RE, YT",
    "GB": "groups of countries; Northamptonshire, divided in 2021",
    "GT": "numbers instead of letters, newer than iso-codes",
    "ID": "four provinces of 2022, newer than iso-codes",
    "IN": "four codes changed in 2023, newer than iso-codes",
    "IQ": "the region of Kurdistan with its parts, newer than iso-codes",
    "IS": "merged municipalities, newer than iso-codes",
    "KP": "a city of 2022, newer than iso-codes",
    "KZ": "numbers instead of letters, newer than iso-codes",
    "LT": "iso-codes does not say in which county a municipality is",
    "LV": "the municipal reform of 2021, newer than iso-codes",
    "ME": "a municipality of 2022, newer than iso-codes",
    "NO": "Svalbard and Jan Mayen are parts of SJ",
    "NP": "codes before the provinces of 2015, which iso-codes still has",
    "PA": "a province of 2020, newer than iso-codes",
    "PH": "Maguindanao, divided in 2022, newer than iso-codes",
    "UM": "islands, which the table does not tell apart",
}


def code(text):
    """Returns DE for DE and GB-SCT for gbsct."""
    text = text.upper()
    return text if len(text) == 2 else text[:2] + "-" + text[2:]


def rows(path):
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def make(cldr, supplement):
    version = json.loads((cldr / "package.json").read_text())["version"]
    data = cldr / "supplemental"
    groups = json.loads((data / "subdivisionContainment.json").read_text())
    groups = groups["supplemental"]["subdivisionContainment"]
    aliases = json.loads((data / "aliases.json").read_text())
    aliases = aliases["supplemental"]["metadata"]["alias"]["subdivisionAlias"]
    territories = json.loads((data / "codeMappings.json").read_text())
    countries = {
        key for key, value in territories["supplemental"]["codeMappings"].items()
        if len(key) == 2 and int(value.get("_numeric", 999)) < 900  # 900 and above are for private use
    }

    within = {code(child): code(parent) for parent, group in groups.items() for child in group["_contains"]}
    within = {child: parent for child, parent in within.items() if not child.startswith("UM-")}
    same, former = {}, {}
    for old, alias in aliases.items():
        old, new = code(old), alias["_replacement"].split()
        if len(new) > 1:
            continue
        new = code(new[0])
        if new[:2] in US_AREAS:
            same[new] = old
        elif len(new) == 2 and new not in countries:
            continue
        elif old in within:
            same[old] = new
        else:
            former[old] = new
    # frh is now frcor, which is no code any more; the supplement has what is meant.
    former = {one: same.get(other, other) for one, other in former.items()}
    former = {one: other for one, other in former.items() if other in countries or other in within}
    for one, relation, other, _ in rows(supplement):
        {"is": same, "was": former, "within": within}[relation][one] = other

    for one in same:
        if one not in US_AREAS:
            within.pop(one, None)
    places = countries | set(within)
    for name, relation in ("is", same), ("was", former), ("within", within):
        for one, other in relation.items():
            if other not in places:
                sys.exit(f"{one} {name} {other}, which is no place of the table")
    for one in former:
        if one in within or one in same:
            sys.exit(f"{one} was renamed, and ISO 3166-2 has it: it may be another place now")

    lines = {one: (one, "is", other) for one, other in same.items()}
    lines |= {one: (one, "was", other) for one, other in former.items()}
    children = {}
    for child, parent in within.items():
        if child[:2] == parent[:2]:
            children.setdefault(parent, []).append(child[3:])
        else:
            lines[child] = (child, "within", parent)
    for parent, parts in children.items():
        lines[parent] = (parent, "has", " ".join(sorted(parts)))
    print(f"""\
# Subdivisions of countries (ISO 3166-2). Written by scripts/places; do not edit.
# Source: Unicode CLDR, npm package cldr-core {version} (Unicode-3.0), supplemental/subdivisionContainment.json and
# aliases.json, of 2026-03-25; merged with functions/place/supplement.tsv, which names its own sources.
#   has     the parts of a place, without the country's code
#   is      another code of ISO 3166 for the same place
#   was     a code that ISO 3166-2 replaced and did not give to another place
#   within  the larger place that a place is part of, if that has the code of another country
# Sorted by code, byte by byte; the lines of one country follow each other.""")
    for key in sorted(lines):
        print("\t".join(lines[key]))


def compare(table, iso):
    codes, parents = set(), {}
    for one, relation, other in rows(table):
        if relation == "has":
            for part in other.split():
                codes.add(one[:2] + "-" + part)
                parents[one[:2] + "-" + part] = one
        elif relation == "within":
            codes.add(one)
            parents[one] = other
        elif relation == "is" and len(one) > 2:
            codes.add(one)
    theirs = {entry["code"]: entry for entry in json.loads(Path(iso).read_text(encoding="utf-8"))["3166-2"]}
    new = []
    for one in sorted(codes ^ set(theirs)):
        if one[:2] not in KNOWN_DIFFERENCES:
            new.append(f"{one} is only in {'the table' if one in codes else 'iso-codes'}")
    for one in sorted(set(parents) & set(theirs)):
        parent = theirs[one].get("parent", one[:2])
        parent = parent if len(parent) == 2 and parent == one[:2] or "-" in parent else one[:2] + "-" + parent
        if parents[one] != parent and one[:2] not in KNOWN_DIFFERENCES:
            new.append(f"{one} is part of {parents[one]}, by iso-codes of {parent}")
    for line in new:
        print(line)
    if new:
        sys.exit("unknown differences: correct the supplement, or say in KNOWN_DIFFERENCES why they are right")
    print(f"{len(codes)} codes, {len(theirs)} in iso-codes; they differ in these countries only:")
    for country, why in KNOWN_DIFFERENCES.items():
        print(f"  {country}: {why}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["make"] and len(sys.argv) == 4:
        make(Path(sys.argv[2]), Path(sys.argv[3]))
    elif sys.argv[1:2] == ["compare"] and len(sys.argv) == 4:
        compare(sys.argv[2], sys.argv[3])
    else:
        sys.exit(__doc__)
