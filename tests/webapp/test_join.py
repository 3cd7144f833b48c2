"""An open call as a business without an account sees it."""

from html import unescape

import pytest

from matcher.answers.invited import APPLICATIONS_MOST, ApplicationTold, OpenCallCard
from matcher.answers.told import ClientTold, NeedTold
from matcher.visitors.answering import apply
from tests.webapp.conftest import MakeSettings, Town, settle_town
from tests.webapp.test_answer import CANARY, HOSTILE
from tests.webapp.test_strangers import _state
from webapp import create_app
from webapp.serving import HOME

TOLD = {"business": "Adobe Roofing", "contact": "Rosa Diaz", "email": "rosa@example.com", "licence": "ROC 1"}


@pytest.fixture
def call(peopled: Town) -> OpenCallCard:
    """A call of Ana's, in whose network clients and their needs hold the canary."""
    peopled.accounts.rename_network(peopled.network, f"{CANARY} circle")
    network = peopled.circle
    for number in range(3):
        network.add_client(
            ClientTold(name=f"{CANARY} {number}", note=CANARY), [NeedTold(service="roofer", wording=CANARY)]
        )
    return network.open_call("roofer", wording="Somebody who calls back.\nAnd <b>soon</b>.")


@pytest.fixture
def path(call: OpenCallCard) -> str:
    """Where the page of that call is."""
    return f"/call/{call.token}"


def test_the_page_says_who_looks_for_whom_and_why(peopled: Town, path: str) -> None:
    """It names the owner, the service, the place, how many clients have asked, and what happens next; no client."""
    page = unescape(peopled.visitor().get(path).text)
    assert f"{HOME.name} is looking for" in page
    assert f"a roofing contractor for clients around {HOME.place}" in page
    assert ">3</b> of our clients have asked" in page
    assert "Somebody who calls back." in page
    assert "reads what you write and gets in touch" in page
    assert CANARY.lower() not in page.lower()


def test_nobody_has_asked_yet(peopled: Town) -> None:
    """Where no client has asked, the page says nothing of it."""
    card = peopled.circle.open_call("florist")
    assert "have asked" not in peopled.visitor().get(f"/call/{card.token}").text


def test_the_owner_sees_the_same(peopled: Town, path: str) -> None:
    """Also who is signed in sees a page without the network's name, its tabs or a menu."""
    page = peopled.visitor("ana").get(path).text
    assert CANARY.lower() not in page.lower()
    for word in ("ana@example.com", "/suggestions", "/settings"):
        assert word not in page


def test_an_answer_arrives(peopled: Town, call: OpenCallCard, path: str) -> None:
    """What is sent reaches the owner; the thanks come from them."""
    visitor = peopled.visitor()
    answer = visitor.post(path, {**TOLD, "references": "The Smiths\r\nThe school"}, form_on=path)
    assert (answer.status_code, answer.location) == (303, "/thanks/call")
    assert HOME.name in visitor.get("/thanks/call").text
    (application,) = peopled.circle.call(call.call_id).applications
    assert application.told == ApplicationTold(**TOLD, references="The Smiths\nThe school")


def test_looking_changes_nothing(peopled: Town, path: str) -> None:
    """Whoever opens the link, by GET or HEAD, leaves everything as it was."""
    visitor, before = peopled.visitor(), _state(peopled)
    assert visitor.get(path).status_code == 200
    assert visitor.client.head(path, base_url=visitor.base_url).status_code == 200
    assert _state(peopled) == before


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"business": ""}, "Please write the name of your business."),
        ({"email": ""}, "Please leave an e-mail address or a phone number"),
        ({"email": "rosa"}, "Please write an e-mail address such as"),
        ({"contact": "Rosa\r\nBcc: all@example.com"}, "Please write this on one line"),
        ({"note": "x" * 10_000}, "Please keep this under 2,000 characters."),
        ({"business": "x" * 10_000}, "Please keep this under 200 characters."),
    ],
    ids=["nameless", "unreachable", "no address", "line end", "long note", "long name"],
)
def test_what_cannot_be_kept_is_said_where_it_is_wrong(
    peopled: Town, call: OpenCallCard, path: str, change: dict[str, str], sentence: str
) -> None:
    """The form comes back with one sentence beside the field and with all that was written; nothing is kept."""
    answer = peopled.visitor().post(path, {**TOLD, **change}, form_on=path)
    assert answer.status_code == 400
    assert sentence in unescape(answer.text)
    assert 'value="ROC 1"' in answer.text
    assert peopled.circle.call(call.call_id).applications == ()


