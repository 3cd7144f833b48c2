"""Sessions in the database."""

import sqlite3
from contextlib import closing
from datetime import timedelta

from sqlalchemy import select

from matcher.facts import WebSession
from matcher.store.accounts import token_hash
from matcher.units import now_utc
from tests.webapp.conftest import Town
from tests.webapp.visitors import PASSWORD, Visitor


def stored(town: Town) -> list[WebSession]:
    """All sessions in the database."""
    with town.accounts.store.session() as session:
        return list(session.scalars(select(WebSession)))


def test_only_the_hash_is_stored(town: Town) -> None:
    """The cookie's number is not in the database; its hash is, with the account."""
    ana = town.visitor("ana")
    (row,) = stored(town)
    assert row.id_hash == token_hash(ana.cookie)
    assert row.account_id == town.ana
    assert ana.cookie not in str(row.content)


def test_number_changes_at_sign_in(town: Town) -> None:
    """The number from before signing in is worth nothing afterwards: nobody can plant one."""
    visitor = town.visitor()
    visitor.get("/sign-in")
    before = visitor.cookie
    visitor.sign_in("ana@example.com")
    assert visitor.cookie != before
    planted = town.visitor()
    planted.client.set_cookie("switchboard", before, domain="switchboard.test")
    assert planted.get("/settings").status_code == 303


def test_unknown_number_gets_no_session(town: Town) -> None:
    """A number that we did not give out is never taken over."""
    visitor = town.visitor()
    visitor.client.set_cookie("switchboard", "chosen-by-somebody", domain="switchboard.test")
    visitor.get("/sign-in")
    assert visitor.cookie != "chosen-by-somebody"


def test_plain_visit_stores_nothing(town: Town) -> None:
    """Looking at a page without a form needs no session."""
    town.visitor().get("/no-such-page")
    town.visitor().get("/")
    assert stored(town) == []


def test_sign_out_ends_the_session(town: Town) -> None:
    """After signing out, the cookie of before is dead even if somebody kept it."""
    ana = town.visitor("ana")
    kept = ana.cookie
    answer = ana.post("/sign-out", form_on="/settings")
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    thief = town.visitor()
    thief.client.set_cookie("switchboard", kept, domain="switchboard.test")
    assert thief.get("/settings").status_code == 303
    assert all(row.account_id is None for row in stored(town))


def test_sign_out_everywhere(town: Town) -> None:
    """One button ends the sessions of all browsers, and unused links with them; other accounts stay."""
    here, there, bob = town.visitor("ana"), town.visitor("ana"), town.visitor("bob")
    token = town.accounts.issue_link(town.ana, now=now_utc())
    assert here.post("/settings/sign-out-everywhere", form_on="/settings").status_code == 303
    assert here.get("/settings").status_code == there.get("/settings").status_code == 303
    assert bob.get("/settings").status_code == 200
    assert town.visitor().post(f"/enter/{token}").status_code == 403


def test_session_ends_after_its_days(town: Town) -> None:
    """A session that has expired by the server's clock is not opened, and the next one sweeps it away."""
    ana = town.visitor("ana")
    sessions = town.app.session_interface
    sessions.clock = lambda: now_utc() + timedelta(days=15)  # type: ignore[attr-defined]
    assert ana.get("/settings").status_code == 303
    ana.get("/sign-in")
    assert all(row.account_id is None for row in stored(town))


def test_password_change_ends_other_browsers(town: Town) -> None:
    """After a new password only the browser that set it is still signed in."""
    here, there = town.visitor("ana"), town.visitor("ana")
    new = "lake-violin-stone-44"
    fields = {"password": PASSWORD, "new_password": new, "new_password_confirm": new}
    answer = here.post("/settings/password", fields, form_on="/settings/password")
    assert (answer.status_code, answer.location) == (303, "/settings")
    assert "password is changed" in here.get("/settings").text
    assert there.get("/settings").status_code == 303
    assert Visitor(town.app).sign_in("ana@example.com").status_code == 200
    assert Visitor(town.app).sign_in("ana@example.com", new).status_code == 303


def test_busy_database_is_no_mistake(town: Town) -> None:
    """When a session cannot be saved because somebody else is writing, the visitor is asked to come back."""
    visitor = town.visitor()
    with town.accounts.store.engine.connect() as connection:
        file = connection.exec_driver_sql("PRAGMA database_list").one()[2]
        connection.exec_driver_sql("PRAGMA busy_timeout = 50")  # the one connection of this test gives up soon
    with closing(sqlite3.connect(file, isolation_level=None)) as writing:
        writing.execute("BEGIN IMMEDIATE")
        answer = visitor.get("/sign-in")
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "busy" in answer.text
    assert visitor.get("/sign-in").status_code == 200
