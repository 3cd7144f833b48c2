"""The interest survey as a client without an account sees it."""

import re
from html import unescape

import pytest
from sqlalchemy import update

from matcher.answers.told import ClientTold, NeedTold
from matcher.facts import PrivateLink
from matcher.taxonomy import taxonomy
from matcher.units import now_utc
from tests.webapp.conftest import MakeSettings, Town, settle_town
from tests.webapp.test_strangers import _state
from tests.webapp.visitors import Visitor
from webapp import create_app
from webapp.serving import HOME

CANARY = "Zqxcanary"
HOSTILE = ["x" * 10_000, "<script>alert(1)</script>", "a\r\nSet-Cookie: x=1", "🏠" * 300, "\0", "=cmd()", "{{ 7*7 }}"]


@pytest.fixture
def joe(peopled: Town) -> int:
    """A client of Ana's of whom everything holds the canary, in a network that is called so as well."""
    peopled.accounts.rename_network(peopled.network, f"{CANARY} circle")
    told = ClientTold(name=f"{CANARY} Joe", markets=("divorcing",), email=f"{CANARY}@example.com", note=CANARY)
    return peopled.circle.add_client(told, [NeedTold(wording=f"{CANARY} leaks", service="roofer")])


@pytest.fixture
def path(peopled: Town, joe: int) -> str:
    """Where the survey of that client is."""
    return f"/answer/{peopled.circle.send_survey(joe)}"


def _send(visitor: Visitor, path: str, **fields: object) -> int:
    return visitor.post(path, {"step": "send", **fields}, form_on=path).status_code


def test_three_steps_keep_what_was_ticked(peopled: Town, joe: int, path: str) -> None:
    """Each step shows its own question and carries the others along; the last button keeps everything."""
    visitor = peopled.visitor()
    first = visitor.get(path).text
    assert "What matters this year?" in first
    second = visitor.post(path, {"step": "services", "group": ["home", "law"]}, form_on=path).text
    assert re.findall(r"<summary>(.*?)</summary>", second) == ["Home and garden", "Law"]
    assert re.findall(r'type="hidden" name="group" value="(\w+)"', second) == ["home", "law"]
    fields = {"group": ["home", "law"], "service": ["handyman"]}
    third = visitor.post(path, {"step": "words", **fields}, form_on=path).text
    assert "Handyman" in third
    assert _send(visitor, path, **fields, words="Our hedge is as high as the house.") == 303
    card = peopled.circle.client(joe)
    assert card.interests == ("home", "law")
    assert "handyman" in {need.service for need in card.needs}
    assert "Our hedge is as high as the house." in {need.wording for need in card.needs}
    assert HOME.name in visitor.get("/thanks/answer").text


def test_one_can_go_back(peopled: Town, path: str) -> None:
    """Back leads to the step before, with everything as it was ticked and written."""
    fields = {"group": "pets", "service": "pet_groomer", "words": "An old dog"}
    visitor = peopled.visitor()
    first = visitor.post(path, {"step": "groups", **fields}, form_on=path).text
    assert re.search(r'value="pets" id="group-pets" checked', first)
    assert 'name="service" value="pet_groomer"' in first
    assert 'name="words" value="An old dog"' in first


def test_without_a_group_all_are_offered(peopled: Town, path: str) -> None:
    """Who ticks nothing in the first step finds all groups in the second."""
    second = peopled.visitor().post(path, {"step": "services"}, form_on=path).text
    assert len(re.findall("<summary>", second)) > 10


def test_looking_changes_nothing(peopled: Town, path: str) -> None:
    """A scanner or a preview that opens the link, also by HEAD, and every step before the last leave all as it was."""
    visitor, before = peopled.visitor(), _state(peopled)
    for _ in range(3):
        assert visitor.get(path).status_code == 200
        assert visitor.client.head(path, base_url=visitor.base_url).status_code == 200
    for step in ("groups", "services", "words", "nonsense"):
        assert visitor.post(path, {"step": step, "group": "home"}, form_on=path).status_code == 200
    assert _state(peopled) == before


@pytest.mark.parametrize("step", ["groups", "services", "words"])
def test_it_shows_the_owner_and_nothing_else(peopled: Town, path: str, step: str) -> None:
    """No step tells anything of the client or the network, to nobody and to the owner alike, but who asks."""
    for visitor in (peopled.visitor(), peopled.visitor("ana")):
        page = visitor.post(path, {"step": step}, form_on=path).text
        assert CANARY.lower() not in page.lower()
        assert HOME.name in page
        for word in ("ana@example.com", "/suggestions", "/settings", taxonomy().markets["divorcing"].name, "mortgage"):
            assert word not in page.replace(HOME.name, ""), word


def test_what_kind_of_client_they_are_is_all_that_shows(peopled: Town, path: str) -> None:
    """The page of a client of whom we know a divorce is that of any other household, but for its link."""
    other = peopled.circle.add_client(ClientTold(name="Zoe"))
    theirs = f"/answer/{peopled.circle.send_survey(other)}"
    visitor = peopled.visitor()
    pages = [re.sub(r'value="[\w.-]{40,}"', "", visitor.get(one).text).replace(one, "") for one in (path, theirs)]
    assert pages[0] == pages[1]


