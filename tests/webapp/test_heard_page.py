"""“I heard …”: who could do it, a draft, and keeping it."""

import html

from tests.webapp.conftest import Town

SAID = "My roof is leaking"


def test_what_was_heard_is_answered(busy: Town) -> None:
    """The page says which service it is, who fills it or that nobody does, and what to say."""
    found = busy.circle.heard("we want to make a will")
    page = html.unescape(busy.visitor("ana").get("/heard?q=we+want+to+make+a+will").text)
    assert found.understood.sentence in page
    assert found.served
    assert found.served.sentence in page
    assert found.draft
    assert found.draft.text.splitlines()[0] in page


def test_nothing_heard_is_a_box(busy: Town) -> None:
    """Without words there is the box alone; words that say nothing are refused with a sentence."""
    ana = busy.visitor("ana")
    assert "Keep it as a need" not in ana.get("/heard").text
    refused = ana.get("/heard?q=%3F")
    assert refused.status_code == 400
    assert 'id="q-problem"' in refused.text


def test_it_is_kept_for_a_client_and_taken_back(busy: Town) -> None:
    """A need is added to a client with the words that were said; Undo takes it out again."""
    ana, network = busy.visitor("ana"), busy.circle
    client = network.clients().clients[0]
    fields = {"q": SAID, "service": "roofer", "client": client.client_id}
    assert ana.post("/heard", fields, form_on="/heard").status_code == 303
    added = [need for need in network.client(client.client_id).needs if need.wording == SAID]
    assert [need.service for need in added] == ["roofer"]
    ana.post(f"/heard/needs/{added[0].need_id}/undo", form_on="/heard")
    assert len(network.client(client.client_id).needs) == len(client.needs)


def test_it_is_kept_for_somebody_new(busy: Town) -> None:
    """A name makes a new client of whoever said it; without a name the form comes back with a sentence."""
    ana, network = busy.visitor("ana"), busy.circle
    before = network.clients().total
    ana.post("/heard", {"q": SAID, "service": "", "client": "", "name": "Zoe Park"}, form_on="/heard")
    (zoe,) = network.clients("Zoe").clients
    assert [(need.service, need.wording) for need in zoe.needs] == [("", SAID)]
    ana.post(f"/heard/clients/{zoe.client_id}/undo", form_on="/heard")
    assert network.clients().total == before
    assert ana.post("/heard", {"q": SAID, "name": ""}, form_on="/heard").status_code == 400


def test_a_refused_form_comes_back_as_it_was(busy: Town) -> None:
    """The service that was chosen stays chosen, a name that is too long stays there, and each refusal is said."""
    ana, long = busy.visitor("ana"), "Zoe" * 100
    page = ana.post("/heard", {"q": SAID, "service": "notary", "name": long}, form_on="/heard").text
    form = page[page.index('action="/heard"', page.index('id="keep-title"')) :]
    assert '<option value="notary" selected>' in form
    assert f'value="{long}"' in form
    assert 'id="name-problem"' in form
    empty = ana.post("/heard", {"q": " ", "service": "", "name": "Zoe"}, form_on="/heard")
    assert (empty.status_code, 'id="q-problem"' in empty.text) == (400, True)


def test_words_that_are_too_long_are_cut_and_it_is_said(busy: Town) -> None:
    """A pasted message is kept as far as a need goes, and the notice says so."""
    ana = busy.visitor("ana")
    ana.post("/heard", {"q": f"{SAID}. " * 50, "service": "roofer", "name": "Zoe"}, form_on="/heard")
    assert "Of their words, the first 400 characters are kept." in ana.get("/coverage/needs").text
