"""The API's side of coaching."""

import io

from matcher.network import Network
from tests.kits import KIT, changed_kit
from tests.webapp.conftest import Town
from tests.webapp.test_api import Program, _error, _json


def test_a_kit_goes_to_an_agent_and_changes(town: Town) -> None:
    """Each operation answers what the network answers: make, invite, take, change, see who has it, take anew, leave."""
    cleo, ana = Program(town, "cleo"), Program(town)
    coach = Network(town.accounts.store, town.other)
    made = cleo.send("POST", "/coach/kits", json=KIT).json
    assert made == _json(coach.programme_kits()[0])
    assert made is not None
    link = cleo.send("POST", f"/coach/kits/{made['kit_id']}/invites", json={"whom": "Ana"}).json
    assert link is not None
    token = link["link"].rpartition("/")[2]
    assert ana.get(f"/invitation?token={token}").json["kit"] == "Give first"  # type: ignore[index]
    taken = ana.send("POST", "/invitation", json={"token": token, "known_as": "Ana"}).json
    assert taken is not None
    assert (taken["fingerprint"], taken["newer"], taken["signed"]) == (made["fingerprint"], None, True)
    assert _error(ana.send("POST", "/invitation", json={"token": token, "known_as": "Ana"}))[0] == 404
    (added,) = ana.get("/programme/services").json  # type: ignore[misc]
    (person,) = ana.send("POST", "/list", json={"names": "Mia Hart"}).json["person_ids"]  # type: ignore[index]
    assert ana.send("PUT", f"/list/{person}", json={"offers": [added["code"]]}).json["offers"] == ["house_blesser"]  # type: ignore[index]
    told = {"name": "Cy", "needs": [{"service": added["code"]}]}
    assert ana.send("POST", "/clients", json=told).json["needs"][0]["service"] == "house_blesser"  # type: ignore[index]
    unknown = {"name": "Cy", "needs": [{"service": "unicorn_tamer"}]}
    assert _error(ana.send("POST", "/clients", json=unknown))[0] == 400
    changed = cleo.send("PUT", f"/coach/kits/{made['kit_id']}", json=changed_kit()).json
    assert changed is not None
    board = cleo.get("/coach/agents").json
    assert board == _json(coach.agents(town.cleo))
    assert board[0]["has_newest"] is False  # type: ignore[index]
    newer = ana.get("/programme/coach").json["newer"]  # type: ignore[index]
    assert newer["content_hash"] == changed["content_hash"]
    put = ana.send("PUT", "/programme/coach/kit", json={"content_hash": newer["content_hash"]})
    assert put.json["newer"] is None  # type: ignore[index]
    assert ana.send("DELETE", "/programme/coach").json == []
    assert ana.get("/programme/coach").status_code == 404
    assert cleo.get("/coach/agents").json == []


def test_nudges_links_and_files(town: Town) -> None:
    """A nudge is listed until read, a link can be taken back, and a file becomes a programme or one sentence."""
    cleo, ana = Program(town, "cleo"), Program(town)
    kit = cleo.send("POST", "/coach/kits", json=KIT).json["kit_id"]  # type: ignore[index]
    links = [cleo.send("POST", f"/coach/kits/{kit}/invites", json={}).json["link"] for _ in range(2)]  # type: ignore[index]
    ana.send("POST", "/invitation", json={"token": links[0].rpartition("/")[2], "known_as": "Ana"})
    nudged = cleo.send("POST", f"/coach/agents/{town.network}/nudge", json={"words": "Well done!"}).json
    assert nudged[0]["nudge_read"] is False  # type: ignore[index]
    (note,) = ana.get("/programme/nudges").json  # type: ignore[misc]
    assert ana.send("POST", f"/programme/nudges/{note['nudge_id']}/read").json[0]["read_on"]  # type: ignore[index]
    assert cleo.send("POST", f"/coach/agents/{town.network}/selling").json[0]["selling_open"]  # type: ignore[index]
    waiting = cleo.get("/coach/invites").json
    assert [one["state"] for one in waiting] == ["open", "taken"]  # type: ignore[union-attr]
    left = cleo.send("DELETE", f"/coach/invites/{waiting[0]['invite_id']}").json  # type: ignore[index]
    assert len(left) == 1  # type: ignore[arg-type]
    file = Network(town.accounts.store, town.other).save_kit(kit)
    brought = cleo.send("POST", "/coach/kits/file", data={"file": (io.BytesIO(file), "kit.json")}).json
    assert brought["content"] == KIT  # type: ignore[index]
    refused = cleo.send("POST", "/coach/kits/file", data={"file": (io.BytesIO(file[:-9]), "kit.json")})
    assert _error(refused) == (400, "invalid", "file")
    named = changed_kit("Ring 520-555-0134.")
    assert _error(cleo.send("PUT", f"/coach/kits/{kit}", json=named))[2] == "steps.1.do"
    assert [one["kit_id"] for one in cleo.send("DELETE", f"/coach/kits/{kit}").json] == [brought["kit_id"]]  # type: ignore[index, union-attr]
    assert _error(ana.get(f"/coach/kits/{kit}"))[0] == 404
