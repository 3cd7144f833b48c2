"""A coach's pages, the page behind a coach's link, and an agent's page about their coach."""

import io
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from werkzeug.routing import Rule

from matcher.answers.coached import KitStepTold
from matcher.answers.connected import ContactTold
from matcher.answers.programme import ProgrammeTold
from matcher.network import Network
from matcher.store import Store
from matcher.units import now_utc
from matcher.visitors.taking_kits import accept_invite
from tests.kits import KIT
from tests.store.conftest import canaries
from tests.webapp.conftest import Town
from tests.webapp.test_api import Program
from tests.webapp.test_clients import form_of
from tests.webapp.visitors import Visitor
from webapp.serving import HOME

LINK = re.compile(r'value="[^"]*(/invited/[^"]+)"')


@pytest.fixture
def coach(town: Town) -> Network:
    """Cleo's network: she is the coach."""
    return Network(town.accounts.store, town.other)


@pytest.fixture
def agent(town: Town) -> Network:
    """Ana's network: she is the agent."""
    return town.circle


def link_of(cleo: Visitor, kit_id: int) -> str:
    """The path of a new link, as the page shows it once."""
    shown = cleo.post(f"/coach/kits/{kit_id}/invite", {"whom": "Ana"}, form_on="/coach")
    found = LINK.search(shown.text)
    assert found
    assert found[1] not in cleo.get(f"/coach/kits/{kit_id}").text
    return found[1]


def test_from_a_kit_to_who_has_it(town: Town, coach: Network) -> None:
    """A kit is made, given by a link, taken, changed at one step, and taken again by the agent, page by page."""
    cleo, ana = town.visitor("cleo"), town.visitor("ana")
    made = cleo.post("/coach/kits", {"name": "Give first"}, form_on="/coach")
    kit_id = coach.programme_kits()[0].kit_id
    assert made.location == f"/coach/kits/{kit_id}"
    step = {"week": "3", "minutes": "20", "title": "Ask what they lack", "do": "Ask three.", "words": ""}
    assert cleo.post(f"/coach/kits/{kit_id}/step", step, form_on="/coach").status_code == 303
    link = link_of(cleo, kit_id)
    assert "numbers alone" in ana.get(link).text
    taken = ana.post(link, {"known_as": "Ana from Tucson"}, form_on=link)
    assert taken.location == "/programme/coach"
    assert "Has this version" in cleo.get(f"/coach/kits/{kit_id}").text
    number = next(n for n, s in enumerate(coach.programme_kit(kit_id).content["steps"]) if s["title"] == step["title"])
    assert "Ask three." in cleo.get(f"/coach/kits/{kit_id}/step?number={number}").text
    cleo.post(f"/coach/kits/{kit_id}/step", step | {"do": "Ask five.", "number": str(number)}, form_on="/coach")
    shown = cleo.get("/coach").text
    assert "Ana from Tucson" in shown
    assert "Has an older one" in shown
    page = ana.get("/programme/coach").text
    assert "There is a newer version" in page
    assert "Ask five." in page
    version = coach.programme_kit(kit_id).content_hash
    ana.post("/programme/coach/kit", {"version": version}, form_on="/programme/coach")
    assert "Has the newest" in cleo.get("/coach").text


def test_a_kit_service_is_told_and_shown_like_any_other(peopled: Town) -> None:
    """A line tells it, the field of a need names it, all pages of needs show it, and none leads to a page of it."""
    ana, agent, store = peopled.visitor("ana"), peopled.circle, peopled.accounts.store
    coach = Network(store, peopled.other)
    accept_invite(store, coach.invite_agent(coach.make_kit(KIT), peopled.cleo), agent.id, "Ana")
    read = ana.post("/clients/read", {"text": "Cy needs a house blesser"}, form_on="/clients").text
    answer = ana.post("/clients", form_of(read), form_on="/clients")
    (need,) = agent.clients().clients[0].needs
    assert (need.service, need.wording) == ("house_blesser", "needs a house blesser")
    ana.post(f"{answer.location}/needs", {"new-wording": "", "new-other": "House blesser"}, form_on="/clients")
    assert [one.service for one in agent.clients().clients[0].needs] == ["house_blesser"] * 2
    heard = "/heard?q=we+want+a+house+blesser"
    recruit = "/coverage/recruit?by=service"
    for path in (answer.location, "/clients", "/coverage", "/coverage/needs?service=house_blesser", recruit, heard):
        page = ana.get(path)
        assert page.status_code == 200, path
        assert "House blesser" in page.text, path
        assert "/about/service/house_blesser" not in page.text, path
        assert "calls?service=house_blesser" not in page.text, path


