"""The partners that trade knowledge names for every service come first.

The lists in data/golden/partners.csv were written from trade knowledge, before the model's answers were seen. They have
been used for tuning the journeys since, so they guard against losses and measure nothing new.
"""

import csv
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from matcher.answers.partners import Mode
from matcher.engine.flow import Flow
from matcher.taxonomy import taxonomy
from tests.bench.partners import service_scores, text_modes

LISTS = Path(__file__).parents[1] / "data/golden/partners.csv"
LEAST_RECALL = {"words": 0.752, "meaning": 0.738}  # reached .772, .758
LEAST_HIT = {"words": 0.969, "meaning": 0.964}  # reached .989, .984

Lists = dict[str, list[str]]


@pytest.fixture(scope="module")
def golden() -> Lists:
    """The partners of each service, best first."""
    lists: Lists = defaultdict(list)
    with LISTS.open(encoding="utf-8", newline="") as file:
        for row in sorted(csv.DictReader(file), key=lambda row: int(row["place"])):
            lists[row["service"]].append(row["partner"])
    return lists


@pytest.fixture(scope="module", params=text_modes().items(), ids=lambda mode: mode[0])
def mode(request: pytest.FixtureRequest) -> tuple[Mode, Lists]:
    """A text mode, and with it for each service all other services, the best partner first."""
    name, alike = request.param
    return name, ranked(Flow(taxonomy(), alike))


def ranked(flow: Flow) -> Lists:
    """All other services for each service, the best partner first."""
    order = np.argsort(-service_scores(flow), axis=1, kind="stable")
    return {
        code: [flow.codes[other] for other in order[number] if other != number]
        for number, code in enumerate(flow.codes)
    }


def test_every_service_has_a_list_of_partners(golden: Lists) -> None:
    """Each service has six to nine different partners, all of them services, never itself."""
    known = set(taxonomy().services)
    assert set(golden) == known
    for service, partners in golden.items():
        assert 6 <= len(partners) == len(set(partners)) <= 9, service
        assert set(partners) <= known - {service}, service


def test_the_partners_are_among_the_first_ten(golden: Lists, mode: tuple[Mode, Lists]) -> None:
    """On average over all services, as many of the named partners are among the first ten as when last tuned."""
    name, found = mode
    shares = [len(set(named) & set(found[service][:10])) / len(named) for service, named in golden.items()]
    assert float(np.mean(shares)) >= LEAST_RECALL[name]


def test_a_best_partner_is_among_the_first_five(golden: Lists, mode: tuple[Mode, Lists]) -> None:
    """For as many services as when last tuned, one of the three best partners is among the first five."""
    name, found = mode
    hits = [not set(named[:3]).isdisjoint(found[service][:5]) for service, named in golden.items()]
    assert float(np.mean(hits)) >= LEAST_HIT[name]
