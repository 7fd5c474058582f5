#!/usr/bin/env python3
"""Makes the compact tables of the calendar engine from the published facts, or checks that they still agree.

    make_tables.py FACTS            writes lunar_years.inc, solar_terms.inc and cn_notices.inc beside this script
    make_tables.py --check FACTS    writes nothing; exit 1 where a table differs, 77 where the facts are absent

FACTS holds lunar/ (New Years, months and solar terms 1900-2100) and cn_holidays/ (State Council notices). Before a
table is written its words are decoded again and compared with every row of the long form, so a table that exists is
right."""

import csv
import datetime
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
EPOCH = datetime.date(1970, 1, 1)
FIRST_YEAR, LAST_YEAR = 1900, 2100
HOLIDAYS = {
    "元旦": "NEW_YEAR",
    "春节": "SPRING_FESTIVAL",
    "清明节": "QINGMING",
    "劳动节": "LABOUR_DAY",
    "“五一”国际劳动节": "INTERNATIONAL_LABOUR_DAY",
    "端午节": "DRAGON_BOAT",
    "中秋节": "MID_AUTUMN",
    "国庆节": "NATIONAL_DAY",
    "中秋节、国庆节": "MID_AUTUMN_NATIONAL_DAY",
    "国庆节、中秋节": "NATIONAL_DAY_MID_AUTUMN",
    "抗日战争暨世界反法西斯战争胜利70周年纪念日": "VICTORY_DAY",
}


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def day_number(text):
    return (datetime.date.fromisoformat(text) - EPOCH).days


def header(what):
    return f"/* Made by make_tables.py, which also checks it: {what} */\n"


def words(values, digits, per_line):
    text = [f"0x{value:0{digits}x}" for value in values]
    return "".join("    " + ", ".join(text[i : i + per_line]) + ",\n" for i in range(0, len(text), per_line))


def lunar_months(year, word):
    """The months of one packed year as (month, is_leap, first day, days)."""
    leap, first = word & 15, day_number(f"{year}-01-21") + (word >> 17)
    for month in range(1, 13):
        days = 30 if word >> (16 - month) & 1 else 29
        yield month, 0, first, days
        first += days
        if month == leap:
            days = 30 if word >> 16 & 1 else 29
            yield month, 1, first, days
            first += days


def lunar_table(facts):
    packed = []
    for row in rows(facts / "lunar" / "lunar_packed_1900_2100.csv"):
        year, month, day = int(row["lunar_year"]), *map(int, row["cny_mmdd"].split("-"))
        offset = (datetime.date(year, month, day) - datetime.date(year, 1, 21)).days
        packed.append(int(row["info_hex"], 16) | offset << 17)
    assert len(packed) == LAST_YEAR - FIRST_YEAR + 1
    decoded = [
        (FIRST_YEAR + i, *month) for i, word in enumerate(packed) for month in lunar_months(FIRST_YEAR + i, word)
    ]
    expected = [
        (int(r["lunar_year"]), int(r["month"]), int(r["is_leap"]), day_number(r["first_day"]), int(r["days"]))
        for r in rows(facts / "lunar" / "lunar_months_1900_2100.csv")
    ]
    assert decoded == expected, "packed lunar years disagree with the months"
    what = f"one word per lunar year {FIRST_YEAR} to {LAST_YEAR}."
    return header(what) + words(packed, 6, 12)


def term_table(facts):
    table = rows(facts / "lunar" / "solar_terms_1900_2100.csv")
    names = [name for name in table[0] if name != "year"]
    days = [[tuple(map(int, row[name].split("-"))) for name in names] for row in table]
    assert len(days) == LAST_YEAR - FIRST_YEAR + 1 and len(names) == 24
    assert all(year[t][0] == t // 2 + 1 for year in days for t in range(24)), "a term leaves its month"
    base = [min(year[t][1] for year in days) for t in range(24)]
    packed = [sum((year[t][1] - base[t]) << 2 * t for t in range(24)) for year in days]
    assert all(
        [base[t] + (word >> 2 * t & 3) for t in range(24)] == [day for _, day in year]
        for word, year in zip(packed, days, strict=True)
    )
    what = (
        f"days of the 24 terms of {FIRST_YEAR} to {LAST_YEAR}: the earliest of the month, and two bits a term on top."
    )
    return (
        header(what)
        + "static const uint8_t earliest_day[24] = { "
        + ", ".join(map(str, base))
        + " };\nstatic const uint64_t later_by[] = {\n"
        + words(packed, 12, 6)
        + "};\n"
    )


def notice_table(facts):
    runs = []
    for row in rows(facts / "cn_holidays" / "cn_holidays_2007_2026.csv"):
        day, kind = day_number(row["date"]), (row["name"], row["off"])
        if runs and runs[-1][2] == kind and runs[-1][0] + runs[-1][1] == day:
            runs[-1][1] += 1
        else:
            runs.append([day, 1, kind])
    text = header("days off and make-up working days by the State Council's notices, as runs.")
    for day, length, (name, off) in runs:
        date = EPOCH + datetime.timedelta(days=day)
        kind = "OFF" if off == "1" else "WORK"
        text += f"{{ {day}, {length}, {HOLIDAYS[name]}, {kind} }}, /* {date} */\n"
    return text


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--check"]
    if len(arguments) != 1:
        sys.exit(__doc__)
    facts = pathlib.Path(arguments[0])
    if not (facts / "lunar").is_dir():
        print(f"skipped: {facts / 'lunar'} is not here (outside truth, not part of a checkout)")
        sys.exit(77)
    tables = {
        "lunar_years.inc": lunar_table(facts),
        "solar_terms.inc": term_table(facts),
        "cn_notices.inc": notice_table(facts),
    }
    failed = False
    for name, text in tables.items():
        path = HERE / name
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            print(f"{path.name} differs from the facts")
            failed = True
    sys.exit(failed)


if __name__ == "__main__":
    main()
