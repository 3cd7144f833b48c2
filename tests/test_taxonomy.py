"""The shipped knowledge: complete, without unknown codes, within its ranges."""

import re
from collections import Counter, defaultdict
from itertools import pairwise

import pytest

from matcher.names import lookup_key
from matcher.taxonomy import Service, Taxonomy, read_rows, taxonomy

CODE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
SCHEMES = {"naics2022": re.compile(r"\d{6}"), "naics2012": re.compile(r"\d{6}"), "osm": re.compile(r"[a-z_:]+=\S+")}
LEAST = {"services": 320, "markets": 110, "journeys": 150, "steps": 2_200, "synonyms": 5, "phrases": 3}


@pytest.fixture(scope="module")
def known() -> Taxonomy:
    """The taxonomy that the product uses."""
    return taxonomy()


def listed(findings: object) -> None:
    """Fail with all findings, one a line."""
    found = sorted(findings)  # type: ignore[call-overload]
    assert not found, "\n" + "\n".join(map(str, found))


def test_size(known: Taxonomy) -> None:
    """The knowledge is as wide as promised."""
    assert len(known.services) >= LEAST["services"]
    assert len(known.markets) >= LEAST["markets"]
    assert len(known.journeys) >= LEAST["journeys"]
    assert sum(len(journey.steps) for journey in known.journeys.values()) >= LEAST["steps"]


@pytest.mark.parametrize("name", ["groups", "services", "markets", "journeys"])
def test_codes(name: str) -> None:
    """Each code is lower case words, given once and fits its column in the database."""
    codes = [row["code"] for row in read_rows(f"{name}.csv")]
    listed(code for code, times in Counter(codes).items() if times > 1 or not CODE.fullmatch(code) or len(code) > 40)


@pytest.mark.parametrize("name", ["groups", "services", "markets", "journeys"])
def test_names_differ(name: str) -> None:
    """No two things of a kind have the same name."""
    names = Counter(lookup_key(row["name"]) for row in read_rows(f"{name}.csv"))
    listed(name for name, times in names.items() if times > 1 or not name)


def test_no_unknown_code(known: Taxonomy) -> None:
    """Every service, market, journey and group that a file names exists."""
    services, journeys = set(known.services), set(known.journeys)
    named = [
        ("services.csv", "group", set(known.groups)),
        ("synonyms.csv", "service", services),
        ("phrases.csv", "service", services),
        ("industry_codes.csv", "service", services),
        ("category_words.csv", "service", services),
        ("steps.csv", "service", services),
        ("occasions.csv", "journey", journeys),
        ("steps.csv", "journey", journeys),
        ("stages.csv", "journey", journeys),
    ]
    listed(
        {(file, row[column]) for file, column, codes in named for row in read_rows(file) if row[column] not in codes}
    )
    listed({m for journey in known.journeys.values() for m in journey.markets if m not in known.markets})


def test_every_service_is_reached(known: Taxonomy) -> None:
    """Every service stands in a journey, and through its journeys serves a market."""
    markets = defaultdict(set)
    for journey in known.journeys.values():
        for step in journey.steps:
            markets[step.service] |= set(journey.markets)
    listed(code for code in known.services if not markets[code])


def test_every_market_and_group_is_used(known: Taxonomy) -> None:
    """Every market goes through a journey and every group holds a service."""
    listed(set(known.markets) - {market for journey in known.journeys.values() for market in journey.markets})
    listed(set(known.groups) - {service.group for service in known.services.values()})


@pytest.mark.parametrize("scheme", ["naics2022", "naics2012"])
def test_every_service_has_industry_codes_or_a_reason(known: Taxonomy, scheme: str) -> None:
    """Every service has NAICS codes of either year, or says why there are none; never both."""
    coded = {row["service"] for row in read_rows("industry_codes.csv") if row["scheme"] == scheme}
    listed(code for code, service in known.services.items() if (code in coded) == bool(service.no_naics_reason))


def test_industry_codes() -> None:
    """Industry codes have the form of their scheme, are given once for a service, and shares are within 0 and 1."""
    rows = read_rows("industry_codes.csv")
    listed(tuple(row.values()) for row in rows if not SCHEMES[row["scheme"]].fullmatch(row["code"]))
    listed(tuple(row.values()) for row in rows if not 0 < float(row["share"]) <= 1)
    times = Counter((row["service"], row["scheme"], row["code"]) for row in rows)
    listed(key for key, count in times.items() if count > 1)


def test_category_words() -> None:
    """A category and a service have one share, above 0 and up to 1, in whatever order the words stand."""
    rows = read_rows("category_words.csv")
    listed(tuple(row.values()) for row in rows if not row["words"] or not 0 < float(row["share"]) <= 1)
    shares: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        shares[" ".join(sorted(row["words"].split())), row["service"]].add(row["share"])
    listed(f"{pair}: {given}" for pair, given in shares.items() if len(given) > 1)


def test_occasions() -> None:
    """No two journeys claim the same words with the same choice, and all words tell of something."""
    rows = read_rows("occasions.csv")
    times = Counter((row["text"].casefold(), row["choice"]) for row in rows)
    listed(claim for claim, count in times.items() if count > 1)
    listed(tuple(row.values()) for row in rows if not lookup_key(row["text"]) or row["choice"] not in ("1", "2"))


def test_market_words() -> None:
    """A word for a market belongs to one market only, and no market's name breaks a list of markets in a cell."""
    rows = read_rows("markets.csv")
    words = [lookup_key(word) for row in rows for word in row["synonyms"].split(";")]
    listed(word for word, times in Counter(words).items() if times > 1 or not word)
    listed(row["name"] for row in rows if set(row["name"]) & set(",;|"))
    assert {row["kind"] for row in rows} == {"life", "household", "business"}