@pytest.mark.parametrize("text", HOSTILE, ids=["long", "script", "line end", "emoji", "nul", "formula", "template"])
@pytest.mark.parametrize("field", ["business", "note"])
def test_hostile_answers_are_text_or_refused(
    peopled: Town, call: OpenCallCard, path: str, field: str, text: str
) -> None:
    """Whatever is written is shown to the owner as text or refused; it is never markup, and no header of ours."""
    answer = peopled.visitor().post(path, {**TOLD, field: text}, form_on=path)
    assert answer.status_code in (303, 400)
    shown = peopled.visitor("ana").get(f"/calls/{call.call_id}").text
    assert "<script>alert" not in answer.text + shown
    assert "x=1" not in str(answer.headers)
    assert "49" not in answer.text.replace(path, "") or "{{" not in text
    if answer.status_code == 303 and text.startswith("<script>"):
        assert "&lt;script&gt;" in shown


def test_the_owners_words_are_text(peopled: Town, path: str) -> None:
    """What the owner wrote into the call is shown letter for letter."""
    assert "And &lt;b&gt;soon&lt;/b&gt;." in peopled.visitor().get(path).text


def test_forged_fields_are_left_out(peopled: Town, call: OpenCallCard, path: str) -> None:
    """Nobody can say yes to themselves, or name a business that is there, by adding fields to the form."""
    forged = {**TOLD, "answer": "yes", "business_id": 1, "network_id": peopled.other, "open_call_id": 99}
    assert peopled.visitor().post(path, forged, form_on=path).status_code == 303
    (application,) = peopled.circle.call(call.call_id).applications
    assert (application.answer, application.business_id) == ("", None)


def test_a_full_call_says_so(peopled: Town, call: OpenCallCard, path: str) -> None:
    """When there are as many answers as can be read, the page says so and keeps what was written."""
    for number in range(APPLICATIONS_MOST):
        apply(peopled.accounts.store, call.token, ApplicationTold(business=f"Roofer {number}", phone="1"))
    answer = peopled.visitor().post(path, TOLD, form_on=path)
    assert answer.status_code == 409
    assert "all the answers that they can read for now" in answer.text
    assert 'value="ROC 1"' in answer.text


def test_links_that_do_not_work_look_the_same(peopled: Town, call: OpenCallCard, path: str) -> None:
    """A closed call, a wrong link and the link of a survey give the same page."""
    network, visitor = peopled.circle, peopled.visitor()
    survey = network.send_survey(network.add_client(ClientTold(name="Zoe")))
    network.close_call(call.call_id)
    never = visitor.get("/call/never")
    for closed in (path, f"/call/{survey}"):
        for answer in (visitor.get(closed), visitor.post(closed, TOLD)):
            assert (answer.status_code, answer.data) == (404, never.data)


def test_a_page_that_was_open_for_long_comes_back(peopled: Town, call: OpenCallCard, path: str) -> None:
    """Without the form's token nothing is kept, and the page returns with all that was written."""
    visitor = peopled.visitor()
    answer = visitor.client.post(path, data=TOLD, base_url=visitor.base_url)
    assert answer.status_code == 400
    assert "please press the button once more" in answer.text
    assert 'value="ROC 1"' in answer.text
    assert peopled.circle.call(call.call_id).applications == ()


def test_one_address_cannot_fill_a_call(make_settings: MakeSettings) -> None:
    """From one address come as many answers in five minutes as the settings allow."""
    town = settle_town(create_app(make_settings(sign_in_tries=3)))
    network = town.circle
    network.settle(HOME)
    path, visitor = f"/call/{network.open_call('roofer').token}", town.visitor()
    statuses = [visitor.post(path, {**TOLD, "business": f"Roofer {n}"}, form_on=path).status_code for n in range(4)]
    assert statuses == [303, 303, 303, 429]
    assert len(network.calls()[0].applications) == 3
    town.accounts.store.engine.dispose()