@pytest.mark.parametrize("how", ["used", "replaced", "expired", "wrong", "gone"])
def test_links_that_do_not_work_look_the_same(peopled: Town, joe: int, path: str, how: str) -> None:
    """Used, replaced, expired, wrong, and of a client who is gone: the same page, which is kind and says nothing."""
    visitor, network = peopled.visitor(), peopled.circle
    if how == "used":
        _send(visitor, path)
    elif how == "replaced":
        network.send_survey(joe)
    elif how == "expired":
        with peopled.accounts.store.session(writes=True) as session:
            session.execute(update(PrivateLink).values(expires_at=now_utc()))
    elif how == "wrong":
        path += "x"
    else:
        network.remove_client(joe)
    missing = visitor.get("/answer/never")
    for answer in (visitor.get(path), visitor.post(path, {"step": "send"}), visitor.post(path, {"step": "words"})):
        assert answer.status_code == 404
        assert answer.data == missing.data
    assert "If you have just sent something, it has arrived" in unescape(missing.text)


def test_a_second_click_does_no_harm(peopled: Town, joe: int, path: str) -> None:
    """The same answer sent twice is kept once, and the second page says that the first has arrived."""
    visitor = peopled.visitor()
    fields = {"csrf_token": visitor.token(path), "step": "send", "service": "handyman"}
    statuses = [visitor.client.post(path, data=fields, base_url=visitor.base_url).status_code for _ in range(2)]
    assert statuses == [303, 404]
    assert [n.service for n in peopled.circle.client(joe).needs].count("handyman") == 1


@pytest.mark.parametrize("text", HOSTILE, ids=["long", "script", "line end", "emoji", "nul", "formula", "template"])
def test_hostile_words_are_text_or_refused(peopled: Town, joe: int, path: str, text: str) -> None:
    """Whatever is written is kept as text or refused on its field with the link unused; it is never markup."""
    visitor = peopled.visitor()
    answer = visitor.post(path, {"step": "send", "words": text}, form_on=path)
    owner = peopled.visitor("ana").get(f"/clients/{joe}/survey").text
    assert "<script>alert" not in answer.text + owner
    assert "x=1" not in str(answer.headers)
    if answer.status_code == 400:
        assert "Please keep this under 400 characters." in answer.text
        assert visitor.get(path).status_code == 200
    else:
        assert answer.status_code == 303
        kept = [need.wording for need in peopled.circle.client(joe).needs]
        assert not text.strip("\0") or " ".join(text.split()) in kept


def test_forged_fields_are_left_out(peopled: Town, joe: int, path: str) -> None:
    """Codes that are not on the page and fields of other tables change nothing."""
    before = peopled.circle.client(joe)
    fields = {
        "service": ["mortgage_broker", "no_such"],
        "group": "no_such",
        "client_id": 1,
        "network_id": 1,
        "name": "X",
    }
    assert _send(peopled.visitor(), path, **fields) == 303
    after = peopled.circle.client(joe)
    assert (after.needs, after.interests, after.name) == (before.needs, (), before.name)


def test_a_page_that_was_open_for_long_comes_back(peopled: Town, joe: int, path: str) -> None:
    """Without the form's token nothing is kept, and the page returns with all that was ticked, to be sent once more."""
    visitor = peopled.visitor()
    fields = {"step": "send", "service": "handyman", "words": "An old fence", "csrf_token": "stale"}
    answer = visitor.client.post(path, data=fields, base_url=visitor.base_url)
    assert answer.status_code == 400
    assert "please press the button once more" in answer.text
    assert "An old fence" in answer.text
    assert 'name="service" value="handyman"' in answer.text
    assert peopled.circle.client(joe).answered_on == ""
    assert visitor.client.post("/answer/x", data=fields, base_url=visitor.base_url).status_code == 404


def test_guessing_has_an_end(make_settings: MakeSettings) -> None:
    """As many wrong links as the settings allow are looked at from one address; a right one does not count."""
    town = settle_town(create_app(make_settings(sign_in_tries=3)))
    network = town.circle
    network.settle(HOME)
    path, visitor = f"/answer/{network.send_survey(network.add_client(ClientTold(name='Joe')))}", town.visitor()
    assert [visitor.get(path).status_code for _ in range(5)] == [200] * 5
    assert [visitor.get("/answer/x").status_code for _ in range(4)] == [404, 404, 404, 429]
    assert visitor.get(path).status_code == 429
    town.accounts.store.engine.dispose()


def test_every_group_has_a_name(peopled: Town, path: str) -> None:
    """All that is offered is named as the taxonomy names it."""
    page = unescape(peopled.visitor().get(path).text)
    for code in re.findall(r'name="group" value="(\w+)"', page):
        assert taxonomy().groups[code] in page
