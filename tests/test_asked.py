"""An ask that is done on the agenda counts wherever it matters how often, and when, somebody was asked."""

from datetime import timedelta

from matcher.answers.agenda import SaleTold
from matcher.answers.cared import CareTold
from matcher.answers.partners import Profile
from matcher.answers.told import ClientTold
from matcher.answers.whose import Whose
from matcher.network import Network
from matcher.units import now_utc
from tests.networks import MOVERS, id_of

DAY = timedelta(days=1)
TODAY = now_utc().date()
YESTERDAY = (TODAY - DAY).isoformat()


def test_an_ask_that_is_done_counts_once(alice: Network) -> None:
    """It raises how often they were asked and says when; done twice it is one, and undone it is as before."""
    mia = Whose(person_id=alice.add_client(ClientTold(name="Mia Hart", grade="A")))
    alice.set_care(mia, CareTold(rhythm_days=90, asked_count=2))
    sale = alice.note_sale(mia.person_id or 0, SaleTold(what="the loan", agreed_on=TODAY - 40 * DAY, promised=1))
    alice.note_sale_step(sale, "done", TODAY - 20 * DAY)
    alice.note_sale_step(sale, "results", TODAY - 3 * DAY)
    key = f"ask_promised:sale:{sale}"
    for _ in range(2):
        alice.do_task(key, on=TODAY - DAY)
        assert alice.care(mia) == CareTold(rhythm_days=90, asked_count=3)
        assert alice.motivation(person_id=mia.person_id).asked_on == (TODAY - DAY).isoformat()
    alice.do_task(f"share_results:sale:{sale}")  # asks for no referral
    alice.undo_task(key)
    alice.undo_task(key)
    assert alice.care(mia) == CareTold(rhythm_days=90, asked_count=2)
    assert alice.motivation(person_id=mia.person_id) == Profile()


def test_the_last_ask_counts(alice: Network) -> None:
    """A partner's day stays the later one that the owner told, and falls back to the ask before when one is undone."""
    movers = Whose(id_of(alice, MOVERS))
    moments = [alice.note_moment(movers, "joined", words, on=TODAY - 2 * DAY) for words in ("The chamber.", "A club.")]
    first, second = (f"ask_joined:moment:{number}" for number in moments)

    def asked() -> tuple[int, str]:
        return alice.care(movers).asked_count, alice.motivation(movers.business_id).asked_on

    alice.do_task(first, on=TODAY - 2 * DAY)
    alice.do_task(second)
    assert asked() == (2, TODAY.isoformat())
    alice.undo_task(second)
    assert asked() == (1, (TODAY - 2 * DAY).isoformat())
    alice.set_motivation(Profile(asked_on=YESTERDAY), movers.business_id)
    alice.undo_task(first)
    assert asked() == (0, YESTERDAY)
