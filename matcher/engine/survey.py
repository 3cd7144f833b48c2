"""Which services the interest survey offers a client."""

from collections import defaultdict
from collections.abc import Collection

from matcher.answers.invited import SurveyGroup
from matcher.answers.partners import Sells
from matcher.engine.flow import Flow

GROUPS = 18  # offered at most: two columns of nine fit on a phone's screen
SERVICES = 8  # offered of a group at most: one screen again


def offered(flow: Flow, markets: Collection[str], sold: Collection[str]) -> tuple[SurveyGroup, ...]:
    """The commonest groups of services, each with its commonest services first; without what we sell ourselves.

    Of the client's markets only this counts: whether they are households or businesses. The page must not tell its
    reader, or whoever looks over their shoulder, what else we know. A service is as common as its breadth: the sum over
    journeys of sqrt(starts) x chance, journeys of the other kind counting less. A group is as common as what it offers;
    they are read in the order of the taxonomy.
    """
    kinds = kinds_of(flow, markets)
    theirs = [market.code for market in flow.taxonomy.markets.values() if _kind(market.kind) in kinds]
    breadth = dict(zip(flow.codes, flow.breadth_within(theirs), strict=True))
    shelves: dict[str, list[str]] = defaultdict(list)
    for service in flow.taxonomy.services.values():
        if service.code not in sold and service.sells_to in (*kinds, "both"):
            shelves[service.group].append(service.code)
    full = {group: sorted(codes, key=lambda code: -breadth[code])[:SERVICES] for group, codes in shelves.items()}
    common = sorted(full, key=lambda group: -sum(breadth[code] for code in full[group]))[:GROUPS]
    known = [group for group in flow.taxonomy.groups if group in common]
    return tuple(SurveyGroup(code=group, services=tuple(full[group])) for group in known)


def kinds_of(flow: Flow, markets: Collection[str]) -> tuple[Sells, ...]:
    """What kind of client somebody of these markets is; both when nobody has told us."""
    known = flow.taxonomy.markets
    kinds = {_kind(known[code].kind) for code in markets if code in known}
    return tuple(sorted(kinds)) or ("businesses", "households")


def _kind(market: str) -> Sells:
    return "businesses" if market == "business" else "households"
