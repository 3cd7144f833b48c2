"""Signing in: passwords, one-time links, the second step, tries."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from passlib.totp import TOTP
from sqlalchemy import select

from matcher.facts import Account, WebSession
from matcher.units import now_utc
from tests.webapp.conftest import MakeSettings, Town, settle_town
from tests.webapp.visitors import Visitor
from webapp import create_app

BAD_TARGETS = (
    "//evil.test", "/\\evil.test", "\t//evil.test", "https://evil.test", "https:evil.test", "/%0d%0aX: y",
    "///evil.test", "/settings\r\nX: y", "javascript:alert(1)", "/no-such-page", "/sign-out",
)  # fmt: skip


def test_password_is_kept_as_argon2id(town: Town) -> None:
    """What is stored of a password is its argon2id hash."""
    with town.accounts.store.session() as session:
        password = session.scalar(select(Account.password).where(Account.id == town.ana))
    assert str(password).startswith("$argon2id$")


def test_wrong_password_and_wrong_address_look_the_same(town: Town) -> None:
    """Nobody learns from the answer whether an address has an account."""
    answers = [town.visitor().sign_in(email, "wrong") for email in ("ana@example.com", "nobody@example.com")]
    pages = [re.sub(r'value="[^"]*"', "", answer.text) for answer in answers]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert pages[0] == pages[1]
    assert "not right" in pages[0]


@pytest.mark.parametrize("target", BAD_TARGETS)
def test_next_leads_only_to_known_paths(town: Town, target: str) -> None:
    """Whatever `next` says, signing in leads to a path of ours that can be looked at, else to the start."""
    in_form = town.visitor().sign_in("ana@example.com", next=target)
    in_url = town.visitor()
    fields = {"email": "ana@example.com", "password": "otter-lamp-quiet-71"}
    answer = in_url.client.post(
        "/sign-in",
        query_string={"next": target},
        base_url=in_url.base_url,
        data=fields | {"csrf_token": in_url.token("/sign-in")},
    )
    assert (in_form.status_code, in_form.location) == (303, "/")
    assert (answer.status_code, answer.location) == (303, "/")


def test_no_cookie_outlives_the_session(town: Town) -> None:
    """Asking to be remembered gives no second cookie that the database does not know."""
    answer = town.visitor().sign_in("ana@example.com", remember="y")
    assert [cookie.split("=")[0] for cookie in answer.headers.getlist("Set-Cookie")] == ["switchboard"]


# -- one-time links --------------------------------------------------------------------------------
def test_link_signs_in_once(town: Town) -> None:
    """Looking at a link changes nothing, however often; its button signs in once."""
    token = town.accounts.issue_link(town.ana, now=now_utc())
    scanner, ana, late = town.visitor(), town.visitor(), town.visitor()
    assert scanner.get(f"/enter/{token}").status_code == scanner.get(f"/enter/{token}").status_code == 200
    assert (ana.post(f"/enter/{token}").status_code, ana.get("/settings").status_code) == (303, 200)
    assert (late.post(f"/enter/{token}").status_code, late.get("/settings").status_code) == (403, 303)


def test_wrong_used_and_old_links_look_the_same(town: Town) -> None:
    """A link that does not work does not say why."""
    used = town.accounts.issue_link(town.ana, now=now_utc())
    old = town.accounts.issue_link(town.ana, now=now_utc() - timedelta(hours=1))
    town.visitor().post(f"/enter/{used}")
    pages = []
    for token in (used, old, "made-up"):
        visitor = town.visitor()
        looked, sent = visitor.get(f"/enter/{token}"), visitor.post(f"/enter/{token}")
        pages.append([re.sub(r'value="[^"]*"', "", page.text.replace(token, "")) for page in (looked, sent)])
        assert sent.status_code == 403
    assert pages[0] == pages[1] == pages[2]


def test_only_one_of_many_uses_of_a_link_wins(town: Town) -> None:
    """Fifty people who use one link at the same time are one winner and 49 refusals."""
    now = now_utc()
    token = town.accounts.issue_link(town.ana, now=now)
    with ThreadPoolExecutor(10) as pool:
        winners = list(pool.map(lambda _: town.accounts.use_link(token, now=now), range(50)))
    assert sorted(winner for winner in winners if winner) == [town.ana]


# -- tries -----------------------------------------------------------------------------------------
def test_tries_for_one_account_are_limited(make_settings: MakeSettings) -> None:
    """After as many tries as the settings allow, an account answers 429 from any address, even with its password."""
    town = settle_town(create_app(make_settings(sign_in_tries=3, trusted_proxies=1)))
    answers = []
    for number in range(4):
        visitor = Visitor(town.app)
        visitor.client.environ_base["HTTP_X_FORWARDED_FOR"] = f"203.0.113.{number}"
        answers.append(visitor.sign_in("ana@example.com", "wrong"))
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert visitor.sign_in("Ana@Example.com ").status_code == 429
    assert Visitor(town.app).sign_in("bob@example.com").status_code == 303
    town.accounts.store.engine.dispose()


def test_tries_from_one_address_are_limited(make_settings: MakeSettings) -> None:
    """One address cannot try many accounts; links count too."""
    town = settle_town(create_app(make_settings(sign_in_tries=3)))
    statuses = [Visitor(town.app).sign_in(f"{n}@example.com", "wrong").status_code for n in range(4)]
    assert statuses == [200, 200, 200, 429]
    statuses = [Visitor(town.app).post(f"/enter/{n}").status_code for n in range(4)]
    assert statuses == [403, 403, 403, 429]
    town.accounts.store.engine.dispose()


def test_codes_are_limited_by_the_account_in_the_session(make_settings: MakeSettings) -> None:
    """Tries of a second code count for the account whose password was right, whatever address or name is sent."""
    town = settle_town(create_app(make_settings(sign_in_tries=3, trusted_proxies=1)))
    switch_on(town)
    visitor, answers = Visitor(town.app), []
    visitor.sign_in("ana@example.com")
    for number in range(4):
        visitor.client.environ_base["HTTP_X_FORWARDED_FOR"] = f"203.0.113.{number}"
        fields = {"code": "000000", "email": f"{number}@example.com"}
        answers.append(visitor.post("/sign-in/code", fields, form_on="/sign-in/recovery"))
    statuses = [answer.status_code for answer in answers]
    assert statuses == [200, 200, 200, 429]
    town.accounts.store.engine.dispose()


@pytest.mark.parametrize("path", ["/sign-in", "/sign-in/code", "/sign-in/recovery", "/settings/confirm"])
@pytest.mark.parametrize("body", ['{"email": "ana@example.com", "password": "x"}', "[1]", '"x"', ""])
def test_only_forms_are_read(town: Town, path: str, body: str) -> None:
    """Whoever signs in sends a form: JSON, which no limit would count, is not taken."""
    visitor = town.visitor("ana")
    headers = {"X-CSRFToken": visitor.token("/settings"), "Referer": "http://switchboard.test/sign-in"}
    answer = visitor.client.post(
        path, data=body, content_type="application/json", base_url="http://switchboard.test", headers=headers
    )
    assert answer.status_code == 415


# -- the second step -------------------------------------------------------------------------------
def switch_on(town: Town) -> tuple[Visitor, TOTP, list[str]]:
    """Switch Ana's second step on as a person would, with recovery codes."""
    ana = town.visitor("ana")
    page = ana.post("/settings/two-factor", {"setup": "authenticator"}, form_on="/settings").text
    key = re.search(r"<code>([A-Z2-7 -]+)</code>", page)
    action = re.search(r'action="(/settings/two-factor/[^"]+)"', page)
    assert key
    assert action
    app = TOTP(key=key[1].replace("-", "").replace(" ", ""))
    answer = ana.post(action[1], {"code": app.generate().token}, form_on="/settings")
    assert (answer.status_code, answer.location) == (303, "/settings/two-factor")
    codes = ana.post("/settings/recovery-codes", {"generate_new_codes": "yes"}, form_on="/settings").text
    return ana, app, re.findall(r"<code>([0-9a-f-]{14})</code>", codes)


