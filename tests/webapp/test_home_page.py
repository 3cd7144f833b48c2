"""The first page after signing in: an answer."""

import html
from datetime import timedelta

from matcher.answers.invited import ApplicationTold
from matcher.answers.partners import Place
from matcher.answers.referred import ReferralTold
from matcher.answers.told import ClientTold, NeedTold
from matcher.answers.whose import Whose
from matcher.units import now_utc
from matcher.visitors.answering import apply
from tests.webapp.conftest import Town


def test_it_answers_first(busy: Town) -> None:
    """The first page says how much the network fills, what to do, and what is likely soon."""
    page = html.unescape(busy.visitor("ana").get("/").text)
    found = busy.circle.coverage()
    assert found.sentence.partition(". ")[0] in page
    assert "Introduce them" in page
    assert busy.circle.upcoming(1)[0].client in page
    assert "Bjornstad Insurance" in page


def test_what_to_do_next_comes_first(busy: Town) -> None:
    """Of today's tasks the three that press most stand above all else, with reason and link; with none, one action."""
    network, today = busy.circle, now_utc().date()
    ana = busy.visitor("ana")
    assert "Nothing is due today." in ana.get("/").text
    partner = Whose(business_id=network.agreed_partners()[0].business_id)
    before = today - timedelta(days=40)
    network.add_referral(ReferralTold(given=True, whose=partner, prospect="Old", referred_on=before))
    for name in ("Ann", "Ben", "Cay"):
        told = ReferralTold(given=False, whose=partner, prospect=name, referred_on=today)
        network.add_referral(told)
    page = html.unescape(ana.get("/").text)
    shown = page[page.index("What to do next") : page.index("Introduce them")]
    found = network.pressing()
    assert [task.rule for task in found.tasks] == ["thank_now"] * 3
    for task in found.tasks:
        assert task.reason in shown
        assert f'href="/agenda#{task.key.replace(":", "-")}"' in shown
        assert f'id="{task.key.replace(":", "-")}"' in ana.get("/agenda").text
    assert f"All {found.due} tasks of today" in shown
    assert found.due == len(network.agenda()) == 4


def test_it_says_who_could_close_a_gap(busy: Town) -> None:
    """The service that would close most is there, with how many could."""
    first = busy.circle.recruits(3).services[0]
    page = html.unescape(busy.visitor("ana").get("/").text)
    assert f'href="/coverage/needs?service={first.service}&state=gap"' in page
    assert "in the directory could fill" in page


def test_it_counts_only_what_somebody_could_fill(busy: Town) -> None:
    """A need of a client far away waits as well, but nobody in the directory could fill it."""
    munich, network = Place(name="München", lat=48.14, lon=11.58), busy.circle
    before = network.recruits().services[0]
    assert (before.service, before.could) == ("roofer", len(before.need_ids))
    network.add_client(ClientTold(name="Lena", place=munich), [NeedTold(service="roofer")])
    page = busy.visitor("ana").get("/").text
    assert f"in the directory could fill {before.could} of {before.could + 1} needs." in page


def test_an_answered_call_waits(busy: Town) -> None:
    """A business that answered an open call is there until the owner has decided."""
    network, store = busy.circle, busy.accounts.store
    call = network.open_call("roofer")
    ana = busy.visitor("ana")
    assert "answered your call" not in ana.get("/").text
    apply(store, call.token, ApplicationTold(business="High Roofs", email="high@example.com"))
    assert "One business has answered your call" in ana.get("/").text
    network.decide_application(network.call(call.call_id).applications[0].application_id, "no")
    assert "answered your call" not in ana.get("/").text


def test_before_any_need_there_is_one_friendly_action(peopled: Town) -> None:
    """Somebody without clients, or whose clients have told no need, is asked for the first."""
    ana = peopled.visitor("ana")
    assert "What did a client need lately?" in ana.get("/").text
    peopled.circle.add_client(ClientTold(name="Joe"))
    page = ana.get("/").text
    assert "What do your clients need?" in page
    assert 'action="/clients/read"' in page


def test_the_first_run_still_comes_first(peopled: Town) -> None:
    """Somebody without a business is led to describe it; a stranger is asked to sign in."""
    assert peopled.visitor("cleo").get("/").location == "/start"
    assert peopled.visitor().get("/").location.startswith("/sign-in")
