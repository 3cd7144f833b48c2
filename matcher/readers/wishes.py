"""Readers of what a client wants of whoever helps: price level, language, how far away."""

import re

from matcher.names import fold
from matcher.readers.reading import Reading

KM_A_MILE = 1.609344
FARTHEST_KM = 20_100.0  # half way round the earth
LANGUAGES = dict(
    re.findall(
        r"([a-zñ]+)=([a-z]{2})",
        "albanian=sq;amharic=am;arabic=ar;armenian=hy;bengali=bn;bosnian=bs;bulgarian=bg;cantonese=zh;catalan=ca;"
        "chinese=zh;croatian=hr;czech=cs;danish=da;dutch=nl;english=en;estonian=et;farsi=fa;filipino=tl;finnish=fi;"
        "flemish=nl;french=fr;german=de;greek=el;gujarati=gu;haitian=ht;hebrew=he;hindi=hi;hungarian=hu;"
        "icelandic=is;indonesian=id;irish=ga;italian=it;japanese=ja;khmer=km;korean=ko;lao=lo;latvian=lv;"
        "lithuanian=lt;macedonian=mk;malay=ms;mandarin=zh;nepali=ne;norwegian=no;pashto=ps;persian=fa;polish=pl;"
        "portuguese=pt;punjabi=pa;romanian=ro;russian=ru;samoan=sm;serbian=sr;slovak=sk;slovenian=sl;somali=so;"
        "spanish=es;swahili=sw;swedish=sv;tagalog=tl;tamil=ta;telugu=te;thai=th;tigrinya=ti;turkish=tr;ukrainian=uk;"
        "urdu=ur;vietnamese=vi;welsh=cy;yiddish=yi;"
        "deutsch=de;espanol=es;francais=fr;italiano=it;portugues=pt;nederlands=nl",
    )
)
_WORD = "|".join([*LANGUAGES, "español", "français", "português"])
LANGUAGE = re.compile(
    rf"\b({_WORD})[- ]speak(?:ing|er)\b"
    rf"|\b(?:(?:who|that|and|should|must|to)\s+)*(?:speaks?|speaking|spricht|habla|parle|parla|fluent in|prefers)"
    rf"(?: only| mainly| mostly)? ({_WORD})\b(?: only)?"
    rf"|\b(?:in|en|auf) ({_WORD})\b(?!-)",
    re.IGNORECASE,
)
TIERS = (
    (
        1,
        r"(?:on a )?(?:small |tight |low |limited )?budget(?!\s+(?:planner|plan|planning))|cheap(?:er|est)?|affordable"
        r"|inexpensive|low[- ](?:cost|price[d]?)|not (?:too )?(?:expensive|pricey)|economical|basic price",
    ),
    (2, r"mid(?:dle)?[- ](?:range|price[d]?)|medium[- ]price[d]?|moderately priced|moderate price"),
    (
        3,
        r"premium|high[- ]end|top[- ](?:end|notch|quality)|upscale|up-market|luxury|luxurious|exclusive|first[- ]class"
        r"|the best money can buy",
    ),
)
TIER = re.compile("|".join(rf"(?P<tier{tier}>\b(?:{words})\b)" for tier, words in TIERS), re.IGNORECASE)
UNIT = r"\s?-?(km|kms|kilomet(?:er|re)s?|mi|miles?)\b(?: radius)?"
NUMBER = r"(\d{1,3}(?:,\d{3})+|\d+(?:[.,]\d+)?)"
DISTANCE = re.compile(
    r"(?:\b(?:within|in|under|below|less than|at most|at the most|max(?:imum)?\.?|up to|radius(?: of)?"
    r"|(?:not|no) (?:more|further|farther) than)\s+(?:an?\s+)?|<=?\s?|≤\s?)"
    + NUMBER
    + UNIT
    + r"(?:\s+(?:away|of (?:home|here|them|town|us|her|him)|from (?:home|here|them|her|him)))?"
    + r"|\b(?:within\s+)?(?:an?\s+)?"
    + NUMBER
    + r"\s?-?(km|kilomet(?:er|re)|mi|mile)s?\s?-?(?:radius|max(?:imum)?|at most|or less)\b",
    re.IGNORECASE,
)


def read_distance(reading: Reading) -> None:
    """How far away whoever helps may be, in km: “within 10 miles”, “max 30 km”."""
    found = DISTANCE.search(reading.line.unread)
    if not found:
        return
    number, unit = (found[1], found[2]) if found[1] else (found[3], found[4])
    figure = float(re.sub(r",(?=\d{3}(?!\d))", "", number).replace(",", "."))
    km = figure if unit.lower().startswith("k") else round(figure * KM_A_MILE, 1)
    if 0 < km <= FARTHEST_KM:
        reading.within_km = km
        reading.line.mark(*found.span())


def read_language(reading: Reading) -> None:
    """The language that whoever helps should speak, as ISO 639-1: “Spanish-speaking”, “speaks German”, “in French”."""
    if found := reading.line.take(LANGUAGE):
        reading.language = LANGUAGES.get(fold(found[1] or found[2] or found[3]), "")


def read_tier(reading: Reading) -> None:
    """The price level that the client wants: 1 for “cheap”, 2 for “mid-range”, 3 for “premium”."""
    if found := reading.line.take(TIER):
        reading.tier = int((found.lastgroup or "")[-1])
