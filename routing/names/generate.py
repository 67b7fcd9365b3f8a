#!/usr/bin/env python3
"""Writes countries.txt and zones.txt beside this script: what people call countries and zones.

They serve only to say what to write instead. To run it, in the folder of this script:

    python3 -m venv /tmp/names
    /tmp/names/bin/pip install babel==2.18.0 holidays==0.109
    /tmp/names/bin/python generate.py

More names of ours are in places.txt.
"""

import pathlib
import sys
import unicodedata

VERSIONS = {"babel": "2.18.0", "holidays": "0.109"}

try:
    import babel
    import holidays
    from babel import Locale
    from babel.core import get_global
    from babel.languages import get_official_languages
    from holidays.registry import COUNTRIES
except ImportError:
    sys.exit(__doc__)
for module in (babel, holidays):
    expected = VERSIONS[module.__name__]
    if module.__version__ != expected:
        sys.exit(f"{module.__name__} is {module.__version__}, expected {expected}\n\n{__doc__}")

HERE = pathlib.Path(__file__).parent
LANGUAGES = ("en", "ko", "zh", "zh_Hant", "ja", "de")
HEAD = """\
# Written by generate.py; do not edit, add names to places.txt instead. Facts of Unicode CLDR
# (https://cldr.unicode.org, Unicode-3.0 licence, through Babel {babel}) and of python-holidays
# {holidays} (MIT licence). Names are in lower case, without spaces, accents and marks.
"""


def folded(name):
    """What names are compared by: the function `folded` in names.rs does the same."""
    result = ""
    for letter in unicodedata.normalize("NFKC", name).lower():
        base = unicodedata.normalize("NFD", letter)[0]
        letter = base if base.isascii() else letter
        letter = {"ø": "o", "ł": "l", "ı": "i", "đ": "d", "ß": "ss"}.get(letter, letter)
        result += letter if letter.isalnum() else ""
    return result


def places():
    """Code or zone -> names of ours."""
    result = {}
    for line in (HERE / "places.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            target, names = line.split(": ")
            result.setdefault(target, []).extend(names.split(", "))
    return result


def country_lines(ours):
    alpha_3 = {entry[1]: entry[2] for entry in COUNTRIES.values()}
    zones = get_global("territory_zones")
    supported = holidays.list_supported_countries(include_aliases=False)
    for code in sorted(supported):
        names = [alpha_3[code]]
        official = get_official_languages(code, de_facto=True)
        for language in (*LANGUAGES, *official):
            try:
                names.append(Locale.parse(language).territories.get(code, ""))
            except (ValueError, babel.UnknownLocaleError):
                continue
        names += ours.pop(code, [])
        zone = zones.get(code, [])
        zone = RENAMED.get(zone[0], zone[0]) if len(zone) == 1 else MAIN_ZONES.get(code, "")
        yield ";".join([code, zone, usual_languages(code), *unique(names)])
        named = {}
        for name, subdivision in type(holidays.country_holidays(code)).subdivisions_aliases.items():
            named.setdefault(plain(subdivision), []).append(name)
        for subdivision in map(plain, supported[code]):
            full = f"{code}-{subdivision}"
            # A short alias is another code of the subdivision, and could be many other things.
            names = [name for name in named.get(subdivision, []) if len(folded(name)) > 3]
            names += ours.pop(full, [])
            if names:
                yield ";".join([full, "", "", *unique(names)])


def usual_languages(code):
    """The languages of a locale of this country: official ones, and those of one in twenty."""
    known = get_global("territory_languages").get(code, {})
    usual = {
        language.split("_")[0]
        for language, facts in known.items()
        if facts["official_status"] or facts["population_percent"] >= 5
    }
    return " ".join(sorted(language for language in usual if len(language) == 2))


def plain(subdivision):
    letters = unicodedata.normalize("NFKD", subdivision).encode("ascii", "ignore").decode()
    return letters.replace(" ", "_")


def unique(names):
    """The names as they are compared; scripts whose vowels are marks are left out."""
    plain_script = [name for name in names if not has_marks(unicodedata.normalize("NFC", name))]
    return [name for name in dict.fromkeys(map(folded, plain_script)) if name]


def has_marks(name):
    return any(unicodedata.category(letter).startswith("M") for letter in name)


def zone_lines(ours):
    found = {}
    for windows, zone in get_global("windows_zone_mapping").items():
        if not zone.startswith("Etc/"):
            found.setdefault(zone, []).append(windows)
    for language in LANGUAGES:
        for zone, names in Locale.parse(language).time_zones.items():
            if "city" in names and not zone.startswith("Etc/"):
                found.setdefault(zone, []).append(names["city"])
    # CLDR keeps the names that zones had first; IANA's of today are in RENAMED.
    for old, new in RENAMED.items():
        if old in found:
            found.setdefault(new, []).extend(found.pop(old))
    for zone in list(ours):
        if "/" in zone:
            found.setdefault(zone, []).extend(ours.pop(zone))
    for zone in sorted(found):
        yield ";".join([zone, *unique(found[zone])])


# Of countries with several zones, where all or nearly all of the country keeps one clock.
MAIN_ZONES = {
    "CN": "Asia/Shanghai",
    "DE": "Europe/Berlin",
    "MY": "Asia/Kuala_Lumpur",
    "NZ": "Pacific/Auckland",
    "UA": "Europe/Kyiv",
    "UZ": "Asia/Tashkent",
}

RENAMED = {
    "Africa/Asmera": "Africa/Asmara",
    "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
    "America/Catamarca": "America/Argentina/Catamarca",
    "America/Coral_Harbour": "America/Atikokan",
    "America/Cordoba": "America/Argentina/Cordoba",
    "America/Godthab": "America/Nuuk",
    "America/Indianapolis": "America/Indiana/Indianapolis",
    "America/Jujuy": "America/Argentina/Jujuy",
    "America/Louisville": "America/Kentucky/Louisville",
    "America/Mendoza": "America/Argentina/Mendoza",
    "Asia/Calcutta": "Asia/Kolkata",
    "Asia/Katmandu": "Asia/Kathmandu",
    "Asia/Rangoon": "Asia/Yangon",
    "Asia/Saigon": "Asia/Ho_Chi_Minh",
    "Atlantic/Faeroe": "Atlantic/Faroe",
    "Europe/Kiev": "Europe/Kyiv",
    "Pacific/Enderbury": "Pacific/Kanton",
    "Pacific/Ponape": "Pacific/Pohnpei",
    "Pacific/Truk": "Pacific/Chuuk",
}


def main():
    ours = places()
    head = HEAD.format(**VERSIONS)
    for name, lines in (
        ("countries.txt", list(country_lines(ours))),
        ("zones.txt", list(zone_lines(ours))),
    ):
        path = HERE / name
        path.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
        print(f"{path}: {len(lines)} lines, {path.stat().st_size} bytes")
    if ours:
        sys.exit(f"places.txt names what is no country and no zone: {', '.join(ours)}")


main()
