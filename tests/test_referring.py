"""Referrals, given and received: told, changed, thanked for, taken back, and kept apart between networks."""

import csv
import io
from datetime import timedelta

import pytest

from matcher.answers.cared import CareTold
from matcher.answers.partners import Facts
from matcher.answers.referred import ReferralsWanted, ReferralTold
from matcher.answers.told import ClientTold
from matcher.answers.whose import Whose
from matcher.errors import Conflict, Invalid, NotFound
from matcher.exchange.vcard import read_vcards
from matcher.network import Network
from matcher.store import Store
from matcher.units import now_utc
from tests.networks import INSPECTIONS, REALTY, id_of
from tests.store.conftest import BOB


def received(network: Network, **changes: object) -> ReferralTold:
    """Saguaro Realty sent us Joe; words change it."""
    told = {
        "given": False,
        "whose": Whose(id_of(network, REALTY)),
        "prospect": "Joe Park",
        "service": "mortgage_broker",
    }
    return ReferralTold(**(told | changes))  # type: ignore[arg-type]


def test_a_referral_is_kept_as_told(alice: Network) -> None:
    """A referral received says who sent whom and why, and that thanks are owed at once."""
    number = alice.add_referral(received(alice, because="You answer the phone.", asked_how="soft"))
    card = alice.referral(number)
    assert (card.name, card.prospect, card.because, card.asked_how) == (
        REALTY,
        "Joe Park",
        "You answer the phone.",
        "soft",
    )
    assert (card.result, card.referred_on) == ("open", now_utc().date().isoformat())
    assert [due.kind for due in card.owed] == ["at_once"]


def test_thanked_twice(alice: Network) -> None:
    """Thanks are owed at once, and again as soon as the work is done, and each can be taken back."""
    number = alice.add_referral(received(alice))
    assert alice.thank(number).owed == ()
    assert alice.note_result(number, "won", 250_000).owed == ()
    done = alice.note_result(number, "done")
    assert (done.value_cents, done.closed_on) == (250_000, now_utc().date().isoformat())
    assert [due.kind for due in done.owed] == ["again"]
    assert alice.thank(number, "again").owed == ()
    assert [due.kind for due in alice.unthank(number, "at_once").owed] == ["at_once"]


def test_what_we_gave_is_not_ours_to_thank_for(alice: Network) -> None:
    """A referral given owes no thanks, and none can be noted."""
    number = alice.add_referral(received(alice, given=True))
    assert alice.referral(number).owed == ()
    with pytest.raises(Conflict, match="theirs to say"):
        alice.thank(number)


def test_given_and_received_are_counted_apart(alice: Network) -> None:
    """A list is narrowed by direction, result, source, owed thanks and words; its sums follow what is shown."""
    person = alice.add_client(ClientTold(name="Maria Gómez"))
    first = alice.add_referral(received(alice, result="done", value_cents=100))
    second = alice.add_referral(
        received(alice, whose=Whose(person_id=person), prospect="Zoë", result="won", value_cents=20)
    )
    third = alice.add_referral(received(alice, given=True, whose=Whose(id_of(alice, INSPECTIONS))))

    def numbers(**wanted: object) -> set[int]:
        return {card.referral_id for card in alice.referrals(ReferralsWanted(**wanted)).referrals}  # type: ignore[arg-type]

    assert numbers() == {first, second, third}
    assert numbers(given=True) == {third}
    assert numbers(results=("won", "open")) == {second, third}
    assert numbers(whose=Whose(person_id=person)) == {second}
    assert numbers(owed=True) == {first, second}
    assert numbers(text="gomez") == numbers(text="zoe") == {second}
    assert alice.referrals(ReferralsWanted(given=False)).value_cents == 120
    assert alice.referrals(ReferralsWanted(given=True)).owed == 2