def test_scripts_and_services_reach_the_agent(town: Town, coach: Network, agent: Network) -> None:
    """What a coach writes on the page stands on the agent's programme, and the service in the tags of their list."""
    cleo, ana = town.visitor("cleo"), town.visitor("ana")
    kit_id = coach.make_kit({"name": "Give first", "steps": KIT["steps"]})
    path = f"/coach/kits/{kit_id}"
    script = {"place": "", "name": "How to begin", "text": "Hello, I thought of you."}
    assert cleo.post(f"{path}/script", script, form_on=f"{path}/script").location == path
    service = {"name": "Ski guide", "group": "travel", "words": "guided ski tour"}
    assert cleo.post(f"{path}/service", service, form_on=f"{path}/service").location == path
    assert "Hello, I thought of you." in cleo.get(f"{path}/script?code=how_to_begin").text
    accept_invite(town.accounts.store, coach.invite_agent(kit_id, town.cleo), agent.id, "Ana")
    shown = ana.get("/programme").text
    assert "Hello, I thought of you." in shown
    assert "Ski guide" in shown
    (person,) = agent.add_names("Mia Hart").person_ids
    assert "Your programme adds Ski guide." in ana.get(f"/list/{person}").text
    tags = {"offers": "ski guide", "lacks": "a guided ski tour"}
    assert ana.post(f"/list/{person}", tags, form_on=f"/list/{person}").status_code == 303
    assert ana.get(f"/list/{person}").text.count("Ski guide") == 4  # to choose from, what it adds, offered, lacked
    assert (agent.listed(person).offers, agent.listed(person).lacks[0].service) == (("ski_guide",), "ski_guide")


def test_a_name_elsewhere_is_said(town: Town, coach: Network) -> None:
    """When another part of a programme names somebody, the form that cannot be kept says where, with nothing lost."""
    kit_id = coach.make_kit({**KIT, "scripts": {"opening": "Do as Ann Lee did."}})
    coach.add_contact(ContactTold(name="Ann Lee"))
    step = {"week": "1", "minutes": "20", "title": "Look back", "do": "Read your notes."}
    path = f"/coach/kits/{kit_id}/step"
    answer = town.visitor("cleo").post(path, step, form_on=path)
    assert answer.status_code == 400
    assert "Ann Lee" in answer.text
    assert "Read your notes." in answer.text


def test_looking_at_a_link_changes_nothing(town: Town, coach: Network) -> None:
    """Anybody may look, as often as they like; whoever is not signed in can neither take it nor see who else did."""
    link = f"/invited/{coach.invite_agent(coach.make_kit(KIT), town.cleo)}"
    nobody = town.visitor()
    for _ in range(3):
        assert "Give first" in nobody.get(link).text
    assert nobody.post(link, {"known_as": "Me"}, form_on=link).status_code == 401
    assert coach.agents(town.cleo) == ()
    assert nobody.get("/invited/wrong").status_code == 404
    bob = town.visitor("bob")
    assert bob.post(link, {"known_as": "Bob"}, form_on=link).status_code == 403
    assert coach.agent_invites()[0].state == "open"


def test_a_new_agent_gets_an_account(town: Town, coach: Network) -> None:
    """Somebody without an account makes one on the page, is signed in, and says yes on the next one."""
    link = f"/invited/{coach.invite_agent(coach.make_kit(KIT), town.cleo)}"
    visitor = town.visitor()
    refused = visitor.post(f"{link}/account", {"email": "ana@example.com"}, form_on=link)
    assert (refused.status_code, "sign in first" in refused.text) == (409, True)
    assert visitor.post(f"{link}/account", {"email": "no address"}, form_on=link).status_code == 400
    fields = {"email": "nora@example.com", "network_name": "Nora"}
    assert visitor.post(f"{link}/account", fields, form_on=link).location == link
    assert "signed in as nora@example.com" in visitor.get(link).text
    assert visitor.post(link, {"known_as": " "}, form_on=link).status_code == 400
    assert visitor.post(link, {"known_as": "Nora"}, form_on=link).status_code == 303
    assert [one.known_as for one in coach.agents(town.cleo)] == ["Nora"]


