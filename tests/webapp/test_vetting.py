"""What was checked of a business, on its page."""

import re
from datetime import timedelta
from html import unescape

import pytest

from matcher.units import now_utc
from tests.webapp.conftest import Town
from webapp.filters import iso_day


@pytest.fixture
def number(peopled: Town) -> int:
    """The best suggestion for Ana."""
    return peopled.circle.suggestions(limit=1).suggestions[0].business_id


def _section(town: Town, number: int) -> str:
    page = unescape(town.visitor("ana").get(f"/businesses/{number}").text)
    found = re.search(r'<section class="card" id="vetting".*?</section>', page, re.DOTALL)
    assert found is not None
    return found[0]


def test_nothing_is_checked_at_first(peopled: Town, number: int) -> None:
    """Licence, insurance and references each say that nobody has checked them."""
    assert _section(peopled, number).count(">Not checked<") == 3


def test_a_check_is_kept_and_undone(peopled: Town, number: int) -> None:
    """What was checked says on which day; undo brings back the check before, and then none."""
    ana, path, about = peopled.visitor("ana"), f"/businesses/{number}/vetting", f"/businesses/{number}"
    ana.post(path, {"kind": "licence", "checked_on": "2026-03-02", "note": "ROC 1\r\nactive"}, form_on=about)
    assert "Checked on 2 Mar 2026." in _section(peopled, number)
    ana.post(path, {"kind": "licence", "checked_on": "2026-04-05"}, form_on=about)
    assert "Checked on 5 Apr 2026." in _section(peopled, number)
    before = {"kind": "licence", "checked_on": "2026-03-02", "valid_until": "", "note": "ROC 1\nactive"}
    page = unescape(ana.get(about).text)
    for name, value in before.items():
        assert f'name="{name}" value="{value}"' in page
    ana.post(path, before, form_on=about)
    assert peopled.circle.vetting(number)[0].note == "ROC 1\nactive"
    ana.post(f"{path}/forget", {"kind": "licence"}, form_on=about)
    assert "Checked on" not in re.sub(r"<label.*?</label>", "", _section(peopled, number))


def test_what_is_over_is_a_warning(peopled: Town, number: int) -> None:
    """A licence whose last day is past is marked, with the day."""
    yesterday = (now_utc().date() - timedelta(days=1)).isoformat()
    fields = {"kind": "insurance", "checked_on": "2026-03-02", "valid_until": yesterday}
    peopled.visitor("ana").post(f"/businesses/{number}/vetting", fields, form_on=f"/businesses/{number}")
    section = _section(peopled, number)
    assert "Overdue" in section
    assert f"It was valid until {iso_day(yesterday)}." in section


def test_without_a_day_it_is_today(peopled: Town, number: int) -> None:
    """Who leaves the day empty has checked it today."""
    fields = {"kind": "references", "checked_on": ""}
    peopled.visitor("ana").post(f"/businesses/{number}/vetting", fields, form_on=f"/businesses/{number}")
    assert peopled.circle.vetting(number)[2].checked_on == now_utc().date().isoformat()


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "charm", "checked_on": "2026-03-02"},
        {"kind": "licence", "checked_on": "yesterday"},
        {"kind": "licence", "checked_on": "2999-01-01"},
        {"kind": "licence", "checked_on": "2026-03-02", "valid_until": "2026-03-01"},
        {"kind": "licence", "checked_on": "2026-03-02", "note": "x" * 10_000},
    ],
    ids=["kind", "no day", "future", "backwards", "long"],
)
def test_what_cannot_have_been_checked(peopled: Town, number: int, fields: dict[str, str]) -> None:
    """What makes no sense is refused with a sentence, and nothing is kept."""
    answer = peopled.visitor("ana").post(f"/businesses/{number}/vetting", fields, form_on=f"/businesses/{number}")
    assert answer.status_code == 400
    assert {one.checked_on for one in peopled.circle.vetting(number)} == {""}
