"""What the owner's clients needed, and what that teaches about the journeys that clients like them are on."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from matcher.answers.learned import EARLIEST, ClientNeeds, LearnedStep
from matcher.engine.flow import UNFORESEEN, Flow, Seen
from matcher.engine.learning import aged, belief
from matcher.errors import Invalid
from matcher.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A client of ours on a journey, with the services that this one needed."""

    occasion_id: int
    journey: str
    began_on: date
    services: Sequence[str]


def day_of_needs(taxonomy: Taxonomy, journey: str, services: Sequence[str], *, on: date | None, today: date) -> date:
    """The day of what a client needed, today unless told; Invalid for what cannot be."""
    if journey not in taxonomy.journeys:
        raise Invalid("journey", "Please choose what your client was going through from the list.")
    if not taxonomy.services.keys() >= set(services):
        raise Invalid("services", "Please choose what your client needed from the list.")
    day = on or today
    if not EARLIEST <= day <= today:
        raise Invalid("on", "Please choose a day from the year 2000 on that is not in the future.")
    return day


def seen(clients: Sequence[Client], today: date) -> Mapping[str, Seen]:
    """Journey -> clients of ours seen on it, and how many needed what, aged."""
    many: dict[str, float] = defaultdict(float)
    needed: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for client in clients:
        weight = aged(client.began_on, today)
        many[client.journey] += weight
        for service in client.services:
            needed[client.journey][service] += weight
    return {journey: Seen(clients=total, needed=needed[journey]) for journey, total in many.items()}


def client_needs(clients: Sequence[Client]) -> tuple[ClientNeeds, ...]:
    """The clients as an answer shows them."""
    return tuple(
        ClientNeeds(
            occasion_id=client.occasion_id,
            journey=client.journey,
            day=client.began_on.isoformat(),
            services=tuple(client.services),
        )
        for client in clients
    )


def learned_steps(
    flow: Flow, clients: Sequence[Client], today: date, sold: Collection[str] = ()
) -> tuple[LearnedStep, ...]:
    """Each step of each journey on which a client was seen: how many needed it, what we assumed, what we now think.

    Journeys with the most clients first; in each, what was needed most often first.
    """
    aged_counts, ours = seen(clients, today), flow.learned(seen(clients, today), sold)
    many = Counter(client.journey for client in clients)
    needed = Counter((client.journey, service) for client in clients for service in client.services)
    found = []
    for journey in sorted(set(many).intersection(flow.journeys), key=lambda code: (-many[code], code)):
        column, counts = flow.journeys.index(journey), aged_counts[journey]
        for code, number in flow.numbers.items():
            if ours.stage[number, column] == 0 or code in sold:
                continue
            yes = counts.needed.get(code, 0.0)
            assumed = float(flow.chance[number, column]) if flow.stage[number, column] else UNFORESEEN
            known = belief(assumed, (yes, counts.clients - yes))
            found.append(
                LearnedStep(
                    journey=journey,
                    service=code,
                    clients=many[journey],
                    needed=needed[journey, code],
                    assumed_share=assumed,
                    learned_share=known.mean_share,
                    low_share=known.low_share,
                    high_share=known.high_share,
                    word=known.word,
                )
            )
    order = {journey: place for place, journey in enumerate(dict.fromkeys(step.journey for step in found))}
    return tuple(sorted(found, key=lambda s: (order[s.journey], -s.needed, -s.learned_share, s.service)))
