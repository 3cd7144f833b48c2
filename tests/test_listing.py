"""The list of a hundred: names in one line, questions, the queue of tags, and what they change elsewhere."""

import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from matcher.answers.connected import ContactTold, TieTold
from matcher.answers.programme import TagsTold, Which
from matcher.answers.told import ClientTold, NeedTold, Place
from matcher.answers.whose import Whose
from matcher.chapters.listing import names_in
from matcher.coach_kit.services import with_older
from matcher.errors import Invalid, NotFound
from matcher.facts import Person, Programme
from matcher.knowledge.joggers import CIRCLES, joggers_for
from matcher.network import Network
from matcher.readers.named import services_named
from matcher.store import Store
from matcher.taxonomy import read_rows, taxonomy
from matcher.units import now_utc
from tests.kits import KIT
from tests.networks import MOVERS, id_of
from tests.store.conftest import ALICE

KNOWN = TieTold(years=3, contacts_a_year=12, worked_together=False, would_vouch=True)


@pytest.fixture
def database(migrated_file: Path, tmp_path: Path) -> str:
    """One database: nothing here depends on which."""
    return f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'list.db')}"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Mia Hart, Joe Park; Ana", ["Mia Hart", "Joe Park", "Ana"]),
        ("Mia  Hart\r\nMIA HART\n", ["MIA HART"]),
        ("Mia Hart and Joe Park", ["Mia Hart", "Joe Park"]),
        ("Ann and Bob Miller", ["Ann", "Bob Miller"]),
        ("Ann and Bob", ["Ann and Bob"]),
        ("Nguyễn Văn An, 李雷", ["Nguyễn Văn An", "李雷"]),
    ],
)
def test_names_in_one_line(line: str, names: list[str]) -> None:
    """Commas, semicolons, lines and an “and” between whole names part names, each of which is told once."""
    assert list(names_in(line)) == names


def test_names_are_added_once(alice: Network) -> None:
    """Who is on the list already is told and not added; the ones just added can be taken off again."""
    added = alice.add_names("Mia Hart, Joe Park")
    again = alice.add_names("mia hart; Ana Lopez")
    assert (again.names, again.known) == (("Ana Lopez",), ("mia hart",))
    assert (alice.people_list().size, alice.people_list().newest[0]) == (3, "Ana Lopez")
    alice.tag(added.person_ids[0], TagsTold())
    alice.remove_names(added.person_ids)
    assert sorted(one.name for one in alice.contacts()) == ["Ana Lopez", "Mia Hart"]
    with pytest.raises(Invalid, match="one name or more"):
        alice.add_names(" ,; ")


def test_names_that_nobody_sees_are_none(alice: Network) -> None:
    """What cannot be seen is no name and no part of one, and pictures alone are told apart."""
    added = alice.add_names("\u200b, Mia\u200b Hart, 😀")
    assert (added.names, alice.add_names("🐶, 😀").names) == (("Mia Hart", "😀"), ("🐶",))
    with pytest.raises(Invalid, match="one name or more"):
        alice.add_names("\u200b")


def test_more_than_a_name_is_not_taken_back(alice: Network) -> None:
    """Of those just added, nobody goes of whom the owner has told anything since: a number, a lack, a tie."""
    numbers = alice.add_names("Mia Hart, Joe Park, Ana Lopez, Cy Young").person_ids
    alice.edit_contact(numbers[0], ContactTold(name="Mia Hart", phone="520-555-0101"))
    alice.add_lack(numbers[1], "a moving company")
    alice.set_tie(TieTold(years=3), Whose(person_id=numbers[2]))
    assert alice.remove_names(numbers) == 1
    assert sorted(one.name for one in alice.contacts()) == ["Ana Lopez", "Joe Park", "Mia Hart"]
    assert alice.remove_names(numbers[3:]) == 0


def test_the_queue_comes_to_everybody(alice: Network) -> None:
    """The queue goes through all people in turn, comes back to those put off, and ends when all are tagged."""
    first, second = alice.add_names("Mia Hart, Joe Park").person_ids
    assert [_next(alice, after) for after in (0, first, second)] == [first, second, first]
    for number in (first, second):
        alice.tag(number, TagsTold())
    assert alice.next_to_tag() is None
    alice.untag(second)
    assert _next(alice, 0) == second