def test_notes_are_read_first(town: Town, coach: Network, agent: Network) -> None:
    """A coach's words stand above everything on the agent's page until read; the coach sees only that they were."""
    accept_invite(town.accounts.store, coach.invite_agent(coach.make_kit(KIT), town.cleo), agent.id, "Ana")
    cleo, ana = town.visitor("cleo"), town.visitor("ana")
    cleo.post(f"/coach/agents/{agent.id}/nudge", {"words": "Three weeks kept: lovely!"}, form_on="/coach")
    assert "not read yet" in cleo.get("/coach").text
    assert "Three weeks kept: lovely!" in ana.get("/programme/coach").text
    note = agent.nudges()[0].nudge_id
    ana.post(f"/programme/coach/notes/{note}/read", form_on="/programme/coach")
    assert "I have read it" not in ana.get("/programme/coach").text
    assert "not read yet" not in cleo.get("/coach").text
    empty = cleo.post(f"/coach/agents/{agent.id}/nudge", {"words": " "}, form_on="/coach")
    assert (empty.status_code, "write a few words" in empty.text) == (400, True)


def test_a_finished_programme_is_called_so(town: Town, coach: Network, agent: Network) -> None:
    """After the last week neither the coach nor the agent reads the number of a week that there is not."""
    accept_invite(town.accounts.store, coach.invite_agent(coach.make_kit(KIT), town.cleo), agent.id, "Ana")
    agent.begin_programme(ProgrammeTold(started_on=now_utc().date() - timedelta(days=182)))
    assert 'data-label="Week">finished<' in town.visitor("cleo").get("/coach").text
    page = town.visitor("ana").get("/programme/coach").text
    assert "All weeks are behind you." in page
    assert "week you are in" not in page


def test_an_agent_lets_the_coach_go(town: Town, coach: Network, agent: Network) -> None:
    """One button ends it; the page says so with its days, and a member of the network cannot press it."""
    accept_invite(town.accounts.store, coach.invite_agent(coach.make_kit(KIT), town.cleo), agent.id, "Ana")
    assert town.visitor("bob").post("/programme/coach/leave", form_on="/settings").status_code == 403
    ana = town.visitor("ana")
    ana.post("/programme/coach/leave", form_on="/programme/coach")
    page = ana.get("/programme/coach").text
    assert "Nobody sees your numbers" in page
    assert "Cleo&#39;s circle:" in page
    assert "Nobody yet" in town.visitor("cleo").get("/coach").text


@pytest.mark.parametrize(
    ("path", "fields", "sentence"),
    [
        ("/coach/kits", {"name": ""}, "give the programme a name"),
        ("/coach/kits/file", {"file": (io.BytesIO(b"{}"), "kit.json")}, "no file of a kit"),
        ("/coach/kits/file", {}, "choose a file first"),
        ("/coach/kits/{kit}/step", {"week": "x"}, "whole number"),
        ("/coach/kits/{kit}/step", {"week": "1", "minutes": "20", "title": "", "do": "x"}, "write something"),
        (
            "/coach/kits/{kit}/step",
            {"week": "1", "minutes": "20", "title": "x", "do": "Write to joe@example.com"},
            "joe@example.com",
        ),
        ("/coach/kits/{kit}", {"name": "x", "goal": "0"}, "whole number"),
        ("/coach/kits/{kit}/script", {"place": "drip_no", "text": "{boss} sends regards."}, "fill in {boss}"),
        ("/coach/kits/{kit}/script", {"place": "", "name": "?", "text": "x"}, "begins with a letter"),
        ("/coach/kits/{kit}/service", {"name": "Plumber", "group": "building"}, "everybody has already"),
        ("/coach/kits/{kit}/service", {"name": "Ski guide", "group": ""}, "one of the groups"),
    ],
)
def test_what_is_refused_is_said(
    town: Town, coach: Network, path: str, fields: dict[str, object], sentence: str
) -> None:
    """A form that cannot be kept comes back with one sentence, and nothing has changed."""
    kit_id = coach.make_kit(KIT)
    before = coach.programme_kits()
    answer = town.visitor("cleo").post(path.format(kit=kit_id), fields, form_on="/coach")
    assert answer.status_code == 400
    assert sentence in answer.text
    assert coach.programme_kits() == before


