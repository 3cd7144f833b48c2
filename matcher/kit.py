"""What we hand out, put together from what we sell: whom to send us, and what such people say."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from matcher.answers.partners import Home
from matcher.answers.taught import Addressed, Kit, Listened, OwnContact
from matcher.answers.told import is_email
from matcher.engine.phrases import SHOWN, trigger_phrases
from matcher.errors import Invalid
from matcher.exchange.columns import WEBSITE
from matcher.knowledge.choices import usual_journeys, usual_markets
from matcher.knowledge.scripts import choice_of, spoken
from matcher.lines import one_line
from matcher.taxonomy import taxonomy

SERVICES_SHOWN = 3  # of ours on one page; who listens for more listens for none (prior)
KINDS_SHOWN = 5  # of clients, and of what they go through (prior)
FLYER_PHRASES = 4  # one large, the others below it (prior)
LENGTHS = {"phone": 40, "email": 254, "website": 300, "street": 200, "postcode": 16}  # as the columns hold


def kit_of(home: Home, own: Addressed) -> Kit:
    """All that the printed pages say of us; the surest services first, fewer sentences each when there are several."""
    known = taxonomy()
    services = sorted((code for code in home.services if code in known.services), key=lambda c: -home.services[c])
    shown = services[:SERVICES_SHOWN]
    each = SHOWN if len(shown) == 1 else max(2, 2 * SHOWN // len(shown) - 1)
    return Kit(
        own=own,
        trades=tuple(spoken(code) for code in services),
        listen=tuple(Listened(service=code, phrases=_phrases(code, each)) for code in shown),
        clients=_clients(home, services),
        occasions=tuple(known.journeys[code].name for code in usual_journeys(services, KINDS_SHOWN)),
        radius_km=home.radius_km,
    )


def checked_contact(told: OwnContact) -> OwnContact:
    """The same, each on one line; Invalid for what is no e-mail or web address."""
    neat = replace(
        told, **{name: one_line(name, getattr(told, name), LENGTHS[name]) for name in OwnContact.__dataclass_fields__}
    )
    if neat.email and not is_email(neat.email):
        raise Invalid("email", "Please write an e-mail address such as ana@example.com, or leave it empty.")
    if neat.website and not WEBSITE.fullmatch(neat.website):
        raise Invalid("website", "Please write a web address such as www.example.com, or leave it empty.")
    return neat


def own_words(kit: Kit) -> str:
    """What we are, in a sentence: “Ana Lends is a mortgage broker in Tucson, AZ.”."""
    where = f" in {kit.own.city}" if kit.own.city else ""
    return f"{kit.own.name} is {trades_of(kit)}{where}."


def trades_of(kit: Kit) -> str:
    """What we sell with its article: “a mortgage broker”, “an accountant or tax adviser”."""
    words = choice_of(kit.trades[:2])
    return f"{'an' if words[:1].lower() in 'aeiou' else 'a'} {words}" if words else "here for you"


def flyer_texts(kit: Kit, picture: str, paper: str) -> dict[str, Any]:
    """All that the flyer says, as its template takes it."""
    own = kit.own
    address = ", ".join(filter(None, (own.street, own.city, own.postcode)))
    return {
        "paper": paper,
        "name": own.name,
        "sentence": f"We can help. {own_words(kit)}",
        "phrases": list(kit.listen[0].phrases[:FLYER_PHRASES]) if kit.listen else ["who can help with that"],
        "reached": [line for line in (own.phone, own.email, own.website, address) if line],
        "picture": picture,
    }


def _phrases(service: str, count: int) -> tuple[str, ...]:
    return trigger_phrases(taxonomy().services[service].phrases, count)


def _clients(home: Home, services: Sequence[str]) -> tuple[str, ...]:
    """The kinds of clients that we said we want; the usual ones when we said nothing."""
    known = taxonomy()
    codes = [code for code in home.markets if code in known.markets] or usual_markets(services, KINDS_SHOWN)
    return tuple(known.markets[code].name for code in codes[:KINDS_SHOWN])
