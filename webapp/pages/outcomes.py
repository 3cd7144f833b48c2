"""What came of things with a business: one tap notes it, and the numbers that it moves show where they come from."""

from dataclasses import dataclass

from flask import Blueprint, g, redirect, request, url_for
from werkzeug.wrappers import Response

from matcher.answers.learned import OutcomeKind, Outcomes, Rate
from matcher.errors import Invalid
from webapp import forms
from webapp.access import access
from webapp.filters import iso_day
from webapp.pages import say

pages = Blueprint("outcomes", __name__)

KINDS: dict[OutcomeKind, tuple[str, str, str]] = {  # the rate, and the two buttons that note what came of it
    "accept": ("They say yes", "They said yes", "They said no"),
    "give": ("They send you somebody when they can", "They sent us somebody", "They could have, and did not"),
    "close": ("Whom they send becomes a client", "Somebody became a client", "Somebody did not"),
    "promise": ("They keep their word", "They kept their word", "They did not"),
}
CHOICES = {f"{kind}:{answer}": (kind, answer == "yes") for kind in KINDS for answer in ("yes", "no")}
TONES = {"guess": "", "some evidence": "accent", "well known": "accent"}


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteShown:
    """One note as the page lists it."""

    outcome_id: int
    words: str
    day: str
    counts: str  # how much it still counts


@dataclass(frozen=True, slots=True, kw_only=True)
class RateShown:
    """One rate as the page shows it."""

    kind: OutcomeKind
    title: str
    yes: str
    no: str
    mean: str
    likely: str
    word: str
    tone: str
    assumed: str
    notes: tuple[NoteShown, ...]


@pages.post("/businesses/<int:business_id>/outcomes")
@access(POST="member")
def note(business_id: int) -> Response:
    """Keep what came of something; the next page offers to undo it."""
    chosen = forms.one_of(request.form, "outcome", CHOICES)
    if chosen is None:
        raise Invalid("outcome", "Please choose what came of it.")
    kind, came_true = CHOICES[chosen]
    number = g.network.note_outcome(business_id, kind, came_true)
    say(f"Noted: {KINDS[kind][1 if came_true else 2].lower()}.", undo=url_for("outcomes.undo", outcome_id=number))
    return _back(business_id)


@pages.post("/outcomes/<int:outcome_id>/undo")
@access(POST="member")
def undo(outcome_id: int) -> Response:
    """Take a note back."""
    business_id = g.network.undo_outcome(outcome_id)
    say("Taken back.")
    return _back(business_id)


def _back(business_id: int) -> Response:
    return redirect(url_for("business.show", business_id=business_id, _anchor="outcomes"), 303)


def shown(found: Outcomes) -> dict[str, object]:
    """What the business page needs for its section."""
    return {"rates": [_rate(rate) for rate in found.rates], "answers": found.answers, "wanted": found.answers_wanted}


def _rate(rate: Rate) -> RateShown:
    title, yes, no = KINDS[rate.kind]
    return RateShown(
        kind=rate.kind,
        title=title,
        yes=yes,
        no=no,
        mean=f"{100 * rate.mean_share:.0f} in 100",
        likely=f"{100 * rate.low_share:.0f} to {100 * rate.high_share:.0f}",
        word=rate.word.capitalize(),
        tone=TONES[rate.word],
        assumed=f"{100 * rate.model_share:.0f} in 100",
        notes=tuple(
            NoteShown(
                outcome_id=noted.outcome_id,
                words=yes if noted.came_true else no,
                day=iso_day(noted.day),
                counts=f"counts {noted.counts_share:.2f}" if noted.counts_share < 0.995 else "",
            )
            for noted in rate.noted
        ),
    )
