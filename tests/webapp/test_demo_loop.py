"""What goes on in the demo: its pages are alive on the day on which it is opened."""

from matcher.units import now_utc
from tests.webapp.conftest import Town
from webapp.demo_contacts import acquaint
from webapp.demo_loop import go_round


def test_the_demo_is_alive(busy: Town) -> None:
    """The made-up owner has tasks of many kinds, introductions at several stages, and somebody to thank twice."""
    network = busy.circle
    acquaint(network)
    go_round(network, now_utc().date())
    due = {task.rule for task in network.agenda()}
    assert {"thank_now", "thank_again", "connect", "ask_promised", "ask_saved", "became", "keep_in_touch"} <= due
    stages = [card.stage for card in network.introductions()]
    assert {"drafted", "target_asked", "agreed", "connected", "later", "closed"} == set(stages)
    assert network.introductions(("drafted",))[0].stops == ()  # the visitor may ask somebody
    referrals = network.referrals()
    assert {(card.given, card.result) for card in referrals.referrals} >= {(True, "nowhere"), (False, "done")}
    assert any(card.thanked_on and card.owed for card in referrals.referrals)
    sales = network.sales()
    assert {(sale.promised, sale.delivered) for sale in sales} >= {(3, 1), (3, 0)}
    assert any(sale.meeting_on > now_utc().date().isoformat() for sale in sales)
    assert {one.leaning for one in network.sources().sources} == {"even", "we_give", "they_give"}
