"""The API's side of referrals, thanks and sources."""

from typing import Any

import pytest

from matcher.answers.told import ClientTold
from matcher.answers.whose import Whose
from tests.webapp.conftest import Town
from tests.webapp.test_api import Program, _error, _json


def test_a_referral_from_first_to_last(peopled: Town) -> None:
    """POST keeps a referral, PUT says what became of it and who was thanked, DELETE takes thanks and itself back."""
    ana, network = Program(peopled), peopled.circle
    maria = network.add_client(ClientTold(name="Maria"))
    body = {"given": False, "client_id": maria, "prospect": "Joe", "because": "two\nlines", "asked_how": "soft"}
    card = ana.send("POST", "/referrals", json=body).json
    assert card is not None
    path = f"/referrals/{card['referral_id']}"
    assert card == ana.get(path).json == _json(network.referral(card["referral_id"]))
    assert [due["kind"] for due in card["owed"]] == ["at_once"]
    assert ana.send("PUT", f"{path}/thanks", json={"kind": "at_once"}).json["owed"] == []  # type: ignore[index]
    done = ana.send("PUT", f"{path}/result", json={"result": "done", "value_cents": 500}).json
    assert done is not None
    assert (done["value_cents"], [due["kind"] for due in done["owed"]]) == (500, ["again"])
    changed = ana.send("PUT", path, json=body | {"prospect": "Joseph", "result": "done"}).json
    assert (changed["prospect"], changed["value_cents"]) == ("Joseph", None)  # type: ignore[index]
    assert ana.send("DELETE", f"{path}/thanks?kind=at_once").json["thanked_on"] == ""  # type: ignore[index]
    assert ana.get("/referrals?owed=true&result=done&given=false").json == _json(network.referrals())
    assert ana.get("/referrals?given=true").json["total"] == 0  # type: ignore[index]
    assert ana.get("/sources").json == _json(network.sources())
    assert ana.send("DELETE", path).status_code == 200
    assert ana.get(path).status_code == 404


def test_gifts_and_care(peopled: Town) -> None:
    """GET says how somebody may be thanked, POST keeps a gift or names the rule, PUT keeps care."""
    ana, network = Program(peopled), peopled.circle
    number = network.suggestions(limit=1).suggestions[0].business_id
    path = f"/businesses/{number}"
    assert ana.get(f"{path}/thanks").json == _json(network.safe_thanks(Whose(number)))
    refused = ana.send("POST", f"{path}/gifts", json={"reward": "gift", "value_cents": 100})
    assert _error(refused) == (409, "conflict", "")
    kept = ana.send("POST", f"{path}/gifts", json={"reward": "card", "note": "a robin"}).json
    assert kept is not None
    gift = kept["gifts"][0]["gift_id"]
    assert ana.send("DELETE", f"/gifts/{gift}").json["gifts"] == []  # type: ignore[index]
    told = {"rhythm_days": 90, "refers": True, "why_not": "cannot", "thank_publicly": False, "place": "US-OR"}
    told |= {"post_to": "1 Main St\nTown", "asked_count": 3}
    assert ana.send("PUT", f"{path}/care", json=told).json == ana.get(f"{path}/care").json == told
    maria = network.add_client(ClientTold(name="Maria"))
    assert ana.send("PUT", f"/clients/{maria}/care", json={"refers": False}).json["refers"] is False  # type: ignore[index]
    assert ana.send("POST", f"/clients/{maria}/gifts", json={"reward": "word"}).status_code == 200


def test_somebody_else_is_named(peopled: Town) -> None:
    """A referral given in vain lists who else could help, as the core does."""
    ana, network = Program(peopled), peopled.circle
    best = network.suggestions(limit=1).suggestions[0]
    body = {"given": True, "business_id": best.business_id, "prospect": "Joe", "service": best.services[0]}
    card = ana.send("POST", "/referrals", json=body | {"result": "nowhere"}).json
    assert card is not None
    found = ana.get(f"/referrals/{card['referral_id']}/fallbacks").json
    assert found == _json(list(network.fallbacks(card["referral_id"])))
    assert best.business_id not in {one["business_id"] for one in found}  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("method", "path", "body", "field"),
    [
        ("POST", "/referrals", {"given": False, "prospect": "Joe"}, "business_id"),
        ("POST", "/referrals", {"given": False, "prospect": "Joe", "business_id": 1, "client_id": 1}, "business_id"),
        ("POST", "/referrals", {"given": False, "prospect": "", "business_id": 1}, "prospect"),
        ("POST", "/referrals", {"given": False, "prospect": "Joe", "business_id": 1, "thanked_on": "x"}, "thanked_on"),
        ("PUT", "/referrals/1/thanks", {"kind": "loudly"}, "kind"),
        ("POST", "/businesses/2/gifts", {"reward": "yacht"}, "reward"),
        ("PUT", "/businesses/2/care", {"rhythm_days": 0}, "rhythm_days"),
        ("PUT", "/businesses/2/care", {"place": "Mars"}, "place"),
    ],
)
def test_what_makes_no_sense_is_refused(
    peopled: Town, method: str, path: str, body: dict[str, Any], field: str
) -> None:
    """Unknown codes, fields and words are refused by name."""
    assert _error(Program(peopled).send(method, path, json=body)) == (400, "invalid", field)
