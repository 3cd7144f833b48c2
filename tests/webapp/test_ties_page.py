"""Who knows somebody, and who could introduce us, on a page."""

from html import unescape

import pytest

from matcher.answers.connected import ContactTold, TieTold
from matcher.answers.whose import Whose
from matcher.network import Network
from tests.webapp.conftest import Town
from webapp.pages.ties import CHOICES_MOST

GOOD = {"years": "4", "often": "12", "worked": "yes", "vouch": "no"}


@pytest.fixture
def network(peopled: Town) -> Network:
    """Ana's network."""
    return peopled.circle


@pytest.fixture
def number(network: Network) -> int:
    """The best suggestion for Ana."""
    return network.suggestions(limit=1).suggestions[0].business_id


def test_four_questions_are_kept_and_undone(peopled: Town, network: Network, number: int) -> None:
    """The form keeps a tie, says it in words, and undo leads back to none."""
    ana, path = peopled.visitor("ana"), f"/businesses/{number}/tie"
    assert f'href="{path}"' in ana.get(f"/businesses/{number}").text
    assert ana.post(path, GOOD, form_on=path).status_code == 303
    page = unescape(ana.get(path).text)
    assert "Known each other for 4 years, talk every month, worked together and would not vouch" in page
    (tie,) = network.ties(Whose(number))
    assert f'action="/ties/{tie.tie_id}/forget"' in page
    ana.post(path, GOOD | {"years": "5"}, form_on=path)
    assert 'name="years" value="4"' in unescape(ana.get(path).text)
    ana.post(f"/ties/{tie.tie_id}/forget", {"next": path}, form_on=path)
    assert network.ties(Whose(number)) == ()
    assert 'name="years" value="5"' in unescape(ana.get(path).text)


def test_others_who_know_them_introduce_us(peopled: Town, network: Network, number: int) -> None:
    """A contact who knows them is chosen from the list and named as the one to ask, on both their pages."""
    ana, path = peopled.visitor("ana"), f"/businesses/{number}/tie"
    ann = network.add_contact(ContactTold(name="Ann"))
    assert f'<option value="p{ann}">Ann</option>' in ana.get(path).text
    ana.post(path, GOOD | {"of": f"p{ann}"}, form_on=path)
    network.set_tie(TieTold(years=9), Whose(person_id=ann))
    page = unescape(ana.get(path).text)
    assert f"Ask Ann to introduce you to {network.business(number).name}." in page
    assert "You have not asked Ann before." in page
    assert "You know Ann yourself: ask them directly." in unescape(ana.get(f"/people/{ann}/tie").text)
    ana.post(f"/people/{ann}/tie", {"years": "1", "of": ""}, form_on=path)
    assert network.ties(Whose(person_id=ann))[0].years == 1


def test_one_of_many_is_searched(peopled: Town, network: Network, number: int) -> None:
    """Of many people the page lists the first and searches the others, without scripts and while one types."""
    ana, path = peopled.visitor("ana"), f"/businesses/{number}/tie"
    known = network.add_names("\n".join(f"Person {n:03}" for n in range(CHOICES_MOST + 9))).person_ids
    last = f'<option value="p{known[-1]}"'
    page = ana.get(path).text
    assert page.count('<option value="p') == CHOICES_MOST
    assert "9 more are not shown." in page
    assert last not in page
    found = ana.get(f"{path}?q=058+person").text
    assert found.count('<option value="p') == 1
    assert last in found
    assert "is called so" in ana.get(f"{path}?q=nobody").text
    refused = ana.post(path, GOOD | {"of": f"p{known[-1]}", "years": "many"}, form_on=path).text
    assert f"{last} selected" in refused


def test_one_step_farther_is_a_question(peopled: Town, network: Network, number: int) -> None:
    """Over two people the page says whom to ask whether somebody would, without a number."""
    ann, ben = (Whose(person_id=network.add_contact(ContactTold(name=name))) for name in ("Ann", "Ben"))
    network.set_tie(TieTold(years=9), ann)
    network.set_tie(TieTold(years=9), ann, ben)
    network.set_tie(TieTold(years=9), ben, Whose(number))
    page = unescape(peopled.visitor("ana").get(f"/businesses/{number}/tie").text)
    assert f"Ask Ann whether Ben would introduce you to {network.business(number).name}." in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"years": "many"}, "Please write a number."),
        ({"years": "101"}, "Please write a number from 0 to 100."),
        ({"of": "x1"}, "Please choose who knows them from the list."),
    ],
)
def test_what_no_tie_can_be(
    peopled: Town, network: Network, number: int, fields: dict[str, str], sentence: str
) -> None:
    """What cannot be is refused with a sentence, and nothing is kept."""
    path = f"/businesses/{number}/tie"
    answer = peopled.visitor("ana").post(path, GOOD | fields, form_on=path)
    assert answer.status_code == 400
    assert sentence in answer.text
    assert network.ties(Whose(number)) == ()


def test_forgetting_leads_back_to_a_page_of_ours(peopled: Town, network: Network, number: int) -> None:
    """After forgetting one is back where one was, never on a page elsewhere."""
    tie, path = network.set_tie(TieTold(), Whose(number)), f"/businesses/{number}/tie"
    answer = peopled.visitor("ana").post(f"/ties/{tie}/forget", {"next": "//evil.example"}, form_on=path)
    assert answer.headers["Location"] == path
