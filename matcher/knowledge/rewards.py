"""Rules on thanking people who send clients, read once from `data/rewards.csv`: refused, limited or to be asked.

The rules are written from knowledge and have to be checked: they are no legal advice. `data/README.md` explains every
column.
"""

import csv
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from matcher.answers.partners import Reward
from matcher.knowledge.places import STATES
from matcher.taxonomy import data_folder, taxonomy

KINDS: tuple[Reward, ...] = ("word", "card", "gift", "charity", "access", "money")
WITH_VALUE: tuple[Reward, ...] = ("gift", "charity", "access", "money")  # what can be worth something
COUNTRIES = {
    **{"US": "United States, state not known", "UK": "United Kingdom", "DE": "Germany", "FR": "France"},
    **{"AT": "Austria", "BE": "Belgium", "BG": "Bulgaria", "CY": "Cyprus", "CZ": "Czechia", "DK": "Denmark"},
    **{"EE": "Estonia", "ES": "Spain", "FI": "Finland", "GR": "Greece", "HR": "Croatia", "HU": "Hungary"},
    **{"IE": "Ireland", "IT": "Italy", "LT": "Lithuania", "LU": "Luxembourg", "LV": "Latvia", "MT": "Malta"},
    **{"NL": "Netherlands", "PL": "Poland", "PT": "Portugal", "RO": "Romania", "SE": "Sweden", "SI": "Slovenia"},
    "SK": "Slovakia",
}
PLACES: Mapping[str, str] = COUNTRIES | {f"US-{code}": name.title() for name, code in STATES.items()}
IN_THE_EU = frozenset(COUNTRIES) - {"US", "UK"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule on thanking, for some services in one place."""

    code: str
    services: frozenset[str]
    place: str  # US, US-WA, UK, EU, DE
    rewards: tuple[Reward, ...]  # the kinds that it is about
    rule: str  # in plain words
    limit_cents: int | None  # in any twelve months, for all its kinds together
    currency: str  # of the limit: USD, EUR or GBP
    verdict: str  # refused, limited or ask
    source: str
    checked_on: str  # when somebody compared it with its source, such as 2026-11-26; empty: not yet


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in the order of the file."""
    with (data_folder() / "rewards.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_rule(row) for row in csv.DictReader(file))


def rules_for(services: Collection[str], place: str) -> tuple[Rule, ...]:
    """The rules for these services in a place; all of them where the place is not known.

    Of rules with the same code only the one for the nearest place counts: a state's instead of its country's.
    """
    ours = [rule for rule in rules() if not rule.services.isdisjoint(services)]
    if place not in PLACES or place == "US":
        return tuple(rule for rule in ours if place != "US" or rule.place.startswith("US"))
    near = [place, place.split("-")[0], *(["EU"] if place in IN_THE_EU else [])]
    held = sorted((rule for rule in ours if rule.place in near), key=lambda r: (r.code, near.index(r.place)))
    return tuple(next(same) for _, same in groupby(held, key=lambda rule: rule.code))


def restrictions(services: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """(Service, law or rule) of those of these services for which paid referrals are restricted."""
    known = taxonomy().services
    held = [known[code] for code in services if code in known]
    return tuple((one.name, one.paid_referrals_source) for one in held if one.paid_referrals != "free")


def place_of(text: str, country: str = "") -> str:
    """The code of a place as people write it, such as “Tucson, AZ”; empty when it cannot be told."""
    end = text.rpartition(",")[2].strip()
    state = end.split(" ")[0].upper() if end else ""
    if f"US-{state}" in PLACES and country in ("", "US"):
        return f"US-{state}"
    code = "UK" if country == "GB" else country
    return code if code in PLACES else ""


def _rule(row: dict[str, str]) -> Rule:
    return Rule(
        code=row["code"],
        services=_services(row["services"].split()),
        place=row["place"],
        rewards=tuple(row["rewards"].split()),  # type: ignore[arg-type]
        rule=row["rule"],
        limit_cents=int(row["limit_cents"]) if row["limit_cents"] else None,
        currency=row["currency"],
        verdict=row["verdict"],
        source=row["source"],
        checked_on=row["checked_on"],
    )


def _services(named: Iterable[str]) -> frozenset[str]:
    """Services by code; `restricted:health` names those of a group for which paid referrals are restricted."""
    found: set[str] = set()
    for name in named:
        _, colon, group = name.partition(":")
        found |= {s.code for s in taxonomy().services.values() if s.group == group and s.paid_referrals != "free"}
        found |= set() if colon else {name}
    return frozenset(found)