def test_renumbered_codes() -> None:
    """Old industry codes lead to one of today's, in one step."""
    renumbered = {row["old"]: row["new"] for row in read_rows("naics_renumbered.csv")}
    listed(code for pair in renumbered.items() for code in pair if not SCHEMES["naics2012"].fullmatch(code))
    listed(new for new in renumbered.values() if new in renumbered)


def test_naics_sectors() -> None:
    """The NAICS codes are those of the sectors that there are."""
    sectors = {11, 21, 22, 23, 31, 32, 33, 42, 44, 45, 48, 49, 51, 52, 53, 54, 55, 56, 61, 62, 71, 72, 81, 92}
    codes = {row["code"] for row in read_rows("industry_codes.csv") if row["scheme"].startswith("naics")}
    listed(code for code in codes if int(code[:2]) not in sectors)


def test_words_for_every_service(known: Taxonomy) -> None:
    """Every service has at least five synonyms and three phrases that clients say, none of them twice."""
    for service in known.services.values():
        assert len(set(map(str.casefold, service.synonyms))) >= LEAST["synonyms"], service.code
        assert len(set(map(str.casefold, service.phrases))) >= LEAST["phrases"], service.code
        assert len(set(map(str.casefold, service.phrases))) == len(service.phrases), service.code


def test_shared_words_have_a_tie_break() -> None:
    """Where several services claim the same word exactly one is the first choice and no two share a rank."""
    claims: dict[str, dict[str, int]] = defaultdict(dict)
    for row in read_rows("synonyms.csv"):
        standing = claims[lookup_key(row["text"])]
        choice = int(row["choice"])
        standing[row["service"]] = min(choice, standing.get(row["service"], choice))
    listed(
        f"{key}: {standing}"
        for key, standing in claims.items()
        if not key or min(standing.values()) != 1 or len(set(standing.values())) < len(standing)
    )


def test_ranges(known: Taxonomy) -> None:
    """Clients a year and order values are ranges in order, with what they rest on; a public office may ask nothing."""

    def wrong(service: Service) -> bool:
        clients = 0 < service.clients_low <= service.clients_high
        orders = 0 <= service.order_low_usd <= service.order_high_usd > 0
        return not (clients and orders and service.basis)

    listed(code for code, service in known.services.items() if wrong(service))


def test_no_placeholder_is_left(known: Taxonomy) -> None:
    """The figures of no two groups of services rest on the same few words."""
    bases = Counter(service.basis for service in known.services.values())
    listed(basis for basis, times in bases.items() if times > 5)


def test_restrictions_have_a_source(known: Taxonomy) -> None:
    """Paid referrals are free or restricted, and whatever is restricted names the rule."""
    allowed = {("free", False), ("restricted", True)}
    services = known.services.items()
    listed(code for code, s in services if (s.paid_referrals, bool(s.paid_referrals_source)) not in allowed)


def test_refers(known: Taxonomy) -> None:
    """How readily a business sends its clients on is a share, and not the same for all."""
    refers = {service.refers for service in known.services.values()}
    assert all(0 < share <= 1 for share in refers)
    assert len(refers) > 1


def test_sells_to(known: Taxonomy) -> None:
    """Every service sells to households, to businesses or to both."""
    assert {service.sells_to for service in known.services.values()} == {"households", "businesses", "both"}


def test_journeys(known: Taxonomy) -> None:
    """Every journey has a market, a frequency, and stages from 1 without a gap that name a service once each."""
    for journey in known.journeys.values():
        assert journey.markets, journey.code
        assert 0 < journey.starts_per_10k <= 10_000, journey.code
        assert journey.region in ("", "us", "europe"), journey.code
        stages = sorted({step.stage for step in journey.steps})
        assert stages, journey.code
        assert stages[0] == 1, journey.code
        assert all(after == before + 1 for before, after in pairwise(stages)), journey.code
        assert len({step.service for step in journey.steps}) == len(journey.steps), journey.code
        assert all(0 < step.chance <= 1 for step in journey.steps), journey.code


def test_every_stage_has_its_window(known: Taxonomy) -> None:
    """Every stage of a journey that has a step, and no other, says once when it comes up."""
    rows = Counter((row["journey"], int(row["stage"])) for row in read_rows("stages.csv"))
    listed(stage for stage, times in rows.items() if times > 1)
    stages = {(journey.code, step.stage) for journey in known.journeys.values() for step in journey.steps}
    listed(rows.keys() ^ stages)
    assert stages == {(journey.code, stage) for journey in known.journeys.values() for stage in journey.windows}


def test_windows(known: Taxonomy) -> None:
    """A window ends after it begins, from three years before day zero to five after; a later stage begins no sooner."""
    windows = {
        journey.code: [journey.windows[n] for n in sorted(journey.windows)] for journey in known.journeys.values()
    }
    listed(code for code, some in windows.items() if not all(-1095 <= begin < end <= 1825 for begin, end in some))
    listed(code for code, some in windows.items() if any(one[0] > other[0] for one, other in pairwise(some)))


def test_day_zero(known: Taxonomy) -> None:
    """Every journey says in a few plain words from which day it is counted, so that they end a sentence."""
    plain = re.compile(r"[a-z][A-Za-z0-9'-]*( [A-Za-z0-9'-]+){1,7}")
    listed(f"{j.code}: {j.day_zero}" for j in known.journeys.values() if not plain.fullmatch(j.day_zero))
