"""From an industry code or the words of a directory's category to the services that such a business offers.

A business's name alone is never enough: in trials it told the industry of one firm in nine. It may only sharpen, among
services that the code or the category allows already.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from matcher.names import lookup_key
from matcher.taxonomy import read_rows, taxonomy

Services = Mapping[str, float]  # code of a service -> how surely offered, 0-1

LEAST = 0.05  # sureness below which a service is not worth keeping: one firm in twenty under that code
MOST = 12  # services kept for one business; a lawyer without a stated field has as many
FROM_RELATIVES = 0.6  # how much is left when a code is unknown and its relatives speak for it, for each digit cut
SYNONYM_SURE = (0.95, 0.85, 0.6, 0.4)  # a service's own name, then first, second and third choice of a synonym
OSM_SURE = 0.8  # an OpenStreetMap tag value, shared among the services that claim it
DOUBTFUL = 0.4  # sureness below which a narrow level gives way to a broader one
UNCONFIRMED = 0.5  # what is left of services that the broader level does not know
LOOSE = 0.6  # share left when the known words are only a part of many; all of it when they are the whole text
NEAR_SURE = 0.8  # share left when only a near spelling is known
NEAR_LEAST = 0.75  # sureness that a near spelling needs: one letter in eight wrong
NEAR_CHARACTERS = 40  # longer texts are no names of a trade
MOST_WORDS = 12  # words of a category looked at; longer ones are descriptions, which begin with the trade
SHARPENED = 0.8  # sureness of a service that the business has in its name, among those its code allows
BLUNTED = 0.5  # what is left of the others then
TRADES = {"manufacturing": "manufacturer", "manufacturer": "manufacturer", "mfg": "manufacturer"} | dict.fromkeys(
    ("wholesale", "wholesaler"), "wholesale_distributor"
)
TRADE_SURE = 0.6  # sureness that a maker or wholesaler of something is just that
# Words that say nothing about a trade: they do not count when we ask how much of a text is known.
FILLERS = frozenset(
    ["service", "company", "shop", "store", "general", "other", "misc", "local", "agency", "firm", "inc"]
)


@cache
def services_of_code(code: str) -> Services:
    """Services under a NAICS code of 2-6 digits (2022, 2012 or older); empty when unknown.

    An unknown code borrows the mean of its relatives, at FROM_RELATIVES for each digit that they do not share.
    """
    found = re.match(r"\s*(\d{2,6})", code)
    if not found:
        return {}
    digits = _renumbered().get(found[1], found[1])
    for scheme in ("naics2022", "naics2012"):
        if exact := taxonomy().industry_codes.get((scheme, digits)):
            return _kept(exact)
    for size in range(min(len(digits), 5), 1, -1):
        if children := _children(digits[:size]):
            return _kept({s: share * FROM_RELATIVES ** max(1, len(digits) - size) for s, share in children.items()})
    return {}


@cache
def services_of_category(text: str) -> Services:
    """Services behind a category such as "Services > Professional > Lawyer & Legal Services"; empty when unknown.

    Levels run from broad to narrow. The narrowest that says anything counts, unless it is doubtful. The next broader
    one that agrees on some of its services confirms those; the others count half where only some words were known.
    """
    best: Services = {}
    whole = False
    for level in reversed(text.split(">")):
        found, known = _services_of_level(level)
        if best and not found.keys().isdisjoint(best):
            others = 1.0 if whole else UNCONFIRMED
            best = {s: max(sure, found[s]) if s in found else sure * others for s, sure in best.items()}
            break
        if max(best.values(), default=0.0) < min(DOUBTFUL, max(found.values(), default=0.0)):
            best, whole = found, known
    return _kept(_for_trade(text, best or _near(text)))


def _for_trade(text: str, services: Services) -> Services:
    """Makers and wholesalers sell to businesses: "Manufacturing > Furniture" is no furniture shop."""
    levels = ({TRADES[w] for w in lookup_key(level).split() if w in TRADES} for level in reversed(text.split(">")))
    trades = next(filter(None, levels), set())
    if not trades or not services:
        return services
    to_firms = {s: sure for s, sure in services.items() if taxonomy().services[s].sells_to != "households"}
    return to_firms or {**{s: sure * BLUNTED for s, sure in services.items()}, **dict.fromkeys(trades, TRADE_SURE)}


def sharpen(name: str, services: Services) -> Services:
    """The services with those raised that the name states ("Immigration" among all kinds of lawyer)."""
    words = frozenset(lookup_key(name).split())
    stated = {service for word, service in _telling_words(frozenset(services)).items() if word in words}
    if not stated or len(services) < 2:
        return services
    return {s: max(sure, SHARPENED) if s in stated else sure * BLUNTED for s, sure in services.items()}


def strongest(offers: Iterable[tuple[str, float, str]]) -> dict[str, tuple[float, str]]:
    """Service -> (sureness, source) from (service, sureness, source), the surest word for each, at most MOST."""
    best: dict[str, tuple[float, str]] = {}
    for service, sure, source in offers:
        if sure > best.get(service, (0.0, ""))[0]:
            best[service] = (round(sure, 3), source)
    ranked = sorted(best.items(), key=lambda pair: (-pair[1][0], pair[0]))
    return dict(ranked[:MOST])


def is_industry_code(text: str) -> bool:
    """Whether this is a full NAICS code that we know."""
    codes = taxonomy().industry_codes
    return ("naics2022", text) in codes or ("naics2012", text) in codes or text in _renumbered()


def _kept(services: Services) -> Services:
    ranked = sorted(services.items(), key=lambda pair: (-pair[1], pair[0]))
    return {service: sure for service, sure in ranked[:MOST] if sure >= LEAST}


@cache
def _renumbered() -> Mapping[str, str]:
    """NAICS codes of 1997-2007 -> what they became in 2012 (U.S. Census concordances)."""
    return {row["old"]: row["new"] for row in read_rows("naics_renumbered.csv")}


@cache
def _children(prefix: str) -> Services:
    """Mean share of each service over the known codes that begin with these digits."""
    total: dict[str, float] = defaultdict(float)
    for scheme in ("naics2022", "naics2012"):
        codes = {c: s for (kind, c), s in taxonomy().industry_codes.items() if kind == scheme and c.startswith(prefix)}
        for shares in codes.values():
            for service, share in shares.items():
                total[service] += share / len(codes)
        if total:
            break
    return total


@cache
def _phrases() -> Mapping[frozenset[str], Services]:
    """Sets of words -> services: directories' own words first, then synonyms, names and OpenStreetMap tags."""
    phrases: dict[frozenset[str], dict[str, float]] = defaultdict(dict)
    for row in read_rows("category_words.csv"):
        phrases[_words(row["words"])][row["service"]] = float(row["share"])
    told = frozenset(phrases)
    others = [
        (row["text"], row["service"], SYNONYM_SURE[min(int(row["choice"]), 3)]) for row in read_rows("synonyms.csv")
    ]
    others += [(service.name, service.code, SYNONYM_SURE[0]) for service in taxonomy().services.values()]
    for (scheme, code), shares in taxonomy().industry_codes.items():
        if scheme == "osm":
            value = code.partition("=")[2].replace("_", " ")
            others += [(value, service, OSM_SURE / len(shares)) for service in shares]
    for text, service, sure in others:
        words = _words(text)
        if words and words not in told:
            phrases[words][service] = max(sure, phrases[words].get(service, 0.0))
    return phrases


