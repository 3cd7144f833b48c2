"""The API's side of the list, the programme and deals."""

from matcher.answers.posted import SenderTold
from matcher.units import now_utc
from tests.webapp.conftest import Town
from tests.webapp.test_api import Program, _error, _json


def test_a_list_with_tags(peopled: Town) -> None:
    """POST adds names, GET tells who is next, PUT keeps tags and questions, DELETE brings somebody back."""
    ana, network = Program(peopled), peopled.circle
    added = ana.send("POST", "/list", json={"names": "Mia Hart, Joe Park"}).json
    assert added is not None
    mia = added["person_ids"][0]
    assert ana.get("/list/next").json == {"person": _json(network.listed(mia))}
    told = {"offers": ["plumber"], "serves": ["engaged"], "lacks": ["a moving company"], "would_vouch": True}
    card = ana.send("PUT", f"/list/{mia}", json=told).json
    assert card == ana.get(f"/list/{mia}").json == _json(network.listed(mia))
    assert card is not None
    assert card["lacks"][0]["service"] == "moving_company"
    assert ana.get(f"/list/next?after={mia}").json["person"]["name"] == "Joe Park"  # type: ignore[index]
    assert ana.send("DELETE", f"/list/{mia}/tags").json["tagged_on"] == ""  # type: ignore[index]
    answer = ana.send("PUT", "/list/question", json={"code": "family_1"}).json
    assert answer == ana.get("/list").json == _json(network.people_list())
    assert _error(ana.send("PUT", f"/list/{mia}", json={"offers": ["x"]}))[0] == 400


def test_a_programme_with_its_lock(peopled: Town) -> None:
    """PUT begins the programme and opens selling, words are checked, a mail that sells is refused, weeks are kept."""
    ana, network = Program(peopled), peopled.circle
    assert ana.get("/programme").json == {"programme": None}
    today = now_utc().date().isoformat()
    begun = ana.send("PUT", "/programme", json={"started_on": today, "goal": 200}).json
    assert begun == ana.get("/programme").json == {"programme": _json(network.programme())}
    kept = ana.send("PUT", "/programme/week", json={"week": 1, "minutes": 18}).json
    assert kept["programme"]["weeks"][0]["took_minutes"] == 18  # type: ignore[index]
    assert ana.get("/programme/counts").json == _json(network.counts())
    assert ana.get("/programme/connections").json == _json(network.connections())
    network.set_sender(SenderTold(name="Ana", email="ana@example.com", postal_address="1 Main St"))
    mail = {"key": "x", "to_email": "mia@example.com", "subject": "Hi", "body": "Sign up."}
    assert ana.send("POST", "/drafts/check", json={"text": "Sign up."}).json[0]["words"] == "Sign up"  # type: ignore[index]
    assert _error(ana.send("POST", "/outbox", json=mail)) == (400, "invalid", "body")
    ana.send("PUT", "/programme/selling", json={"opens_on": today})
    assert ana.send("POST", "/outbox", json=mail).status_code == 200
    ana.send("PUT", "/programme/week", json={"week": 1, "kept": False})
    assert network.counts().weeks_kept == 0
    assert ana.send("DELETE", "/programme").json == {"programme": None}


def test_deals(peopled: Town) -> None:
    """POST puts a deal on the board, GET gives those that are not over on a day, DELETE takes it off."""
    ana, network = Program(peopled), peopled.circle
    best = network.suggestions(limit=1).suggestions[0].business_id
    network.decide(best, "yes")
    body = {"business_id": best, "what": "A free hour", "until_on": "2198-12-31"}
    board = ana.send("POST", "/deals", json=body).json
    assert board == ana.get("/deals").json == _json(network.deals())
    assert ana.get("/deals?on=2199-01-01").json == []
    assert ana.send("DELETE", f"/deals/{board[0]['deal_id']}").json == []  # type: ignore[index]
