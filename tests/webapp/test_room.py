"""How many of our clients a partner can take, and which languages they speak."""

import pytest
from werkzeug.datastructures import MultiDict

from matcher.answers.partners import Filters
from matcher.answers.told import RoomTold
from matcher.errors import Invalid
from tests.webapp.conftest import Town
from webapp.pages.room import fields_of, read


def _id(town: Town, name: str) -> int:
    return town.circle.directory(Filters(text=name)).businesses[0].business_id


@pytest.mark.parametrize(
    "told", [RoomTold(), RoomTold(room=0), RoomTold(room=3, languages=("es", "en")), RoomTold(languages=("vi",))]
)
def test_a_form_says_what_was_told(told: RoomTold) -> None:
    """What the form shows is what it reads back."""
    pairs = [
        (name, one) for name, value in fields_of(told).items() for one in ([value] if isinstance(value, str) else value)
    ]
    assert read(MultiDict(pairs)) == told


@pytest.mark.parametrize("room", ["-1", "many", "1001"])
def test_room_is_a_number(room: str) -> None:
    """Room is a number from 0 on, and anything else is refused."""
    with pytest.raises(Invalid):
        read(MultiDict({"room": room}))


def test_a_partner_is_asked_and_others_are_not(busy: Town) -> None:
    """A partner's page says what we assume and asks; the page of a business that is none does not."""
    ana = busy.visitor("ana")
    assert "Nobody has told us, so we assume" in ana.get(f"/businesses/{_id(busy, 'Tamsel River Title')}").text
    assert 'id="room"' not in ana.get(f"/businesses/{_id(busy, 'Palomino Roofing')}").text


def test_what_they_told_is_kept_and_taken_back(busy: Town) -> None:
    """Room and languages are kept, count in who gets what, and Undo forgets them."""
    ana, partner = busy.visitor("ana"), _id(busy, "Tamsel River Title")
    page = f"/businesses/{partner}"
    ana.post(f"{page}/room", {"room": "7", "language": ["es", "", "en"]}, form_on=page)
    assert busy.circle.room(partner) == RoomTold(room=7, languages=("es", "en"))
    slot = next(slot for slot in busy.circle.assignment().slots if slot.business_id == partner)
    assert (slot.room, slot.room_assumed) == (7, False)
    assert "Spanish, English" in ana.get(page).text
    ana.post(f"{page}/room", {"room": "", "language": ""}, form_on=page)
    assert busy.circle.room(partner) == RoomTold()