def _next(alice: Network, after: int) -> int:
    card = alice.next_to_tag(after)
    assert card is not None
    return card.person_id


def test_four_questions_are_kept(alice: Network) -> None:
    """What they do, whom they serve, what they lack and how well known are kept; a tie is the owner's."""
    (mia,) = alice.add_names("Mia Hart").person_ids
    lacks = ("a moving company", "xyzzy")
    told = TagsTold(offers=("plumber",), serves=("engaged",), lacks=lacks, tie=KNOWN, standing="no", city="Tucson")
    card = alice.tag(mia, told)
    assert (card.offers, card.serves, card.standing, card.place, card.tie) == (
        ("plumber",), ("engaged",), "no", "Tucson", KNOWN,
    )  # fmt: skip
    assert [(one.wording, one.service) for one in card.lacks] == list(zip(lacks, ("moving_company", ""), strict=True))
    assert alice.ties(Whose(person_id=mia))[0].would_vouch
    again = alice.tag(mia, TagsTold(lacks=("A moving company",)))
    assert (len(again.lacks), again.offers) == (2, ())
    alice.remove_lack(mia, card.lacks[1].need_id)
    assert len(alice.listed(mia).lacks) == 1


def test_a_kit_adds_services(alice: Network, store: Store) -> None:
    """What a kit adds is known by name, near spelling and phrase to the list that took it; its tags outlive the kit."""
    (mia, joe) = alice.add_names("Mia Hart, Joe Park").person_ids
    with pytest.raises(Invalid):
        alice.tag(mia, TagsTold(offers=("house_blesser",)))
    with pytest.raises(Invalid, match="We do not know “house blesing”"):
        services_named("offers", "house blesing", alice.programme_services())
    with store.session(ALICE, writes=True) as session:
        session.add(Programme(network_id=ALICE, started_on=now_utc().date(), kit=KIT))
    added = alice.programme_services()
    told = services_named("offers", "Plumber, house blesing", added)
    assert alice.tag(mia, TagsTold(offers=told)).offers == ("plumber", "house_blesser")
    lacks = ("a house blessing", "somebody who blesses our new home", "a moving company", "xyzzy")
    card = alice.tag(joe, TagsTold(lacks=lacks))
    assert [one.service for one in card.lacks] == ["house_blesser", "house_blesser", "moving_company", ""]
    alice.stop_programme()
    assert alice.tag(mia, TagsTold(offers=told)).offers == told
    assert services_named("offers", "House blesser", with_older({}, told)) == ("house_blesser",)


def test_clients_need_what_a_kit_adds(alice: Network, store: Store) -> None:
    """A need of such a service is a gap until a partner offers it, and waits unsorted once the kit is gone."""
    client = alice.add_client(ClientTold(name="Cy Young"))
    with store.session(ALICE, writes=True) as session:
        session.add(Programme(network_id=ALICE, started_on=now_utc().date(), kit=KIT))
    (lack,) = alice.tag(client, TagsTold(lacks=("a house blessing",))).lacks
    assert [(one.need.service, one.state) for one in alice.assignment().needs] == [("house_blesser", "gap")]
    assert alice.coverage().gaps[0].sentence.startswith("House blesser: nobody in your network does this")
    assert [(one.service, one.could) for one in alice.recruits().services] == [("house_blesser", 0)]
    movers = id_of(alice, MOVERS)
    alice.set_stage(movers, "agreed")
    face = alice.add_contact(ContactTold(name="Mia Hart", business_id=movers))
    alice.tag(face, TagsTold(offers=("house_blesser",)))
    (served,) = alice.assignment().needs
    assert served.partner is not None
    assert (served.state, served.partner.business_id) == ("ready", movers)
    (row,) = alice.coverage().rows
    assert (row.service, row.covered, row.lone) == ("house_blesser", 1, True)
    assert alice.agreed_partners()[0].services["house_blesser"] == 1.0
    assert b"House blesser" in alice.export("clients", "csv")
    assert b"House blesser" in alice.export("coverage", "csv")
    assert alice.why_not_partner(lack.need_id, movers)
    clients = alice.export("clients", "csv")
    alice.remove_client(client)
    alice.store_import(alice.stage("clients.csv", clients, "clients").import_id)
    (again,) = alice.clients().clients
    assert [(need.service, need.wording) for need in again.needs] == [("house_blesser", "a house blessing")]
    alice.stop_programme()
    assert [(one.need.service, one.state) for one in alice.assignment().needs] == [("", "unsorted")]
    alice.edit_need(again.needs[0].need_id, NeedTold(wording="a house blessing", needed_by=now_utc().date()))
    assert alice.listed(again.client_id).lacks[0].service == "house_blesser"


