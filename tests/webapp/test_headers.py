"""What every answer says to the browser, and which hosts are answered."""

from pathlib import Path

import pytest

from tests.webapp.conftest import MakeSettings, Town, settle_town
from tests.webapp.visitors import Visitor
from webapp import create_app
from webapp.headers import POLICY

PATHS = ("/sign-in", "/no-such-page", "/static/style.css", "/", "/enter/x", "/answer/x", "/call/x")


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_the_policy(town: Town, path: str) -> None:
    """Pages, errors, redirects and files alike forbid everything that we did not allow."""
    headers = town.visitor().get(path).headers
    assert headers["Content-Security-Policy"] == POLICY
    assert POLICY.startswith("default-src 'none'")
    assert "unsafe" not in POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Robots-Tag"] == "noindex, nofollow"


def test_pages_are_not_kept(town: Town) -> None:
    """A page is never stored by a browser or a proxy; a static file is kept for good."""
    visitor = town.visitor("ana")
    assert visitor.get("/settings").headers["Cache-Control"] == "no-store"
    assert "immutable" in visitor.get("/static/style.css").headers["Cache-Control"]


@pytest.mark.parametrize("path", PATHS)
def test_unknown_host_is_refused(town: Town, path: str) -> None:
    """A request for another host gets 400, and nothing of it is repeated."""
    answer = Visitor(town.app, "http://evil.test").get(path)
    assert answer.status_code == 400
    assert "evil" not in answer.text


def test_forwarded_host_is_ignored(town: Town) -> None:
    """Without a trusted proxy, what a visitor says about hosts and addresses changes nothing."""
    forged = {"X-Forwarded-Host": "evil.test", "X-Forwarded-Proto": "https", "Forwarded": "host=evil.test"}
    answer = town.visitor().get("/settings", headers=forged)
    assert answer.location == "/sign-in?next=/settings"


def test_https_is_promised_only_under_https(town: Town, make_settings: MakeSettings, tmp_path: Path) -> None:
    """HSTS and the `__Host-` cookie come with an https address, not with plain http."""
    assert "Strict-Transport-Security" not in town.visitor().get("/sign-in").headers
    database = f"sqlite:///{tmp_path / 'secure.db'}"
    secure = settle_town(create_app(make_settings(base_url="https://switchboard.test", database=database)))
    visitor = Visitor(secure.app, "https://switchboard.test")
    answer = visitor.sign_in("ana@example.com")
    assert answer.status_code == 303
    assert "max-age" in answer.headers["Strict-Transport-Security"]
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-switchboard=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= {part.strip() for part in cookie.split(";")}
    secure.accounts.store.engine.dispose()


def test_page_has_nothing_inline(town: Town) -> None:
    """No page needs what the policy forbids: no inline script, style or handler, nothing from elsewhere."""
    for path in ("/sign-in", "/no-such-page", "/settings", "/start"):
        text = town.visitor("ana").get(path).text
        assert " style=" not in text
        assert "<style" not in text
        assert " onclick=" not in text
        assert "<script>" not in text
        assert "//" not in text.replace("http://www.w3.org/2000/svg", "")