def next_code(app: TOTP) -> str:
    """The code that the phone shows half a minute later: good already, and not used yet."""
    return str(app.generate(time.time() + 30).token)


def test_second_step_asks_for_a_code(town: Town) -> None:
    """With the second step on, a password alone leads to the code, and a code that was not used yet leads in."""
    _, app, _ = switch_on(town)
    used = app.generate().token
    visitor = town.visitor()
    first = visitor.sign_in("ana@example.com", next="/settings")
    assert first.status_code == 303
    assert first.location.startswith("/sign-in/code")
    assert visitor.get("/settings").status_code == 303
    for code, works in ((used, False), (next_code(app), True)):
        visitor.post("/sign-in/code", {"code": code}, form_on=first.location)
        assert (visitor.get("/settings").status_code == 200) is works


def test_link_asks_for_the_code_too(town: Town) -> None:
    """A one-time link replaces the password, not the second step."""
    switch_on(town)
    visitor = town.visitor()
    token = town.accounts.issue_link(town.ana, now=now_utc())
    assert visitor.post(f"/enter/{token}").location.startswith("/sign-in/code")
    assert visitor.get("/settings").status_code == 303


def test_recovery_code_works_once(town: Town) -> None:
    """A recovery code lets in when the phone is gone, one time; the database holds no readable one."""
    _, _, codes = switch_on(town)
    assert len(codes) == 5
    with town.accounts.store.session() as session:
        kept = session.scalar(select(Account.mf_recovery_codes).where(Account.id == town.ana))
        secret = session.scalar(select(Account.tf_totp_secret).where(Account.id == town.ana))
    assert not set(codes) & set(kept or [])
    assert "enckey" in str(secret)
    for works in (True, False):
        visitor = town.visitor()
        visitor.sign_in("ana@example.com")
        visitor.post("/sign-in/recovery", {"code": codes[0]}, form_on="/sign-in/recovery")
        assert (visitor.get("/settings").status_code == 200) is works


