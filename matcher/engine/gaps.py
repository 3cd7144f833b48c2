"""What nobody fills, in words: one need by the filter that left nobody, and all such needs of a service."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from matcher.answers.covered import FilterName, Gap, NeedCard
from matcher.engine.match import Match
from matcher.engine.words import and_list, counted, language_words, sentence_start, service_words


def gaps(match: Match) -> tuple[Gap, ...]:
    """The needs that nobody fills, by service and by the filter that left nobody, the most valuable first."""
    grouped: dict[tuple[str, FilterName], list[NeedCard]] = defaultdict(list)
    for number in match.among(frozenset(("gap",))).tolist():
        need = match.needs[number]
        grouped[need.service, match.eligible.emptied_by(number)].append(need)
    found = [
        Gap(
            service=service,
            filter=name,
            need_ids=tuple(need.need_id for need in needs),
            value_cents=cents(needs),
            sentence=f"{sentence_start(service_words(match.flow.taxonomy, service))}: {HELPS[name](needs)}",
        )
        for (service, name), needs in grouped.items()
    ]
    return tuple(sorted(found, key=lambda gap: (-gap.value_cents, gap.service, gap.filter)))


def cents(needs: Iterable[NeedCard]) -> int:
    """What some needs are worth together."""
    return sum(need.value_cents for need in needs)


def empty(need: NeedCard, name: FilterName) -> str:
    """Why nobody fills a need, by the filter that left nobody."""
    return EMPTY[name](need)


def _waits(needs: Sequence[NeedCard]) -> str:
    """So many needs as the subject of a sentence: "1 need waits"."""
    return f"{counted(len(needs), 'need')} {'waits' if len(needs) == 1 else 'wait'}"


def _them(needs: Sequence[NeedCard]) -> str:
    return "it" if len(needs) == 1 else "them"


def _service(needs: Sequence[NeedCard]) -> str:
    return f"nobody in your network does this, and {_waits(needs)}. Find a partner for {_them(needs)}."


def _competitor(needs: Sequence[NeedCard]) -> str:
    return (
        f"only businesses that compete with you do this, and {_waits(needs)}. Find somebody else, or say which of them "
        "does not compete."
    )


def _area(needs: Sequence[NeedCard]) -> str:
    clients = len({need.client_id for need in needs})
    return f"nobody who does this is near enough to {counted(clients, 'client')}. Somebody closer would help."


def _price(needs: Sequence[NeedCard]) -> str:
    return f"nobody near has the prices that are wanted, and {_waits(needs)}. Find somebody at that price."


def _language(needs: Sequence[NeedCard]) -> str:
    spoken = and_list(sorted({language_words(need.wish.language) for need in needs}), last="or")
    return f"we know of nobody who speaks {spoken}, and {_waits(needs)}. Ask your partners, and note what they speak."


def _trust(needs: Sequence[NeedCard]) -> str:
    return f"you trust nobody enough who could do this, and {_waits(needs)}. Get to know them better, or find others."


def _resting(needs: Sequence[NeedCard]) -> str:
    return f"whoever could do this was asked only lately, and {_waits(needs)}. Give them a few days."


def _full(needs: Sequence[NeedCard]) -> str:
    return f"whoever could do this is full, and {_waits(needs)}. More room there, or one more partner, would help."


HELPS: Mapping[FilterName, Callable[[Sequence[NeedCard]], str]] = {
    "service": _service,
    "competitor": _competitor,
    "area": _area,
    "price": _price,
    "language": _language,
    "trust": _trust,
    "resting": _resting,
    "full": _full,
}
EMPTY: Mapping[FilterName, Callable[[NeedCard], str]] = {
    "service": lambda _: "Nobody in your network does this.",
    "competitor": lambda _: "Only businesses that compete with you do this.",
    "area": lambda _: "Nobody who does this is near enough.",
    "price": lambda _: "Nobody near who does this has the prices that the client wants.",
    "language": lambda card: f"We know of nobody suitable who speaks {language_words(card.wish.language)}.",
    "trust": lambda _: "Whoever could do this has too little of your trust.",
    "resting": lambda _: "Whoever could do this was asked only lately.",
    "full": lambda _: "Whoever could do this is full.",
}
