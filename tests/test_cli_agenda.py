"""The commands about the agenda."""

import json
from dataclasses import asdict
from datetime import date

import pytest

from matcher.answers.told import ClientTold
from matcher.store import Store
from matcher.units import now_utc
from matcher.visitors import promising
from tests.commands import Terminal
from tests.networks import settled_alice, shared_and_owners
from tests.scripted_year import agendas, live_through
from tests.store.conftest import ALICE

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
ON = ("--network", ALICE)


def test_the_agenda_of_any_day(terminal: Terminal, store: Store) -> None:
    """`agenda --on DATE` gives exactly the tasks written for that day, and without --json prints each with its why."""
    _, alice, _ = shared_and_owners(store)
    with store.session(ALICE, writes=True) as session:
        live_through(session, ALICE)
    for day in ("2026-01-11", "2026-03-31", "2026-09-11", "2026-11-27"):
        found = json.loads(terminal.ok("agenda", *ON, "--on", day, "--json"))
        assert {(task["key"], task["name"], task["due_on"]) for task in found} == agendas()[day]
    printed = terminal.ok("agenda", *ON, "--on", "2026-09-11", "--kind", "letters")
    (task,) = [task for task in alice.agenda(date(2026, 9, 11)) if task.rule == "handwritten"]
    assert printed.startswith(f"{task.due_on}  {task.title}  {task.key}\n")
    assert task.why.split(":")[0] in " ".join(printed.split())
    assert terminal.ok("agenda", *ON, "--on", "2026-01-11") == "Nothing is due.\n"
    for form in ("csv", "vcf"):
        target = terminal.folder / f"letters.{form}"
        terminal.ok("agenda", *ON, "--on", "2026-09-11", "--kind", "letters", "--to-file", target)
        assert task.name in target.read_text("utf-8")


def test_from_a_sale_to_a_promise_kept(terminal: Terminal, store: Store) -> None:
    """`sale` notes work and its steps, prints a link that works, and `task` marks what came of it."""
    alice = settled_alice(store)
    client = alice.add_client(ClientTold(name="Mia Hart"))
    assert "No sales yet" in terminal.ok("sale", *ON)
    printed = terminal.ok("sale", client, "new roof", "--promised", 3, "--on", "2026-03-02", *ON)
    assert printed.startswith("1. Mia Hart: new roof  agreed 2026-03-02\n")
    for step, day in (("done", "2026-04-01"), ("results", "2026-04-14")):
        printed = terminal.ok("sale", "--sale", 1, "--step", step, "--on", day, *ON)
    assert "done 2026-04-01, results confirmed 2026-04-14" in printed
    assert "0 of 3 promised introductions made" in printed
    link = terminal.ok("sale", "--sale", 1, "--link", "--base-url", "https://a.example", *ON).split("\n")[0]
    page = promising.read_promise(store, link.removeprefix("https://a.example/promise/"))
    assert page.promised == 3
    assert json.loads(terminal.ok("sale", *ON, "--json")) == [asdict(card) for card in alice.sales()]
    assert "ask_promised:sale:1" in terminal.ok("agenda", "--on", "2026-04-20", *ON)
    assert terminal.ok("sale", "--sale", 1, "--undo", *ON).startswith("No sales yet")


def test_tasks_are_marked(terminal: Terminal, store: Store) -> None:
    """`task` does, puts off, takes back and prints the draft; a task that is not there is refused."""
    alice = settled_alice(store)
    client = alice.add_client(ClientTold(name="Mia Hart"))
    terminal.ok("sale", client, "new roof", *ON)
    for step in ("done", "results"):
        terminal.ok("sale", "--sale", 1, "--step", step, "--on", now_utc().date(), *ON)
    kept = terminal.ok("moment", "Mia is delighted with the roof.", "--client", client, *ON)
    assert kept == "They praised you  “Mia is delighted with the roof.”\nKept: 1.\n"
    key = "ask_praise:moment:1"
    assert "Hi Mia Hart," in terminal.ok("task", key, "draft", *ON)
    for act, said in (("later", "Put off."), ("undo", "Taken back."), ("done", "Done.")):
        assert terminal.ok("task", key, act, *ON) == f"{said}\n"
    assert key not in terminal.ok("agenda", *ON)
    refused = terminal.run("task", "ask_praise:moment:9", "done", *ON)
    assert (refused.returncode, "no such task" in refused.stderr) == (2, True)


def test_a_note_is_only_read(terminal: Terminal, store: Store) -> None:
    """`moment` shows what it finds and keeps nothing unless it is told whose it is; what is kept can be taken back."""
    alice = settled_alice(store)
    client = alice.add_client(ClientTold(name="Mia Hart"))
    assert "Nothing is kept yet" in terminal.ok("moment", "They gave us five stars.", *ON)
    assert alice.moments() == ()
    terminal.ok("moment", "They gave us five stars.", "--client", client, *ON)
    assert "testimonial: They gave us five stars." in terminal.ok("moment", *ON)
    assert terminal.ok("moment", "--undo", 1, *ON) == "No moment found in it.\n"
    both = terminal.run("moment", "Five stars", "--client", client, "--business", 1, *ON)
    assert "not both" in both.stderr