def test_switching_it_off(town: Town) -> None:
    """The second step can be switched off again by the account that is signed in."""
    ana, _, _ = switch_on(town)
    assert "Switch it off" in ana.get("/settings/two-factor").text
    assert ana.post("/settings/two-factor", {"setup": "disable"}, form_on="/settings").status_code == 303
    assert town.visitor().sign_in("ana@example.com").location == "/"


@pytest.mark.parametrize("path", ["/sign-in/help", "/sign-in/method"])
def test_ways_that_need_mail_are_closed(town: Town, path: str) -> None:
    """What Flask-Security offers by mail is not there while no mail is configured."""
    assert town.visitor().get(path).status_code == 404
    assert town.visitor().post(path).status_code == 404
    assert town.visitor().get("/reset").status_code == town.visitor().get("/register").status_code == 404


# -- a password of one's own -----------------------------------------------------------------------
NEW = {"new_password": "plum-canoe-violet-38", "new_password_confirm": "plum-canoe-violet-38"}


def by_link(town: Town, account_id: int) -> Visitor:
    """Somebody who has just come in by a one-time link."""
    visitor = town.visitor()
    visitor.post(f"/enter/{town.accounts.issue_link(account_id, now=now_utc())}")
    return visitor


def grow_stale(town: Town) -> None:
    """Let all sessions be older than changing how one signs in allows."""
    with town.accounts.store.session(writes=True) as session:
        for row in session.scalars(select(WebSession)):
            past = {"fs_paa": 0.0, "fs_gexp": 0.0}
            row.content = row.content | past | ({"link_at": 0.0} if "link_at" in row.content else {})


def test_link_replaces_a_forgotten_password(town: Town) -> None:
    """Right after a link the new password is enough, once; weak ones are still refused."""
    visitor = by_link(town, town.ana)
    assert 'name="password"' not in visitor.get("/settings/password").text
    weak = {"new_password": "password12", "new_password_confirm": "password12"}
    assert visitor.post("/settings/password", weak, form_on="/settings").status_code == 200
    assert visitor.post("/settings/password", NEW, form_on="/settings").status_code == 303
    assert town.visitor().sign_in("ana@example.com", NEW["new_password"]).status_code == 303
    assert town.visitor().sign_in("ana@example.com").status_code == 200
    assert 'name="password"' in visitor.get("/settings/password").text


def test_old_password_is_asked_for_otherwise(town: Town) -> None:
    """Who signed in by password, or by a link long ago, needs the old password for a new one."""
    long_ago = by_link(town, town.ana)
    grow_stale(town)
    by_password = town.visitor()
    by_password.sign_in("ana@example.com")
    for visitor in (long_ago, by_password):
        assert 'name="password"' in visitor.get("/settings/password").text
        assert visitor.post("/settings/password", NEW, form_on="/settings").status_code == 200
    assert town.visitor().sign_in("ana@example.com").status_code == 303


def test_link_and_code_replace_a_forgotten_password(town: Town) -> None:
    """With the second step on, the link and the code together do the same."""
    _, app, _ = switch_on(town)
    visitor = by_link(town, town.ana)
    visitor.post("/sign-in/code", {"code": next_code(app)}, form_on="/sign-in/recovery")
    assert visitor.post("/settings/password", NEW, form_on="/settings").status_code == 303


def test_account_without_a_password_is_sent_for_a_link(town: Town) -> None:
    """An account that never had a password chooses one after a link; later it is told how to get a new link."""
    dora = town.accounts.create_account("dora@example.com", now=now_utc())
    town.accounts.create_network("Dora", dora, now=now_utc())
    visitor = by_link(town, dora)
    assert "Choose a password" in visitor.get("/settings/password").text
    grow_stale(town)
    answer = visitor.get("/settings/password", follow_redirects=True)
    assert "switchboard account dora@example.com" in answer.text
    assert 'name="password"' not in answer.text
    assert visitor.post("/settings/confirm", {"password": ""}, form_on="/settings").status_code == 200
    assert visitor.post("/settings/password", NEW, form_on="/settings").location.startswith("/settings/confirm")
    again = by_link(town, dora)
    assert again.post("/settings/password", NEW, form_on="/settings").status_code == 303