def test_what_a_kit_adds_is_read(alice: Network, store: Store) -> None:
    """A line tells a need of such a service, which is kept, taken away again, and the owner's word goes first."""
    line = "Cy Young needs a house blesser and a plumber"
    assert not alice.read_note(line).needs[0].sure
    with store.session(ALICE, writes=True) as session:
        session.add(Programme(network_id=ALICE, started_on=now_utc().date(), kit=KIT))
    note = alice.read_note(line)
    assert [(one.guesses[0].service, one.sure) for one in note.needs] == [("house_blesser", True), ("plumber", True)]
    assert note.questions == ()
    assert alice.understand("we need a house blessing").guesses[0].service == "house_blesser"
    client = alice.add_client(ClientTold(name="Cy Young"), [NeedTold(service="house_blesser", wording="the usual")])
    (need,) = alice.client(client).needs
    alice.edit_need(need.need_id, NeedTold(wording="the usual"))
    assert alice.need(need.need_id).service == ""
    alice.correct("the usual", "house_blesser")
    assert alice.understand("the usual").guesses[0].service == "house_blesser"
    alice.stop_programme()
    with pytest.raises(Invalid):
        alice.add_need(client, NeedTold(service="house_blesser"))


def test_a_position_asks(alice: Network, store: Store) -> None:
    """A position from a list suggests what somebody does, and is asked about, not kept."""
    with store.session(ALICE, writes=True) as session:
        session.add(Person(network_id=ALICE, name="Joe", position="Plumber"))
    card = alice.next_to_tag()
    assert card is not None
    assert (card.offers, card.suggested) == ((), ("plumber",))


@pytest.mark.parametrize(
    "told",
    [TagsTold(offers=("x",)), TagsTold(serves=("x",)), TagsTold(standing="x"), TagsTold(lacks=("a",) * 11)],  # type: ignore[arg-type]
)
def test_what_cannot_be_a_tag(alice: Network, told: TagsTold) -> None:
    """A service, market or standing that there is not, and more lacks than anybody tells, are refused."""
    (mia,) = alice.add_names("Mia Hart").person_ids
    with pytest.raises(Invalid):
        alice.tag(mia, told)
    assert alice.listed(mia).tagged_on == ""


def test_figures_count_clients_alone(alice: Network) -> None:
    """What a contact may lack changes no coverage, no count of clients who wait, and opens as nobody's need."""
    client = alice.add_client(ClientTold(name="Cy Young"), [NeedTold(service="roofer")])
    movers = id_of(alice, MOVERS)
    alice.set_stage(movers, "agreed")
    before = (alice.coverage(), alice.clients(waiting=True), alice.assignment(), alice.one_sided())
    (mia,) = alice.add_names("Mia Hart").person_ids
    alice.tag(mia, TagsTold(lacks=("a moving company", "a roofer")))
    after = (alice.coverage(), alice.clients(waiting=True), alice.assignment(), alice.one_sided())
    assert after == before
    need = alice.listed(mia).lacks[0].need_id
    for act in (alice.need, alice.remove_need):
        with pytest.raises(NotFound):
            act(need)
    assert [one.client_id for one in alice.clients().clients] == [client]


