"""Search as one types: services and markets by the words that owners and clients use for them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from math import sqrt

from matcher.answers.partners import Filters
from matcher.knowledge.meaning import understand
from matcher.names import fold, lookup_key
from matcher.taxonomy import taxonomy

NAME, SYNONYM, PHRASE = 3.0, 2.0, 1.0  # what a match is worth; a name says more than what clients say
START = 0.5  # added when the text begins with what was typed
Texts = tuple[tuple[float, str], ...]  # worth, folded text


def services_like(text: str, limit: int = 12) -> list[str]:
    """Codes of services for what somebody has typed so far, best first; what it may mean when nothing begins so."""
    if not lookup_key(text):
        return []
    found = _matching(text, _service_texts())
    return found[:limit] or [guess.service for guess in understand(text, {}).guesses][:limit]


def markets_like(text: str, limit: int = 12) -> list[str]:
    """Codes of markets for what somebody has typed so far, best first."""
    found = _matching(text, _market_texts())
    near = taxonomy().find_market(text)
    return found[:limit] or ([near] if near else [])


def journeys_like(text: str, limit: int = 12) -> list[str]:
    """Codes of journeys for what somebody has typed so far, best first: by name, then by who goes through it."""
    return _matching(text, _journey_texts())[:limit]


def usual_journeys(services: Iterable[str], limit: int = 12) -> list[str]:
    """Codes of the journeys on which people need these services most: sqrt(starts) x chance."""
    offered, weights = set(services), {}
    for journey in taxonomy().journeys.values():
        chance = max((step.chance for step in journey.steps if step.service in offered), default=0.0)
        weights[journey.code] = sqrt(journey.starts_per_10k) * chance
    return [code for code in sorted(weights, key=lambda code: -weights[code]) if weights[code]][:limit]


def usual_markets(services: Iterable[str], limit: int = 12) -> list[str]:
    """Markets whose journeys call for these services most: sum over journeys of sqrt(starts) x chance."""
    offered = set(services)
    weights: dict[str, float] = defaultdict(float)
    for journey in taxonomy().journeys.values():
        chance = max((step.chance for step in journey.steps if step.service in offered), default=0.0)
        for market in journey.markets:
            weights[market] += sqrt(journey.starts_per_10k) * chance
    return [code for code in sorted(weights, key=lambda code: -weights[code]) if weights[code]][:limit]


def services_in(filters: Filters) -> set[str]:
    """The services that a list is narrowed to: those chosen and all of the groups chosen; none means all."""
    in_groups = {service.code for service in taxonomy().services.values() if service.group in filters.groups}
    return in_groups.union(filters.services)


def _matching(text: str, choices: Mapping[str, Texts]) -> list[str]:
    typed = fold(text).split()
    if not typed:
        return []
    scores = {code: max((_score(typed, words) for words in texts), default=0.0) for code, texts in choices.items()}
    return sorted((code for code in scores if scores[code]), key=lambda code: (-scores[code], len(code), code))


def _score(typed: list[str], text: tuple[float, str]) -> float:
    """What a text is worth if each typed word begins one of its words; 0 if not. Short texts fit better."""
    worth, words = text[0], text[1].split()
    if not all(any(word.startswith(part) for word in words) for part in typed):
        return 0.0
    return worth + (START if text[1].startswith(" ".join(typed)) else 0.0) + 0.1 * len(typed) / len(words)


@cache
def _service_texts() -> dict[str, Texts]:
    return {
        service.code: (
            (NAME, fold(service.name)),
            *((SYNONYM, fold(synonym)) for synonym in service.synonyms),
            *((PHRASE, fold(phrase)) for phrase in service.phrases),
        )
        for service in taxonomy().services.values()
    }


@cache
def _market_texts() -> dict[str, Texts]:
    return {
        market.code: ((NAME, fold(market.name)), *((SYNONYM, fold(synonym)) for synonym in market.synonyms))
        for market in taxonomy().markets.values()
    }


@cache
def _journey_texts() -> dict[str, Texts]:
    markets = taxonomy().markets
    return {
        journey.code: ((NAME, fold(journey.name)), *((PHRASE, fold(markets[m].name)) for m in journey.markets))
        for journey in taxonomy().journeys.values()
    }
