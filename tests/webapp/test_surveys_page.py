"""Asking a client, on the owner's side."""

import re
from html import unescape

import pytest

from matcher.answers.told import ClientTold
from matcher.network import Network
from tests.webapp.conftest import Town
from tests.webapp.visitors import BASE_URL
from webapp.public import camera_picture
from webapp.serving import HOME

LINK = re.compile(rf'value="({BASE_URL}(/answer/[\w-]+))"')


@pytest.fixture
def joe(peopled: Town) -> int:
    """A client of Ana's."""
    return peopled.circle.add_client(ClientTold(name="Joe Miller"))


def test_a_link_is_made_and_shown_once(peopled: Town, joe: int) -> None:
    """The button shows the link, a message with it and a picture of it; looking again shows none of them."""
    ana, path = peopled.visitor("ana"), f"/clients/{joe}/survey"
    assert "They have not been asked yet." in ana.get(path).text
    made = unescape(ana.post(path, form_on=path).text)
    found = LINK.search(made)
    assert found is not None
    assert made.count(found[1]) == 2
    assert HOME.name in made
    assert camera_picture(found[1]) in made
    assert peopled.visitor().get(found[2]).status_code == 200
    later = ana.get(path).text
    assert "/answer/" not in later
    assert "Waiting for an answer" in later


def test_the_page_says_who_has_answered(peopled: Town, joe: int) -> None:
    """After the answer the page says so, and a new link can be made, which asks anew."""
    ana, path = peopled.visitor("ana"), f"/clients/{joe}/survey"
    token = peopled.circle.send_survey(joe)
    peopled.visitor().post(f"/answer/{token}", {"step": "send"}, form_on=f"/answer/{token}")
    assert "Answered on" in ana.get(path).text
    assert "Make a new link" in ana.get(path).text


def test_a_second_link_on_the_day_of_an_answer_waits(peopled: Town, joe: int) -> None:
    """Who answered and was asked anew on the same day has not answered yet, and the page says so."""
    ana, path = peopled.visitor("ana"), f"/clients/{joe}/survey"
    token = peopled.circle.send_survey(joe)
    peopled.visitor().post(f"/answer/{token}", {"step": "send"}, form_on=f"/answer/{token}")
    peopled.circle.send_survey(joe)
    assert "Waiting for an answer" in ana.get(path).text


def test_links_lead_to_the_configured_address(peopled: Town, joe: int) -> None:
    """Whatever a request says of hosts, a link leads to where people reach the app."""
    ana, path = peopled.visitor("ana"), f"/clients/{joe}/survey"
    forged = {"X-Forwarded-Host": "evil.test", "X-Forwarded-Proto": "https", "Referer": BASE_URL + path}
    made = ana.client.post(path, data={"csrf_token": ana.token(path)}, base_url=BASE_URL, headers=forged)
    assert LINK.search(made.text)
    assert "evil" not in made.text


def test_looking_makes_no_link(peopled: Town, joe: int) -> None:
    """A GET, also a repeated one, leaves the link that is out at work."""
    token = peopled.circle.send_survey(joe)
    ana = peopled.visitor("ana")
    for _ in range(2):
        ana.get(f"/clients/{joe}/survey")
    assert peopled.visitor().get(f"/answer/{token}").status_code == 200


def test_without_a_business_there_is_nobody_to_ask(peopled: Town) -> None:
    """An owner who has not described the own business is led there first."""
    network = Network(peopled.accounts.store, peopled.other)
    path = f"/clients/{network.add_client(ClientTold(name='Zoe'))}/survey"
    cleo = peopled.visitor("cleo")
    assert "Please describe your business first" in cleo.get(path).text
    assert cleo.post(path, form_on="/directory").status_code == 409
