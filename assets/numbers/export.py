"""Writes the number data of libphonenumber as text, for `callisto numbers build`.

    pip install phonenumbers && python3 export.py DIR

The Python package `phonenumbers` carries the data of Google's libphonenumber (Apache-2.0) as program text. This writes what we
use of it in the form libphonenumber itself keeps it, `DIR/geocoding/zh/86.txt` with lines `prefix|text`, so that either can be
built from; and `DIR/countries.txt`, lines `prefix|region|Chinese|English`, which libphonenumber has no text of.
"""

import random
import re
import sys
from pathlib import Path

import phonenumbers
from phonenumbers.carrierdata import CARRIER_DATA
from phonenumbers.geodata import GEOCODE_DATA
from phonenumbers.geodata.locale import LOCALE_DATA

LANGUAGES = ("zh", "en")
# Names the package lacks, or has misspelt or out of use.
NAMES = {
    "AC": ("阿森松岛", "Ascension Island"),
    "TA": ("特里斯坦-达库尼亚", "Tristan da Cunha"),
    "WS": ("萨摩亚", "Samoa"),
    "AS": ("美属萨摩亚", "American Samoa"),
    "BZ": ("伯利兹", "Belize"),
    "CZ": ("捷克", "Czechia"),
    "ER": ("厄立特里亚", "Eritrea"),
    "FK": ("福克兰群岛", "Falkland Islands"),
    "NC": ("新喀里多尼亚", "New Caledonia"),
    "SL": ("塞拉利昂", "Sierra Leone"),
    "TK": ("托克劳", "Tokelau"),
    "XK": ("科索沃", "Kosovo"),
    "MK": ("北马其顿", "North Macedonia"),
    "SZ": ("斯威士兰", "Eswatini"),
    "CI": ("科特迪瓦", "Côte d'Ivoire"),
    "IM": ("马恩岛", "Isle of Man"),
}
# Area codes tell the countries of +1 apart; elsewhere mobile blocks of the small ones lie among those of the large one.
DEPTH = {1: 3}
DEPTH_ELSEWHERE = 5


metadata = phonenumbers.PhoneMetadata.metadata_for_region


def name(region, language):
    if region in NAMES:
        return NAMES[region][LANGUAGES.index(language)]
    known = LOCALE_DATA[region]
    text = known[language]
    # `*ja` is another language's word for the same.
    if text.startswith("*"):
        text = known[text[1:]]
    assert not text.startswith("*"), region
    return text.replace(" And ", " and ").replace(" Of ", " of ")


def calling_codes(data):
    codes = phonenumbers.COUNTRY_CODE_TO_REGION_CODE
    for prefix, texts in data.items():
        for digits in (1, 2, 3):
            if int(prefix[:digits]) in codes:
                yield prefix[:digits], prefix, texts
                break


def write_texts(folder, data):
    files = {}
    for code, prefix, texts in calling_codes(data):
        for language in LANGUAGES:
            if language in texts:
                files.setdefault((language, code), []).append(f"{prefix}|{texts[language]}")
    for (language, code), lines in files.items():
        # Only codes with both languages are of use to us.
        if all((other, code) in files for other in LANGUAGES):
            path = folder / language / f"{code}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("\n".join(sorted(lines)) + "\n", encoding="utf-8")


# Numbers tried of each length below a prefix.
TRIES = 3
KINDS = (
    "fixed_line mobile toll_free premium_rate shared_cost voip personal_number pager uan voicemail".split()
)


def tests(regions):
    """For each region, in libphonenumber's order, whether a national number is of it."""
    for region in regions:
        data = metadata(region)
        if data.leading_digits:
            yield region, re.compile(data.leading_digits).match
        else:
            kinds = [getattr(data, kind) for kind in KINDS]
            patterns = [kind.national_number_pattern for kind in kinds if kind and kind.national_number_pattern]
            yield region, re.compile("|".join(f"(?:{pattern})" for pattern in patterns)).fullmatch


def region_of(prefix, main, others, lengths, dice):
    """The small region whose numbers begin so; None when they are the main one's or none's."""
    for length in lengths:
        for _ in range(TRIES):
            rest = length - len(prefix)
            number = f"{prefix}{dice.randrange(10**rest):0{rest}}" if rest > 0 else prefix[:length]
            for region, is_of in others:
                if is_of(number) and not main(number):
                    return region
    return None


def country_lines(code, regions):
    main = regions[0]
    yield f"{code}", main
    if len(regions) == 1:
        return
    dice = random.Random(code)
    depth = DEPTH.get(code, DEPTH_ELSEWHERE)
    (_, is_main), *others = tests(regions)
    lengths = {n for small in regions[1:] for n in metadata(small).general_desc.possible_length}
    leaves = (f"{leaf:0{depth}}" for leaf in range(10**depth))
    found = {leaf: region_of(leaf, is_main, others, sorted(lengths), dice) or main for leaf in leaves}

    def cover(prefix, inside):
        seen = set(inside.values())
        if seen == {main}:
            return
        if len(seen) == 1:
            yield f"{code}{prefix}", seen.pop()
            return
        for digit in "0123456789":
            yield from cover(prefix + digit, {k: v for k, v in inside.items() if k.startswith(prefix + digit)})

    yield from cover("", found)


def write_countries(path):
    lines = []
    for code, regions in sorted(phonenumbers.COUNTRY_CODE_TO_REGION_CODE.items()):
        if "001" not in regions:
            for prefix, region in country_lines(code, regions):
                lines.append(f"{prefix}|{region}|{name(region, 'zh')}|{name(region, 'en')}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    to = Path(sys.argv[1])
    write_texts(to / "geocoding", GEOCODE_DATA)
    write_texts(to / "carrier", CARRIER_DATA)
    write_countries(to / "countries.txt")
    print(f"phonenumbers {phonenumbers.__version__}")
