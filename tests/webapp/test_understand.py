"""The page for what somebody said."""

import pytest

from tests.webapp.conftest import Town

ASKED = "/understand?q="


def test_a_sentence_shows_its_service(peopled: Town) -> None:
    """A sentence leads to its service, its page, such businesses and the way of comparing."""
    page = peopled.visitor("ana").get(ASKED + "my+roof+is+leaking").text
    assert "This calls for: Roofing contractor." in page
    assert 'href="/about/service/roofer"' in page
    assert 'href="/suggestions?service=roofer"' in page
    assert "compared its words and its meaning" in page


def test_an_unclear_word_is_a_question(peopled: Town) -> None:
    """A word that may mean several services is asked about, with a button for each."""
    page = peopled.visitor("ana").get(ASKED + "lawyer").text
    assert "Which is it?" in page
    assert page.count("That is right") > 1


def test_a_correction_is_remembered_and_undone(peopled: Town) -> None:
    """Choosing another service is remembered, shown as one's own word, and undone with one button."""
    ana, path = peopled.visitor("ana"), ASKED + "my+roof+is+leaking"
    fields = {"text": "my roof is leaking", "service": "insulation"}
    sent = ana.post("/understand", fields, form_on=path)
    assert (sent.status_code, sent.location) == (303, "/understand?q=my+roof+is+leaking")
    page = ana.get(path).text
    assert "means Insulation contractor" in page
    assert 'action="/understand/take-back"' in page
    assert "Your word" in ana.get(path).text
    assert ana.post("/understand/take-back", {"text": "my roof is leaking"}, form_on=path).status_code == 303
    assert "This calls for: Roofing contractor." in ana.get(path).text


def test_undo_of_a_second_correction_restores_the_first(peopled: Town) -> None:
    """Undo after changing one's mind posts what was said before."""
    ana, path = peopled.visitor("ana"), ASKED + "my+roof+is+leaking"
    for service in ("insulation", "plumber"):
        ana.post("/understand", {"text": "my roof is leaking", "service": service}, form_on=path)
    notice = ana.get(path).text.split('role="status"')[1].split("<h1")[0]
    assert 'action="/understand"' in notice
    assert 'name="service" value="insulation"' in notice


def test_colleagues_share_it_and_others_do_not(peopled: Town) -> None:
    """What one member says counts for the network and for no other."""
    path = ASKED + "my+roof+is+leaking"
    peopled.visitor("ana").post("/understand", {"text": "my roof is leaking", "service": "insulation"}, form_on=path)
    assert "Your word" in peopled.visitor("bob").get(path).text
    assert "Your word" not in peopled.visitor("cleo").get(path).text


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Please write what somebody said."),
        ("%F0%9F%99%82", "There is no word in this"),
        ("%00", "Please write what somebody said."),
        ("a" * 10_000, "Please keep it under 2,000 characters"),
    ],
)
def test_what_cannot_be_read(peopled: Town, text: str, sentence: str) -> None:
    """Nothing, pictures and far too much are refused beside the box, with one sentence."""
    answer = peopled.visitor("ana").get(ASKED + text)
    assert answer.status_code == 400
    assert sentence in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_a_service_that_there_is_not(peopled: Town) -> None:
    """A made-up service is refused, and nothing is remembered."""
    ana = peopled.visitor("ana")
    assert (
        ana.post("/understand", {"text": "my roof", "service": "wizard"}, form_on="/understand?q=roof").status_code
        == 400
    )
    assert not peopled.circle.understand("my roof").told


def test_the_first_run_finds_services_by_sentences(town: Town) -> None:
    """The box of the first step finds a service by a sentence that is no name and no phrase of ours."""
    assert 'value="roofer"' in town.visitor("ana").get("/start?q=the+shingles+blew+off+our+roof").text


def test_a_search_without_names_offers_services(peopled: Town) -> None:
    """Where no business has such a name, lists offer the services that the words mean."""
    ana = peopled.visitor("ana")
    for path in ("/suggestions", "/directory"):
        page = ana.get(f"{path}?q=my+roof+is+leaking").text
        assert f'href="{path}?service=roofer"' in page
        assert "Did you mean a service?" not in ana.get(path).text
