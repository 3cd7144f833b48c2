"""What goes wrong, as a page and as JSON."""

import pytest
from flask import Flask
from flask.typing import ResponseReturnValue

from matcher.errors import Conflict, Invalid, MatcherError, NotAllowed, NotFound, Unavailable
from tests.webapp.conftest import MakeSettings, Town
from tests.webapp.visitors import Visitor
from webapp import errors, pages

FAILURES: dict[str, tuple[Exception, int]] = {
    "missing": (NotFound("Number 7 is not there."), 404),
    "invalid": (Invalid("name", "Please write a name."), 400),
    "refused": (NotAllowed("Owners only."), 403),
    "conflict": (Conflict("Somebody was faster."), 409),
    "busy": (Unavailable("Please wait."), 503),
    "mistake": (ValueError("canary-in-a-traceback"), 500),
}


@pytest.fixture
def failing() -> Visitor:
    """An app whose pages fail, each in its own way."""
    app = Flask("webapp")
    errors.install(app)
    app.jinja_env.globals["asset"] = pages.asset
    app.add_url_rule("/", "home.show", lambda: "")

    def fail(name: str) -> ResponseReturnValue:
        raise FAILURES[name][0]

    app.add_url_rule("/<name>", "page", fail)
    app.add_url_rule("/api/1/<name>", "api", fail)
    return Visitor(app)


@pytest.mark.parametrize("name", FAILURES)
def test_each_error_has_its_status(failing: Visitor, name: str) -> None:
    """Each kind of error has one status, on a page and in the API, with its sentence and no traceback."""
    error, status = FAILURES[name]
    page, api = failing.get(f"/{name}"), failing.get(f"/api/1/{name}")
    assert page.status_code == api.status_code == status
    assert page.mimetype == "text/html"
    assert api.get_json()["error"]["kind"] == errors.KINDS[status]
    if isinstance(error, MatcherError) and status != 404:
        assert error.sentence in page.text
        assert api.get_json()["error"]["sentence"] == error.sentence
    assert "canary" not in page.text + api.text


def test_invalid_names_its_field(failing: Visitor) -> None:
    """A program learns which field was refused."""
    assert failing.get("/api/1/invalid").get_json()["error"]["field"] == "name"


def test_foreign_and_missing_are_the_same(failing: Visitor) -> None:
    """What a NotFound says stays inside: all 404 pages are the same bytes."""
    assert failing.get("/missing").data == failing.get("/a/b/c").data


def test_nothing_of_the_request_is_repeated(town: Town) -> None:
    """An error page shows nothing that the visitor sent."""
    for path in ("/<script>canary</script>", "/settings/canary?canary=1"):
        assert "canary" not in town.visitor("ana").get(path).text


def test_wrong_method_says_which_are_right(town: Town) -> None:
    """A page that cannot be posted to answers 405 with the methods it takes."""
    answer = town.visitor("ana").post("/settings", form_on="/settings")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_large_form_is_refused(town: Town) -> None:
    """A form of more than a megabyte answers 413."""
    answer = town.visitor("ana").post("/settings/network", {"name": "x" * 1_100_000}, form_on="/settings")
    assert answer.status_code == 413


def test_a_part_without_a_name_is_refused(town: Town) -> None:
    """A form in parts of which one has no name is not complete: a sentence, not a mistake of ours."""
    ana = town.visitor("ana")
    for path in ("/imports", "/api/1/imports"):
        body = b"--x\r\nContent-Disposition: form-data\r\n\r\nhello\r\n--x--\r\n"
        kind = "multipart/form-data; boundary=x"
        answer = ana.client.post(path, data=body, content_type=kind, base_url=ana.base_url)
        assert (answer.status_code, "was not complete" in answer.text) == (400, True)


def test_upload_limit_follows_the_settings(make_settings: MakeSettings) -> None:
    """The largest file is a setting, in megabytes."""
    assert make_settings(upload_mb=3).upload_mb == 3
