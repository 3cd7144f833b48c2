"""How the world is divided: services, markets and journeys, read once from the CSV files of `data/taxonomy`."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path

from matcher.answers.partners import Sells, ServiceGuess
from matcher.names import WordIndex, lookup_key, nearest

NEAR = 0.86  # likeness below which a spelling is another word (tuned on typing errors of one letter in seven)
NEAR_SURE = 0.9  # confidence in a name of near spelling, times its likeness (prior)
WORDS_ALIKE = 0.7  # share of telling words below which two names are different things (prior)
WORDS_SURE = 0.7  # confidence in a name that shares words only, times its likeness (prior)
SECOND_CHOICE = 0.8  # confidence in the second service that a name may mean, against the first (prior)


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """Something that businesses sell, with the figures we assume until the owner tells us better."""

    code: str
    name: str
    group: str
    sells_to: Sells
    clients_low: int  # clients a year of a typical small firm
    clients_high: int
    order_low_usd: int  # what one client brings the firm
    order_high_usd: int
    basis: str  # what the ranges rest on
    refers: float  # how readily such a business sends its clients on to others, 0-1
    paid_referrals: str  # free, or restricted by law or professional rule
    paid_referrals_source: str
    no_naics_reason: str
    synonyms: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Market:
    """A kind of client: a stage of life, a kind of household, a kind of business."""

    code: str
    name: str
    kind: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A service that a journey calls for, at a stage (from 1), with the chance (0-1) that such a client needs it."""

    stage: int
    service: str
    chance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """A life or business event, the markets that go through it and the services it calls for."""

    code: str
    name: str
    markets: tuple[str, ...]
    starts_per_10k: float  # journeys begun a year per 10,000 inhabitants
    region: str  # where alone it is known: us, europe; empty: everywhere
    day_zero: str  # from which day its stages are counted: "they get the keys", "of the wedding"
    steps: tuple[Step, ...]
    windows: Mapping[int, tuple[int, int]]  # stage -> days from day zero (negative: before) between which it falls


def data_folder() -> Path:
    """Where the taxonomy is: beside the installed package, or at the top of a checkout."""
    here = Path(__file__).parent
    return here / "data" if (here / "data").is_dir() else here.parent / "data"


