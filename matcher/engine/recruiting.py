"""Whom to recruit next, as an answer: what each would close, who could introduce us, and how near the best this is."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from matcher.answers.covered import FilterName, Introducer, NeedCard, Proof, Recruit, Recruits, ServiceToRecruit
from matcher.engine.candidates import Candidates, candidates
from matcher.engine.cover_all import cheapest_cover_proved
from matcher.engine.filters import NAMES
from matcher.engine.gaps import cents
from matcher.engine.index import Index
from matcher.engine.kinds import Rows
from matcher.engine.prices import bound
from matcher.engine.prove import best_possible
from matcher.engine.question import Question
from matcher.engine.recruit import Recruited, next_to_recruit
from matcher.engine.rivals import upsets
from matcher.engine.suggest import Names
from matcher.engine.takers import Told
from matcher.engine.words import article, counted, of_hundred, service_words, usd

INTRODUCERS = 2  # partners named who may know a candidate
HARDLY_KNOW = 0.02  # flow of clients below which two businesses need not know each other (prior)


def recruits(
    index: Index,
    question: Question,
    needs: Sequence[NeedCard],
    told: Mapping[int, Told],
    names: Names,
    *,
    count: int,
    seconds: float | None = None,
) -> Recruits:
    """The next `count` businesses to recruit for needs that nobody fills; `seconds`: for so long, look for a proof.

    Of needs for a service that the index does not know we say that nobody in the directory could fill them.
    """
    unknown = [need for need in needs if need.service not in index.flow.numbers]
    field = candidates(index, question, [need for need in needs if need.service in index.flow.numbers], told)
    found = next_to_recruit(field.reach, count)
    shown = _recruits(index, question, field, found, names)
    closed = [field.needs[n] for taken in found.taken for n in taken.tolist()]
    return Recruits(
        sentence=_headline(shown, len(closed), len(needs), cents(closed)),
        recruits=shown,
        services=_services(field, unknown),
        gaps=len(needs),
        gap_cents=cents(needs),
        closed=len(closed),
        closed_cents=cents(closed),
        left=_left(field, len(unknown)),
        proof=_proof(field, found, count, seconds) if len(found.chosen) else None,
    )


def _recruits(
    index: Index, question: Question, field: Candidates, found: Recruited, names: Names
) -> tuple[Recruit, ...]:
    """The chosen candidates in order, each with what it would close."""
    chosen = found.chosen.tolist()
    called = names(field.ids[found.chosen].tolist())
    alike, upset = _alike(field, found.chosen), upsets(index, question, field.ids[found.chosen].tolist())
    shown = []
    for at, candidate in enumerate(chosen):
        business_id = int(field.ids[candidate])
        name, place = called.get(business_id, ("", ""))
        adds = [field.needs[n] for n in found.added[at].tolist()]
        alone = [field.needs[n] for n in _alone(field, candidate).tolist()] if at else adds
        distance = float(field.distance_km[candidate])
        rivals = {one.business_id for one in upset[business_id]}
        shown.append(
            Recruit(
                rank=at + 1,
                business_id=business_id,
                name=name,
                services=tuple(dict.fromkeys(need.service for need in adds or alone)),
                place=place,
                distance_km=None if np.isnan(distance) else distance,
                yes_share=float(field.yes[candidate]),
                alone=tuple(need.need_id for need in alone),
                alone_cents=cents(alone),
                adds=tuple(need.need_id for need in adds),
                adds_cents=cents(adds),
                alike=int(alike[at]),
                room=int(field.reach.room[candidate]),
                introducers=_introducers(index, question, int(field.rows[candidate]), rivals),
                sentence=_sentence(alone, int(alike[at])),
            )
        )
    return tuple(shown)


def _alone(field: Candidates, candidate: int) -> Rows:
    """The needs that a candidate would close if nobody else joined: the most valuable it has room for."""
    reach = field.reach
    could = reach.needs_of(candidate)
    best = np.argsort(-reach.worth[could], kind="stable")[: reach.room[candidate]]
    return np.sort(could[best])


def _alike(field: Candidates, chosen: Rows) -> Rows:
    """(m,) how many others of the candidates could take the very same needs as each of the chosen, and as many."""
    reach = field.reach
    signs = np.random.default_rng(0).integers(2**62, size=len(reach.worth), dtype=np.uint64)
    sums = np.add.reduceat(signs[reach.need], reach.first[:-1]) if len(reach.need) else np.zeros(0, dtype=np.uint64)
    room = np.minimum(reach.room, reach.count)
    return np.array([((sums == sums[one]) & (room == room[one])).sum() - 1 for one in chosen.tolist()], dtype=np.int64)


def _introducers(index: Index, question: Question, row: int, rivals: set[int]) -> tuple[Introducer, ...]:
    """Agreed partners who meet the clients of a candidate just before or after, so that the two may know each other."""
    flow = index.flow
    theirs = index.kinds.offers(index["kinds"][[row]])
    found: list[tuple[float, str, Introducer]] = []
    for partner in question.partners:
        ours = np.array([flow.numbers[s] for s in partner.services if s in flow.numbers], dtype=np.int64)
        if partner.stage != "agreed" or partner.business_id in rivals or not len(ours):
            continue
        sent = flow.between[ours[:, None], theirs.service] * theirs.confidence
        back = flow.between[theirs.service[:, None], ours]
        meets, best = float(sent.max() + back.max()), np.unravel_index(int(sent.argmax()), sent.shape)
        if meets >= HARDLY_KNOW:
            needed = service_words(flow.taxonomy, flow.codes[theirs.service[best[1]]])
            words = (
                f"Ask {partner.name}: about {of_hundred(float(sent.max()))} of their clients need {article(needed)}."
            )
            if sent.max() < HARDLY_KNOW:
                words = f"Ask {partner.name}: clients of one come to the other, so they may know each other."
            known = Introducer(business_id=partner.business_id, name=partner.name, sentence=words)
            found.append((-meets, partner.name, known))
    return tuple(introducer for _, _, introducer in sorted(found, key=lambda one: one[:2])[:INTRODUCERS])


def _sentence(alone: Sequence[NeedCard], alike: int) -> str:
    """What a candidate would close by itself, and how many others would close the same."""
    worth = cents(alone)
    what = f"Could take {counted(len(alone), 'need')} that nobody fills"
    what += f", worth {usd(worth / 100)}." if worth else "."
    if not alike:
        return what
    others = "One other business" if alike == 1 else f"{alike:,} other businesses"
    return f"{what} {others} could take the very same."


def _services(field: Candidates, unknown: Sequence[NeedCard]) -> tuple[ServiceToRecruit, ...]:
    """The services that nobody fills, the most valuable first, with how many candidates each has."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, need in enumerate((*field.needs, *unknown)):
        numbers[need.service].append(number)
    found = [_to_recruit(field, service, those, unknown) for service, those in numbers.items()]
    return tuple(sorted(found, key=lambda one: (-one.value_cents, one.service)))