# -- who is on it ------------------------------------------------------------------------------------
def test_everybody_on_the_list_in_pages(alice: Network) -> None:
    """The list is by name, clients among it; words, tags and lacks narrow it, and a page counts all of them."""
    mia, joe, ana = alice.add_names("Mia Hart, Joe Park, Ana Lopez").person_ids
    alice.add_client(ClientTold(name="Cy Young", place=Place(name="Tucson, AZ", lat=32.2, lon=-110.9)))
    alice.tag(mia, TagsTold(lacks=("a moving company",), city="Tucson", tie=KNOWN))
    alice.tag(joe, TagsTold(offers=("plumber",)))
    assert _people(alice) == ["Ana Lopez", "Cy Young", "Joe Park", "Mia Hart"]
    assert (_people(alice, "tucson"), _people(alice, "TUCSON hart")) == (["Cy Young", "Mia Hart"], ["Mia Hart"])
    assert (_people(alice, which="tagged"), _people(alice, which="lacking")) == (["Joe Park", "Mia Hart"], ["Mia Hart"])
    assert _people(alice, which="untagged") == ["Ana Lopez", "Cy Young"]
    page = alice.listed_people(first=1, limit=2)
    assert (page.total, [one.name for one in page.people]) == (4, ["Cy Young", "Joe Park"])
    assert alice.listed_people("mia").people[0] == alice.listed(mia)
    assert alice.listed(ana).tie == TieTold()


def test_people_are_found_and_sorted_whatever_their_capitals_and_accents(alice: Network) -> None:
    """On the list, among contacts and in My data, “elise” finds Élise, who comes before zoe."""
    alice.add_names("zoe Lane, Élise Roy, Dan")
    assert _people(alice) == ["Dan", "Élise Roy", "zoe Lane"] == [one.name for one in alice.contacts()]
    for found in (alice.listed_people("ELISE").people, alice.contacts("elise"), alice.people_held("elise")):
        assert [one.name for one in found] == ["Élise Roy"]


def _people(network: Network, text: str = "", which: Which = "") -> list[str]:
    return [one.name for one in network.listed_people(text, which).people]


def test_the_list_as_a_file_comes_in_again(alice: Network, tmp_path: Path) -> None:
    """Who is listed is what the file holds, and an import of it gives the same people, without the tags."""
    told = ContactTold(name="Mia Hart", email="mia@example.com", phone="+1 520 555 0101", company="Hart Homes")
    mia = alice.add_contact(replace(told, position="Owner"))
    alice.add_names("Joe Park")
    alice.tag(mia, TagsTold(offers=("plumber", "roofer"), lacks=("=HYPERLINK(1)",), city="Tucson", tie=KNOWN))
    content = alice.export("people", "csv", which="tagged")
    assert "Joe" not in content.decode()
    before = alice.contact(mia)
    alice.remove_contact(mia)
    alice.store_import(alice.stage("people.csv", content, "contacts").import_id)
    (again,) = alice.listed_people("mia").people
    assert replace(alice.contact(again.person_id), person_id=mia) == before
    assert (again.place, again.tagged_on) == ("Tucson", "")
    assert alice.export("people", "vcf").count(b"BEGIN:VCARD") == 2


# -- the questions -----------------------------------------------------------------------------------
def test_questions_by_place() -> None:
    """There are about sixty questions; those of one side of the ocean are not asked on the other."""
    rows = read_rows("joggers.csv")
    assert 55 <= len(rows) <= 65
    assert {row["circle"] for row in rows} == set(CIRCLES)
    assert {row["journey"] for row in rows} - {""} <= taxonomy().journeys.keys()
    assert len({row["code"] for row in rows}) == len(rows)
    regions = Counter(row["region"] for row in rows)
    counts = [len(joggers_for(lon)) for lon in (-110.97, 15.44, None)]
    assert counts == [len(rows) - regions["europe"], len(rows) - regions["us"], len(rows)]


def test_a_question_is_thought_through(alice: Network) -> None:
    """A question that was thought through has its day, until that is taken back; one that there is not is refused."""
    alice.mark_jogger("family_1")
    done = {one.code: one.done_on for one in alice.people_list().joggers if one.done_on}
    assert done == {"family_1": now_utc().date().isoformat()}
    alice.mark_jogger("family_1", done=False)
    assert not [one for one in alice.people_list().joggers if one.done_on]
    with pytest.raises(NotFound):
        alice.mark_jogger("family_99")
