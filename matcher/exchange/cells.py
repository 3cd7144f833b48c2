"""One cell at a time: the text of a file as the value that we keep, or a sentence about what is wrong with it."""

import re
from collections.abc import Callable

from matcher.exchange.clean import clean, shorten
from matcher.exchange.columns import EMAIL, WEBSITE
from matcher.knowledge.places import place_of_postcode, state_of, zip_of
from matcher.names import fold

Note = Callable[[str, str], None]  # field, sentence: something is wrong, but the row is kept

LIMITS = {  # characters, as the table of businesses has them
    "name": 200,
    "address": 200,
    "city": 100,
    "region": 60,
    "postcode": 16,
    "phone": 40,
    "email": 254,
    "website": 300,
    "category": 200,
}
PHONE_DIGITS = 6  # fewest digits of a telephone number; small towns in Europe have six
COUNTRIES = dict(
    re.findall(
        r"([a-z ]+)=([A-Z]{2})",
        "united states=US;united states of america=US;usa=US;u s a=US;us=US;canada=CA;mexico=MX;"
        "united kingdom=GB;uk=GB;"
        "great britain=GB;england=GB;scotland=GB;wales=GB;ireland=IE;germany=DE;deutschland=DE;austria=AT;"
        "osterreich=AT;switzerland=CH;schweiz=CH;suisse=CH;france=FR;spain=ES;espana=ES;italy=IT;italia=IT;netherlands=NL;"
        "nederland=NL;the netherlands=NL;"
        "belgium=BE;belgie=BE;belgique=BE;luxembourg=LU;portugal=PT;poland=PL;denmark=DK;sweden=SE;"
        "norway=NO;finland=FI;australia=AU;new zealand=NZ",
    )
)
SHUT = frozenset(
    re.findall(
        r"[^,]+",
        "true,yes,y,x,1,closed,inactive,expired,revoked,dissolved,canceled,cancelled,ceased,out of business,defunct,"
        "permanently closed,closed permanently,withdrawn,terminated,deprecated,suspended,geschlossen,inaktiv,"
        "abgemeldet,ja,ferme,fermee,oui,cerrado,baja,si,gesloten,opgeheven,chiuso,cessata",
    )
)
YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")
TIERS = {"1": 1, "2": 2, "3": 3, "4": 3, "low": 1, "budget": 1, "plain": 1, "mid": 2, "middle": 2, "medium": 2} | {
    "high": 3,
    "premium": 3,
    "luxury": 3,
}


def text_of(field: str, cell: str, note: Note) -> str:
    """Safe text within the limit of its field."""
    text = clean(cell)
    if len(text) > LIMITS[field]:
        note(field, f"The {field} is longer than {LIMITS[field]} characters and was cut.")
        return shorten(text, LIMITS[field])
    return text


def country_of(cell: str) -> str:
    """The two letters of a country given by code or name; empty when unknown."""
    text = clean(cell)
    return COUNTRIES.get(fold(text), "") or (text.upper() if re.fullmatch(r"[A-Za-z]{2}", text) else "")


def postcode_of(cell: str, region: str, country: str, note: Note) -> str:
    """A postcode; a United States one gets back its leading zeros and its hyphen."""
    text = text_of("postcode", cell, note)
    if country in ("", "US") and state_of(region) and (code := zip_of(text)):
        rest = re.sub(r"\D", "", text)[5:]
        return f"{code}-{rest}" if len(rest) == 4 else code
    return text


def phone_of(cell: str, note: Note) -> str:
    """A telephone number as it was written; none when it has too few digits to be one."""
    text = text_of("phone", cell, note)
    digits = sum(c.isdigit() for c in text)
    if text and digits < PHONE_DIGITS:
        if digits > 1:  # a bare country code stands for nothing
            note("phone", f"“{shorten(text, 40)}” is too short for a telephone number; stored without it.")
        return ""
    return text


def email_of(cell: str, note: Note) -> str:
    """An e-mail address; of several the first."""
    text = re.split(r"[;,\s]+", clean(cell).removeprefix("mailto:"))[0]
    if text and (not EMAIL.fullmatch(text) or len(text) > LIMITS["email"]):
        note("email", f"“{shorten(text, 60)}” is no e-mail address; stored without it.")
        return ""
    return text


def website_of(cell: str, note: Note) -> str:
    """A web address that begins with http, https or a domain; never a script."""
    text = clean(cell)
    if text and (not WEBSITE.fullmatch(text) or len(text) > LIMITS["website"]):
        note("website", f"“{shorten(text, 60)}” is no web address; stored without it.")
        return ""
    return text


def tier_of(cell: str, note: Note) -> int | None:
    """A price level: 1 plain, 2 middle, 3 premium; from numbers, words or dollar signs."""
    text = clean(cell).casefold()
    tier = min(3, len(text)) if text and set(text) <= set("$€£") else TIERS.get(text)
    if text and tier is None:
        note("tier", f"“{shorten(text, 40)}” is no price level (1, 2, 3 or $, $$, $$$); stored without it.")
    return tier


def is_shut(cell: str) -> bool:
    """Whether a column that says open or closed says closed; a date does, unless it only fills the field."""
    text = clean(cell)
    if not text:
        return False
    if text[0].isdigit() and len(text) >= 6:
        year = YEAR.search(text)
        return year is None or 1900 < int(year[1]) < 2100
    return fold(text) in SHUT


def is_united_states(postcode: str, city: str, region: str, country: str) -> bool:
    """Whether five digits are a ZIP code: the state or the country says so, or the town is the right one."""
    if country not in ("", "US"):
        return False
    if state_of(region) or country == "US":
        return True
    place = place_of_postcode(postcode) if len(postcode) >= 5 and not region else None
    return place is not None and (not city or fold(place.name.rpartition(",")[0]) == fold(city))