def _to_recruit(
    field: Candidates, service: str, numbers: Sequence[int], unknown: Sequence[NeedCard]
) -> ServiceToRecruit:
    needs, known = (*field.needs, *unknown), [number for number in numbers if number < len(field.needs)]
    able = [field.eligible.of(number) for number in known]
    return ServiceToRecruit(
        service=service,
        need_ids=tuple(needs[number].need_id for number in numbers),
        value_cents=cents(needs[number] for number in numbers),
        candidates=len(np.unique(np.concatenate(able))) if able else 0,
        could=sum(len(some) > 0 for some in able),
    )


def _left(field: Candidates, unknown: int) -> Mapping[FilterName, int]:
    """How many needs nobody we know could fill, by the filter that left nobody."""
    empty = np.flatnonzero(field.eligible.counts == 0).tolist()
    left = Counter(field.eligible.emptied_by(number) for number in empty)
    return dict(+(left + Counter({NAMES[0]: unknown})))


def _headline(shown: Sequence[Recruit], closed: int, gaps: int, closed_cents: int) -> str:
    if not gaps:
        return "Every need whose service you know is filled, or somebody is ready for it."
    if not shown:
        return (
            f"Nobody whom we know could fill {'the one need' if gaps == 1 else f'any of the {gaps:,} needs'} left open."
        )
    who = "One new partner" if len(shown) == 1 else f"{len(shown)} new partners"
    worth = f", worth {usd(closed_cents / 100)}" if closed_cents else ""
    return f"{who} could fill {closed:,} of the {counted(gaps, 'need')} that nobody fills{worth}."


def _proof(field: Candidates, found: Recruited, count: int, seconds: float | None) -> Proof:
    """How near the best possible choice of as many the suggested one comes, by bounds alone or by solving it."""
    if seconds is None:
        most = bound(field.reach, count, found)
        share = min(1.0, found.value / most)
        return Proof(best_cents=round(most), share=share, exact=False, sentence=_of_share(share, exact=False))
    proved, cover = best_possible(field.reach, count, seconds), cheapest_cover_proved(field.reach, seconds)
    share = min(1.0, found.value / proved.at_most)
    return Proof(
        best_cents=round(proved.at_most),
        share=share,
        exact=proved.is_best,
        sentence=f"{_of_share(share, exact=proved.is_best)} {_of_fewest(len(cover.chosen), is_fewest=cover.is_best)}",
        fewest=len(cover.chosen),
    )


def _of_share(share: float, *, exact: bool) -> str:
    if share >= 1 - 1e-9:
        return "No other choice of as many could close more: this is proved."
    if exact:
        return f"The best possible choice of as many closes a little more; this one comes to {_percent(share)} of it."
    return f"This closes at least {_percent(share)} of what the best possible choice of as many could."


def _of_fewest(count: int, *, is_fewest: bool) -> str:
    """How many it takes to reach every need that somebody could take."""
    who = "one new partner is" if count == 1 else f"{count:,} new partners are"
    fewer = "; fewer cannot" if is_fewest and count > 1 else ""
    return f"To reach every need that somebody we know could take, {who} enough, if each has room{fewer}."


def _percent(share: float) -> str:
    """A share below 1, never rounded up to the whole."""
    return f"{int(1000 * share) / 10:g} %"