def test_edit_keeps_what_was_thanked(alice: Network) -> None:
    """Changing a referral changes what was told of it, and leaves the thanks."""
    number = alice.add_referral(received(alice))
    alice.thank(number)
    card = alice.edit_referral(number, received(alice, prospect="Joseph Park", note="calls on Friday"))
    assert (card.prospect, card.note, bool(card.thanked_on)) == ("Joseph Park", "calls on Friday", True)


def test_undo_takes_it_back(alice: Network) -> None:
    """A referral that is taken back is gone."""
    number = alice.add_referral(received(alice))
    alice.remove_referral(number)
    assert alice.referrals().total == 0
    with pytest.raises(NotFound):
        alice.remove_referral(number)


def test_files_add_up_to_the_cent(alice: Network) -> None:
    """What a referral brought stands in its file to the cent, so that the file adds up to the page's total."""
    for cents in (123_45, 99, 200_00):
        alice.add_referral(received(alice, result="done", value_cents=cents))
    for content in (alice.export_referrals("csv"), alice.export_sources("csv")):
        rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
        at = [heading.startswith("Worth") for heading in next(rows)].index(True)
        found = [row[at] for row in rows]
        assert round(100 * sum(map(float, found))) == alice.referrals().value_cents


def test_a_new_referral_is_not_thanked_for_before(alice: Network) -> None:
    """What was done about a referral that is taken back does not count for the next one, even with its number."""
    alice.do_task(f"thank_now:referral:{(number := alice.add_referral(received(alice)))}")
    alice.remove_referral(number)
    again = alice.add_referral(received(alice))
    assert [task.key for task in alice.agenda()] == [f"thank_now:referral:{again}"]


def test_nobody_is_thanked_before_the_referral(alice: Network) -> None:
    """Thanks on a day before the referral are a slip of the pen, and refused with a sentence."""
    today = now_utc().date()
    number = alice.add_referral(received(alice, referred_on=today - timedelta(days=2)))
    with pytest.raises(Invalid, match="before the referral"):
        alice.thank(number, on=today - timedelta(days=3))
    assert alice.referral(number).owed


def test_thanks_that_are_taken_back_come_back(alice: Network) -> None:
    """Thanks done on the agenda and taken back with the referral stand on the agenda again, as on the referral."""
    number = alice.add_referral(received(alice))
    alice.do_task(f"thank_now:referral:{number}")
    assert alice.unthank(number, "at_once").owed
    assert [task.key for task in alice.agenda()] == [f"thank_now:referral:{number}"]


def test_another_network_sees_nothing(alice: Network, store: Store) -> None:
    """What one owner was sent, another neither sees nor changes, nor can they hang it on a person of the first."""
    number, bob = alice.add_referral(received(alice)), Network(store, BOB)
    person = alice.add_client(ClientTold(name="Maria"))
    for act in (bob.referral, bob.thank, bob.remove_referral):
        with pytest.raises(NotFound):
            act(number)
    assert bob.referrals().total == 0
    with pytest.raises(NotFound):
        bob.add_referral(ReferralTold(given=False, whose=Whose(person_id=person), prospect="Joe"))
    with pytest.raises(NotFound):
        alice.add_referral(received(alice, introduction_id=999_999))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"prospect": " \u200b "}, "prospect"),
        ({"prospect": "x" * 201}, "prospect"),
        ({"service": "zeppelin"}, "service"),
        ({"asked_how": "loudly"}, "asked_how"),
        ({"result": "lost"}, "result"),
        ({"value_cents": -1}, "value_cents"),
        ({"referred_on": now_utc().date() + timedelta(days=2)}, "on"),
        ({"result": "done", "closed_on": now_utc().date() - timedelta(days=1)}, "closed_on"),
    ],
)
def test_what_cannot_be_kept(alice: Network, changes: dict[str, object], field: str) -> None:
    """What makes no sense is refused by name, and nothing is kept."""
    with pytest.raises(Invalid) as refused:
        alice.add_referral(received(alice, **changes))
    assert refused.value.field == field
    assert alice.referrals().total == 0