def test_a_kit_goes_out_and_comes_in(town: Town, coach: Network) -> None:
    """The file that is saved makes the same programme again, signed by this installation."""
    cleo = town.visitor("cleo")
    kit_id = coach.make_kit(KIT)
    file = cleo.get(f"/coach/kits/{kit_id}/kit.json").data
    assert b'"signature"' in file
    cleo.post("/coach/kits/file", {"file": (io.BytesIO(file), "kit.json")}, form_on="/coach")
    one, other = coach.programme_kits()
    assert one.content_hash == other.content_hash
    cleo.post(f"/coach/kits/{kit_id}/remove", form_on="/coach")
    assert len(coach.programme_kits()) == 1


# -- the canary --------------------------------------------------------------------------------------
NUMBERED = {"form": "csv", "code": "plumber", "token": "x", "kind": "ask", "filename": "style.css"}


def _paths(rules: Iterator[Rule], numbers: set[int]) -> Iterator[str]:
    for rule in rules:
        for number in numbers if rule.arguments - NUMBERED.keys() else {0}:
            built = rule.build({name: NUMBERED.get(name, number) for name in rule.arguments})
            assert built is not None
            yield built[1]


def test_a_coach_gets_numbers_and_not_one_name(town: Town, coach: Network, agent: Network) -> None:
    """Whatever page or answer of the API a coach asks for, nothing of the agent's is in it but numbers."""
    store: Store = town.accounts.store
    coach.settle(HOME)
    private = canaries(store, agent.id)
    told = f"CANARY{agent.id}"
    town.accounts.rename_network(agent.id, told)
    accept_invite(store, coach.invite_agent(coach.make_kit(KIT), town.cleo), agent.id, "A. from Tucson")
    coach.edit_step(coach.programme_kits()[0].kit_id, 0, KitStepTold(week=1, title="Begin", do="Sit down."))
    numbers = {agent.id, *(number for fact in private if (number := getattr(fact, "id", None)) is not None)}
    program = Program(town, "cleo")
    cleo = program.visitor
    asked = (r for r in town.app.url_map.iter_rules() if "GET" in (r.methods or ()))
    rules = (r for r in asked if not r.endpoint.startswith("security."))  # these end the session
    seen = 0
    for path in _paths(rules, numbers):
        answer = cleo.get(path)
        assert told.encode() not in answer.data + str(answer.headers).encode(), path
        seen += answer.status_code == 200
    assert seen > 40
    for act in ("nudge", "selling"):
        done = program.send("POST", f"/coach/agents/{agent.id}/{act}", json={"words": "Well done!"})
        assert done.status_code == 200
        assert told not in done.text
    assert "A. from Tucson" in cleo.get("/coach").text
    (card,) = coach.agents(town.cleo)
    assert card.counts.list_size == 1
    assert told not in repr(card)


def test_a_coach_is_a_stranger_in_the_agents_network(town: Town, coach: Network, agent: Network) -> None:
    """A coach cannot choose the agent's network to work in, and does not learn that it could be chosen."""
    accept_invite(town.accounts.store, coach.invite_agent(coach.make_kit(KIT), town.cleo), agent.id, "Ana")
    cleo = town.visitor("cleo")
    assert "Ana&#39;s circle" not in cleo.get("/settings").text
    missing = cleo.post("/settings/switch", {"network": "99"}, form_on="/settings")
    switched = cleo.post("/settings/switch", {"network": str(agent.id)}, form_on="/settings")
    assert (switched.status_code, switched.data) == (missing.status_code, missing.data)
    assert switched.status_code == 404