@cache
def _phrases_by_word() -> Mapping[str, list[frozenset[str]]]:
    """Each word -> phrases of which it is the rarest word, so that few need comparing."""
    counts: dict[str, int] = defaultdict(int)
    for phrase in _phrases():
        for word in phrase:
            counts[word] += 1
    index: dict[str, list[frozenset[str]]] = defaultdict(list)
    for phrase in _phrases():
        index[min(phrase, key=lambda word: (counts[word], word))].append(phrase)
    return index


def _words(text: str) -> frozenset[str]:
    return frozenset(lookup_key(text).split())


@cache
def _services_of_level(text: str) -> tuple[Services, bool]:
    """Services of one level of a category, and whether the whole text is known, in any order, or only words in it."""
    if re.match(r"\s*\d{4,6}\b", text):  # "541110 Offices of lawyers"
        return services_of_code(text), True
    words = frozenset(lookup_key(text).split()[:MOST_WORDS])
    if exact := _phrases().get(words):
        return exact, True
    within = [p for word in words for p in _phrases_by_word().get(word, ()) if p <= words]
    largest = [p for p in within if not any(p < other for other in within) and p - FILLERS]
    sure: dict[str, float] = {}
    for phrase in largest:
        known = len(phrase - FILLERS) / max(1, len(words - FILLERS))
        for service, share in _phrases()[phrase].items():
            sure[service] = max(sure.get(service, 0.0), share * (LOOSE + (1 - LOOSE) * known))
    return sure, False


def _near(text: str) -> Services:
    """Services whose name is spelled almost like the narrowest level."""
    level = text.rpartition(">")[2].strip()
    if not 4 <= len(level) <= NEAR_CHARACTERS:
        return {}
    guesses = taxonomy().find_service(level, limit=3)
    return {guess.service: guess.confidence * NEAR_SURE for guess in guesses if guess.confidence > NEAR_LEAST}


@cache
def _telling_words(services: frozenset[str]) -> Mapping[str, str]:
    """Words that belong to the name of one of these services only."""
    owners: dict[str, set[str]] = defaultdict(set)
    for code in services:
        for word in _words(f"{code.replace('_', ' ')} {taxonomy().services[code].name}") - FILLERS:
            owners[word].add(code)
    return {word: min(codes) for word, codes in owners.items() if len(codes) == 1}
