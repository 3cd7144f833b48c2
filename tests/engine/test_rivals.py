"""The owner's own word on who competes, and partners whom a business would upset."""

from typing import Any

import pytest

from matcher.answers.partners import Explanation, Home
from matcher.engine.compete import COMPETES, PARTLY
from matcher.engine.explain import explain
from matcher.engine.flow import Flow
from matcher.engine.index import Index
from matcher.engine.known import Known
from matcher.engine.picture import Partner
from matcher.engine.rivals import upsets
from matcher.engine.suggest import Question, suggest
from tests.engine.made import TOWN, columns_of

HERE: dict[str, Any] = {"lat": TOWN[0], "lon": TOWN[1]}
AGENT = Home(services={"real_estate_agent": 1.0}, **HERE)
RIVAL, LENDER = 1, 2


@pytest.fixture
def town(flow: Flow) -> Index:
    """Another agent, who also stages homes, and two lenders."""
    services = [
        {"real_estate_agent": 1.0, "home_stager": 1.0},
        {"mortgage_broker": 1.0},
        {"mortgage_broker": 0.2, "financial_advisor": 1.0},
    ]
    return Index(flow, columns_of([Home(business_id=n, services=s, **HERE) for n, s in enumerate(services, start=1)]))


def asked(town: Index, business_id: int, **known: Any) -> Explanation:
    """What is said of one business to an agent who knows this of it."""
    return explain(town, Question(home=AGENT, known={business_id: Known(**known)}), business_id)


def shown(town: Index, question: Question) -> set[int]:
    """Who is suggested."""
    return {s.business_id for s in suggest(town, question, lambda _: {}).suggestions}


def test_the_owner_can_say_that_somebody_does_not_compete(town: Index) -> None:
    """A competitor of whom the owner says that he is none is suggested as if nothing overlapped, with those words."""
    found = asked(town, RIVAL, competes=False, competes_because="They only sell farms.")
    assert asked(town, RIVAL).standing == "competitor"
    assert found.standing == "suggested"
    assert found.sentence.startswith("You said that they do not compete with you, because they only sell farms. ")
    assert found.suggestion is not None
    assert not found.suggestion.partly_competes
    assert found.competitor is not None
    assert (found.competitor.ruled, found.competitor.because) == (False, "They only sell farms.")
    assert found.competitor.overlap_share == 1
    assert "If you took your word back, we would go by what we know: you overlap by 100%." in {
        c.sentence for c in found.changes
    }
    assert RIVAL in shown(town, Question(home=AGENT, known={RIVAL: Known(competes=False)}))


def test_the_owner_can_say_that_somebody_competes(town: Index) -> None:
    """A business of another trade that the owner calls a competitor is kept out, and the sentence says who said so."""
    found = asked(town, LENDER, competes=True)
    assert asked(town, LENDER).standing == "suggested"
    assert (found.standing, found.sentence) == ("competitor", "You said that they compete with you.")
    assert found.suggestion is None
    assert LENDER not in shown(town, Question(home=AGENT, known={LENDER: Known(competes=True)}))


def test_a_reason_that_begins_with_i_keeps_it_large(town: Index) -> None:
    """Words in the first person stay as they were typed."""
    assert asked(town, RIVAL, competes=True, competes_because="I lost two clients to them").sentence == (
        "You said that they compete with you, because I lost two clients to them."
    )


def test_partners_who_would_be_upset_are_named(town: Index) -> None:
    """Open partners who sell the same are warned of, the most upset first, each judged from his own side."""
    partners = [
        Partner(business_id=n, name=name, services={}, stage=stage)
        for n, name, stage in (
            (3, "Wells", "courted"),
            (2, "Ann's Loans", "agreed"),
            (1, "Old", "paused"),
            (99, "Gone", "agreed"),
        )
    ]
    town.put(Home(business_id=4, services={"mortgage_broker": 1.0}, **HERE), 1)
    first, second = upsets(town, Question(home=AGENT, partners=partners), [4])[4]
    assert (first.business_id, first.competes, second.business_id, second.competes) == (2, True, 3, False)
    assert first.overlap_share >= COMPETES > second.overlap_share >= PARTLY
    same = "sells the same (mortgage broker or home lender) in the same area: speak to them first."
    assert first.sentence == f"Ann's Loans, your partner, {same}"
    assert "Wells, whom you are courting, sells some of the same" in second.sentence
    found = explain(town, Question(home=AGENT, partners=partners), 4)
    listed = suggest(town, Question(home=AGENT, partners=partners), lambda _: {}).suggestions
    assert found.upsets == (first, second)
    assert {s.business_id: s.upsets for s in listed}[4] == (first, second)


def test_nobody_is_upset_by_himself_or_through_somebody_else(town: Index) -> None:
    """A partner is not upset by its own acceptance, nor because both compete with a third."""
    stager = Partner(business_id=RIVAL, name="Rival", services={}, stage="agreed")
    assert upsets(town, Question(home=AGENT, partners=[stager]), [RIVAL]) == {RIVAL: ()}
    town.put(Home(business_id=5, services={"home_stager": 1.0, "painter": 1.0}, **HERE), 1)
    town.put(Home(business_id=6, services={"painter": 1.0}, **HERE), 1)
    found = upsets(town, Question(home=AGENT, partners=[stager]), [5, 6])
    assert found[5] != ()
    assert found[6] == ()  # though 6 competes with 5, who competes with the partner