def read_rows(name: str) -> list[dict[str, str]]:
    """All rows of one file of `data/taxonomy`."""
    with (data_folder() / "taxonomy" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Taxonomy:
    """Everything in `data/taxonomy`, with look-up by code, synonym and near name."""

    def __init__(self) -> None:
        self.groups = {row["code"]: row["name"] for row in read_rows("groups.csv")}
        synonyms, phrases = defaultdict(list), defaultdict(list)
        self._choices: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for row in read_rows("synonyms.csv"):
            synonyms[row["service"]].append(row["text"])
            self._choices[lookup_key(row["text"])].append((int(row["choice"]), row["service"]))
        for row in read_rows("phrases.csv"):
            phrases[row["service"]].append(row["text"])
        self.services = {
            row["code"]: _service(row, tuple(synonyms[row["code"]]), tuple(phrases[row["code"]]))
            for row in read_rows("services.csv")
        }
        for service in self.services.values():
            self._choices[lookup_key(service.name)].append((0, service.code))
            self._choices[lookup_key(service.code.replace("_", " "))].append((3, service.code))
        self.markets = {row["code"]: _market(row) for row in read_rows("markets.csv")}
        self.journeys = _journeys()

    def also(self, services: Iterable[Service]) -> "Taxonomy":
        """The same with some services more, by their codes; texts and journeys go on knowing nothing of them."""
        whole = copy(self)
        whole.services = self.services | {one.code: one for one in services}
        return whole

    def find_service(self, text: str, limit: int = 5) -> list[ServiceGuess]:
        """Services that a name may mean, surest first: the same words, then near spellings; empty when unknown."""
        if found := self.spelled(text, limit):
            return found
        shared = self._words.find(lookup_key(text), WORDS_ALIKE)[: 4 * limit]
        return self._guesses([(name, WORDS_SURE * likeness, f"like “{name}”") for name, likeness in shared], limit)

    def spelled(self, text: str, limit: int = 5) -> list[ServiceGuess]:
        """Services of this very name, else of one in near spelling, surest first; empty when there is none."""
        key = lookup_key(text)
        if text in self.services:
            return [ServiceGuess(service=text, confidence=1.0, why="code")]
        if key in self._choices:
            return self._guesses([(key, 1.0, "name")], limit)
        near = nearest(key, self._choices, NEAR, limit)
        return self._guesses([(name, NEAR_SURE * likeness, f"near “{name}”") for name, likeness in near], limit)

    def named(self, text: str) -> str:
        """The code of the service of this very name or synonym; empty when there is none."""
        found = self._choices.get(lookup_key(text))
        return min(found)[1] if found else ""

    def _guesses(self, names: list[tuple[str, float, str]], limit: int) -> list[ServiceGuess]:
        likely: dict[str, ServiceGuess] = {}
        for found, likeness, why in names:
            for place, (_, service) in enumerate(sorted(self._choices[found])):
                guess = ServiceGuess(service=service, confidence=likeness * SECOND_CHOICE**place, why=why)
                if service not in likely or likely[service].confidence < guess.confidence:
                    likely[service] = guess
        return sorted(likely.values(), key=lambda guess: -guess.confidence)[:limit]

    @cached_property
    def _words(self) -> WordIndex:
        return WordIndex(self._choices)

    def find_market(self, text: str) -> str | None:
        """The code of a market given by code, name, synonym or near spelling; None when unknown."""
        if text in self.markets:
            return text
        key = lookup_key(text)
        if not key or key in self._market_names:
            return self._market_names.get(key)
        return next((self._market_names[near] for near, _ in nearest(key, self._market_names, NEAR, 1)), None)

    @cached_property
    def _market_names(self) -> Mapping[str, str]:
        markets = self.markets.values()
        synonyms = {lookup_key(text): market.code for market in markets for text in market.synonyms}
        return synonyms | {lookup_key(market.name): market.code for market in markets}

    @cached_property
    def digest(self) -> str:
        """Tells this knowledge from any other: the hash of all its files."""
        total = sha256()
        for path in sorted((data_folder() / "taxonomy").glob("*.csv")):
            total.update(path.read_bytes())
        return total.hexdigest()

    @cached_property
    def industry_codes(self) -> Mapping[tuple[str, str], Mapping[str, float]]:
        """(scheme, code) -> service -> share of businesses under that code that offer it."""
        codes: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
        for row in read_rows("industry_codes.csv"):
            codes[row["scheme"], row["code"]][row["service"]] = float(row["share"])
        return codes


def _service(row: dict[str, str], synonyms: tuple[str, ...], phrases: tuple[str, ...]) -> Service:
    numbers: dict[str, float] = {
        name: int(row[name]) for name in ("clients_low", "clients_high", "order_low_usd", "order_high_usd")
    }
    numbers["refers"] = float(row["refers"])
    return Service(**{**row, **numbers}, synonyms=synonyms, phrases=phrases)  # type: ignore[arg-type]


def _market(row: dict[str, str]) -> Market:
    synonyms = tuple(filter(None, row["synonyms"].split(";")))
    return Market(code=row["code"], name=row["name"], kind=row["kind"], synonyms=synonyms)


def _journeys() -> dict[str, Journey]:
    steps: dict[str, list[Step]] = defaultdict(list)
    for row in read_rows("steps.csv"):
        step = Step(stage=int(row["stage"]), service=row["service"], chance=float(row["chance"]))
        steps[row["journey"]].append(step)
    windows: dict[str, dict[int, tuple[int, int]]] = defaultdict(dict)
    for row in read_rows("stages.csv"):
        windows[row["journey"]][int(row["stage"])] = int(row["from_days"]), int(row["to_days"])
    return {
        row["code"]: Journey(
            code=row["code"],
            name=row["name"],
            markets=tuple(row["markets"].split()),
            starts_per_10k=float(row["starts_per_10k"]),
            region=row["region"],
            day_zero=row["day_zero"],
            steps=tuple(steps[row["code"]]),
            windows=windows[row["code"]],
        )
        for row in read_rows("journeys.csv")
    }


@cache
def taxonomy() -> Taxonomy:
    """The taxonomy of this installation, read once."""
    return Taxonomy()
