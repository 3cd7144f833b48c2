"""Small made networks for tests: clients with needs around one town, and businesses that could take them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from hypothesis import strategies as st

from matcher.answers.covered import ANY, NeedCard, Wish
from matcher.answers.partners import Home
from matcher.engine.flow import flow_of
from matcher.engine.index import Index
from matcher.engine.match import Match, matched
from matcher.engine.takers import Takers, Told, takers
from matcher.taxonomy import taxonomy
from matcher.units import SHARED
from tests.engine.made import TOWN, columns_of

FLOW = flow_of(taxonomy())
HOME = Home(services={"plumber": 1.0}, lat=TOWN[0], lon=TOWN[1])
KM = 1 / 111.195  # degrees of latitude
SOLD = ("electrician", "painter", "roofer")


def need(need_id: int, service: str = "electrician", **told: Any) -> NeedCard:
    """An open need of a client in the middle of the town."""
    usual = NeedCard(
        need_id=need_id,
        client_id=need_id,
        client=f"Client {need_id}",
        grade="",
        service=service,
        wording="",
        status="open",
        heard_on="2026-03-02",
        needed_by="",
        wish=ANY,
        lat=TOWN[0],
        lon=TOWN[1],
        value_cents=100_00,
        value_assumed=False,
    )
    return replace(usual, **told)


def business(business_id: int, *services: str, **told: Any) -> Home:
    """A business in the middle of the town that surely sells these services."""
    usual = Home(
        business_id=business_id,
        services=dict.fromkeys(services or ("electrician",), 1.0),
        lat=TOWN[0],
        lon=TOWN[1],
        radius_km=20.0,
    )
    return replace(usual, **told)


@dataclass(frozen=True)
class Town:
    """An owner's network: businesses, what is known of them, and what clients need."""

    businesses: Sequence[Home]
    told: Mapping[int, Told] = field(default_factory=dict)
    needs: Sequence[NeedCard] = ()

    def takers(self) -> Takers:
        """The businesses as the engine takes them, in the order given, called by their number."""
        index = Index(FLOW, columns_of(self.businesses))
        ids = [one.business_id or 0 for one in self.businesses]
        return takers(index, HOME, index.rows(ids, SHARED), self.told, {i: f"Partner {i}" for i in ids})

    def match(self) -> Match:
        """Everything matched."""
        return matched(self.needs, self.takers(), HOME, FLOW)

    def known(self, business_id: int) -> Told:
        """What is known of one business."""
        return self.told.get(business_id, Told())

    def telling(self, business_id: int, **told: Any) -> "Town":
        """The same town where more is known of one business."""
        return replace(self, told={**self.told, business_id: replace(self.known(business_id), **told)})


def partners_of(match: Match) -> dict[int, int | None]:
    """Need -> business that has it or should get it."""
    ids = [int(match.takers.ids[p]) if p >= 0 else None for p in match.partner.tolist()]
    return {card.need_id: one for card, one in zip(match.needs, ids, strict=True)}


def filled_by(match: Match) -> set[int]:
    """The open needs that are given to somebody."""
    ready = zip(match.needs, match.states, match.settled.tolist(), strict=True)
    return {card.need_id for card, state, settled in ready if state == "ready" and not settled}


@st.composite
def businesses(draw: st.DrawFn, business_id: int) -> Home:
    """A business that sells some of three services, one in a while what the owner sells, not always surely."""
    services = draw(
        st.dictionaries(st.sampled_from(SOLD), st.sampled_from([1.0, 1.0, 0.8125, 0.5, 0.3125]), min_size=1, max_size=3)
    )
    if draw(st.integers(0, 5)) == 0:
        services["plumber"] = draw(st.sampled_from([1.0, 0.3125]))
    return business(
        business_id,
        services=services,
        lat=draw(st.sampled_from([TOWN[0], TOWN[0] + 8 * KM, TOWN[0] + 30 * KM, None])),
        radius_km=draw(st.sampled_from([5.0, 20.0, 3000.0])),
        tier=draw(st.sampled_from([None, 1, 2, 3])),
    )


def tolds() -> st.SearchStrategy[Told]:
    """What an owner may know of a business."""
    return st.builds(
        Told,
        room=st.sampled_from([0, 1, 1, 2, 3, None]),
        has_room=st.sampled_from([None, None, True, False]),
        used=st.sampled_from([0, 0, 0, 1]),
        languages=st.sampled_from([None, (), ("es",), ("es", "fr")]),
        trust_share=st.sampled_from([None, 0.0, 0.25, 0.5, 1.0]),
        filled=st.sampled_from([(0.0, 0.0), (3.0, 0.0), (0.0, 2.0)]),
        asked_days=st.sampled_from([None, None, 0, 6, 7, 30]),
        load=st.sampled_from([0.0, 0.0, 1.0, 7.5]),
        competes=st.sampled_from([None, None, None, True, False]),
    )


WISHES = st.builds(
    Wish,
    tier=st.sampled_from([None, None, 1, 3]),
    language=st.sampled_from(["", "", "", "es"]),
    within_km=st.sampled_from([None, None, 5.0, 40.0]),
)


@st.composite
def cards(draw: st.DrawFn, need_id: int, ids: Sequence[int]) -> NeedCard:
    """A need, mostly open; sometimes with a partner, also with one that is none of these."""
    status = draw(st.sampled_from(["open"] * 8 + ["introduced", "filled"]))
    chosen = draw(st.sampled_from([*ids, 999])) if status != "open" or draw(st.integers(0, 9)) == 0 else None
    return need(
        need_id,
        draw(st.sampled_from(SOLD * 4 + ("plumber", ""))),
        status=status,
        business_id=chosen,
        pinned=status == "open" and chosen is not None,
        grade=draw(st.sampled_from(["", "A", "B", "C"])),
        wish=draw(WISHES),
        value_cents=draw(st.sampled_from([0, 100_00, 200_00, 700_00])),
        lat=draw(st.sampled_from([TOWN[0], TOWN[0] + 8 * KM, TOWN[0] + 30 * KM, None])),
    )


@st.composite
def towns(draw: st.DrawFn) -> Town:
    """Up to five businesses and up to seven needs, so that everything can be tried out."""
    ids = list(range(1, draw(st.integers(1, 5)) + 1))
    return Town(
        businesses=[draw(businesses(one)) for one in ids],
        told={one: draw(tolds()) for one in ids if draw(st.integers(0, 3))},
        needs=[draw(cards(one, ids)) for one in range(1, draw(st.integers(1, 7)) + 1)],
    )


@st.composite
def tight_towns(draw: st.DrawFn) -> Town:
    """Businesses that differ in what they sell and in how much room they have, and in nothing that stops them."""
    ids = list(range(1, draw(st.integers(1, 5)) + 1))
    sells = st.sets(st.sampled_from(SOLD), min_size=1, max_size=3)
    places = st.sampled_from([TOWN[0], TOWN[0] + 3 * KM, TOWN[0] + 9 * KM])
    return Town(
        businesses=[business(one, *sorted(draw(sells)), lat=draw(places)) for one in ids],
        told={one: Told(room=draw(st.integers(0, 2)), load=draw(st.sampled_from([0.0, 2.0, 9.0]))) for one in ids},
        needs=[
            need(
                one,
                draw(st.sampled_from(SOLD)),
                lat=draw(places),
                value_cents=draw(st.sampled_from([100_00, 100_00, 300_00, 900_00])),
            )
            for one in range(1, draw(st.integers(1, 7)) + 1)
        ],
    )
