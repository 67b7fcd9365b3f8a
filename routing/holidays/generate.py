#!/usr/bin/env python3
"""Writes public.txt beside this script: the public holidays of every country and subdivision.

The facts come from the python-holidays project. To run it, in the folder of this script:

    python3 -m venv /tmp/holidays
    /tmp/holidays/bin/pip install holidays==0.109
    /tmp/holidays/bin/python generate.py

To follow a later version, change VERSION, run it, and read the difference of public.txt.
"""

import datetime
import pathlib
import sys
import unicodedata

VERSION = "0.109"
USAGE = __doc__

try:
    import holidays
    from holidays.constants import OPTIONAL, PUBLIC
    from holidays.groups import IslamicHolidays
    from holidays.holiday_base import HolidayBase
except ImportError:
    sys.exit(USAGE)
if holidays.__version__ != VERSION:
    sys.exit(f"this is python-holidays {holidays.__version__}, expected {VERSION}\n\n{USAGE}")

TODAY = datetime.date.today()
# A night that is open on January 1st began a year earlier.
YEARS = range(TODAY.year - 1, TODAY.year + 11)
# What a country itself calls its public holidays, where that is more than what the project does:
# Hong Kong's general holidays, beside those that every employer must give.
CATEGORIES = {"HK": (PUBLIC, OPTIONAL)}
# Marks the names of days that depend on the moon's sighting and are not announced yet.
ESTIMATED = "\x01estimated"
HEAD = f"""\
# Public holidays, {YEARS[0]} to {YEARS[-1]}. Written by generate.py on {TODAY}; do not edit.
# Facts of python-holidays {VERSION} (https://github.com/vacanza/holidays), which is under the MIT
# licence: Copyright (c) Vacanza Team and individual contributors (see their CONTRIBUTORS file);
# dr-prodigy <dr.prodigy.github@gmail.com> (c) 2017-2023; ryanss <ryanssdev@icloud.com> (c)
# 2014-2017.
#
# years {YEARS[0]} {YEARS[-1]}
#
# A line is a country or subdivision, then a year or `*` for each year, then month-day.
# `~` marks an estimate: the date depends on the moon's sighting. A subdivision has the days of its
# country, and what differs: `+` is a holiday there, `-` is none there. Both the day itself and the
# day off in its place are holidays. A country without a day has no data.
"""


def plain(subdivision):
    """A code that any keyboard can type."""
    letters = unicodedata.normalize("NFKD", subdivision).encode("ascii", "ignore").decode()
    return letters.replace(" ", "_")


def days(country, subdivision=None):
    """Date -> whether it is an estimate."""
    found = holidays.country_holidays(
        country, subdiv=subdivision, years=YEARS, categories=CATEGORIES.get(country, (PUBLIC,))
    )
    result = {}
    for date in found:
        if date.year in YEARS:
            # Two holidays may fall on one day; it is sure when one of them is.
            result[date] = all(ESTIMATED in name for name in found.get_list(date))
    return result


def lines(code, marked):
    """The lines of one country: `marked` is a list of (sign, date, estimated)."""
    every = {}
    for sign, date, estimated in marked:
        every.setdefault((f"{date:%m-%d}", sign, estimated), set()).add(date.year)
    always = {key for key, years in every.items() if len(years) == len(YEARS)}
    rows = {"*": sorted(always)}
    for sign, date, estimated in marked:
        key = (f"{date:%m-%d}", sign, estimated)
        if key not in always:
            rows.setdefault(str(date.year), []).append(key)
    for year in sorted(rows):
        if rows[year]:
            words = (f"{sign}{'~' * estimated}{day}" for day, sign, estimated in sorted(rows[year]))
            yield f"{code} {year} {' '.join(words)}"
        elif year == "*" and len(rows) == 1 and "-" not in code:
            yield code


def main():
    # Labels are shown as they are in each language: ours is found in all of them.
    for name in holidays.list_supported_countries(include_aliases=False):
        kind = type(holidays.country_holidays(name))
        for one in kind.__mro__:
            if one is not object and issubclass(one, HolidayBase):
                one.estimated_label = "%s" + ESTIMATED
                one.observed_estimated_label = "%s" + ESTIMATED
    # Three countries, among them Saudi Arabia, do not show that their days are estimates.
    init = IslamicHolidays.__init__

    def show(self, cls=None, *, show_estimated=True, calendar_delta_days=0):
        init(self, cls, show_estimated=True, calendar_delta_days=calendar_delta_days)

    IslamicHolidays.__init__ = show
    output = [HEAD.rstrip()]
    supported = holidays.list_supported_countries(include_aliases=False)
    for country in sorted(supported):
        base = days(country)
        output += lines(country, [("", date, base[date]) for date in base])
        for subdivision in supported[country]:
            own = days(country, subdivision)
            code = f"{country}-{plain(subdivision)}"
            marked = [("+", date, own[date]) for date in own if base.get(date) != own[date]]
            marked += [("-", date, base[date]) for date in base if date not in own]
            different = list(lines(code, marked))
            output += different or [code]
    path = pathlib.Path(__file__).with_name("public.txt")
    path.write_text("\n".join(output) + "\n", encoding="utf-8")
    print(f"{path}: {len(output)} lines, {path.stat().st_size} bytes")


main()