def test_the_file_holds_what_the_list_shows(alice: Network) -> None:
    """A file of referrals has a row for each that the list shows under the same filters, and no formula."""
    alice.add_referral(received(alice, prospect="=HYPERLINK(1)"))
    alice.add_referral(received(alice, given=True))
    content = alice.export_referrals("csv", ReferralsWanted(given=False)).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(content))
    assert (row["From or to"], row["Direction"]) == (REALTY, "received")
    assert not row["About"].startswith("=")


def test_referrals_as_cards(alice: Network) -> None:
    """The address book of a filtered list has each source once, with every part of the address."""
    for prospect in ("Joe", "Ann"):
        alice.add_referral(received(alice, prospect=prospect))
    (card,) = read_vcards(alice.export_referrals("vcf", ReferralsWanted(given=False)))
    assert (card.name, card.street) == (REALTY, "1 Main St")
    assert alice.export_referrals("vcf", ReferralsWanted(given=True)) == b""


def test_drafts_of_thanks(alice: Network) -> None:
    """Thanks name who was sent and why, again with what came of it, and in public nobody but the source."""
    number = alice.add_referral(received(alice, because="You ring back."))
    first, again = alice.thank_draft(number).text, alice.thank_draft(number, "again", outcome="They moved in.").text
    assert f"Hi {REALTY}," in first
    assert "Joe Park" in first
    assert "“You ring back.”" in first
    assert "They moved in." in again
    assert "somebody else" in again  # a gentle ask
    public = alice.thank_draft(number, "publicly").text
    assert REALTY in public
    assert "Joe" not in public


def test_somebody_else_when_it_went_nowhere(alice: Network) -> None:
    """For a referral given in vain, another partner for the service is named, never the one who was tried."""
    tried, other = id_of(alice, INSPECTIONS), id_of(alice, REALTY)
    for number in (tried, other):
        alice.correct_facts(number, Facts(services={"home_inspector": 1.0}))
        alice.set_stage(number, "agreed")
    gave = alice.add_referral(received(alice, given=True, whose=Whose(tried), service="home_inspector"))
    assert alice.fallbacks(gave) == ()
    alice.note_result(gave, "nowhere")
    found = alice.fallbacks(gave)
    assert [one.name for one in found][:1] == [REALTY]
    assert tried not in {one.business_id for one in found}
    got = alice.add_referral(received(alice, result="nowhere"))
    assert alice.fallbacks(got) == ()


def test_sources_know_kinds_and_care(alice: Network) -> None:
    """Partners, clients and others are told apart, and what is said of their care goes along, also in the file."""
    realty, maria = Whose(id_of(alice, REALTY)), Whose(person_id=alice.add_client(ClientTold(name="Maria", grade="A")))
    alice.set_stage(id_of(alice, REALTY), "agreed")
    for whose in (realty, maria, Whose(id_of(alice, INSPECTIONS))):
        alice.add_referral(received(alice, whose=whose))
    alice.set_care(realty, CareTold(refers=True, why_not="no_occasion", post_to="1 Main St"))
    found = alice.sources()
    assert {row.name: row.kind for row in found.sources} == {
        REALTY: "partner",
        "Maria": "client",
        INSPECTIONS: "contact",
    }
    assert next(row.grade for row in found.sources if row.name == "Maria") == "A"
    rows = list(csv.DictReader(io.StringIO(alice.export_sources("csv").decode("utf-8-sig"))))
    assert next(row for row in rows if row["Source"] == REALTY)["Address for a letter"] == "1 Main St"


def test_a_card_for_the_talk(alice: Network) -> None:
    """The cause that was chosen gives the words to say; without a cause it is asked for."""
    realty = Whose(id_of(alice, REALTY))
    with pytest.raises(Invalid, match="why they may not send"):
        alice.talk_card(realty)
    alice.set_care(realty, CareTold(why_not="cannot"))
    assert "allowed to send" in alice.talk_card(realty).draft.text
    assert "whom we can help" in alice.talk_card(realty, "knows_not_how").draft.text
