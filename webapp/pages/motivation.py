"""What moves a business: a part of its page, with a form of its own."""

from dataclasses import asdict, replace
from typing import Any, get_args

from flask import Blueprint, g, request, url_for
from werkzeug.wrappers import Response

from matcher.answers.partners import WANTS_LENGTH, Profile, Reward
from matcher.taxonomy import taxonomy
from webapp import forms
from webapp.access import access
from webapp.filters import iso_day, market_name
from webapp.pages import go, say
from webapp.pages.suggestions import MARKET_KINDS

pages = Blueprint("motivation", __name__)

Choices = list[tuple[str, str]]
UNKNOWN = ("", "We do not know")
YES_NO: Choices = [UNKNOWN, ("yes", "Yes"), ("no", "No")]
VOUCH = ("No, not yet", "With some care", "If somebody asks", "Gladly", "With my own name")
SPOKEN = ("We hear nothing", "Now and then a good word", "Well", "Very well", "All recommend them")
STEPS = 4  # between nothing at all and all of it
REWARDS: Choices = [
    UNKNOWN,
    ("word", "A word of thanks"),
    ("card", "A card"),
    ("gift", "A small gift"),
    ("charity", "A gift to a good cause"),
    ("access", "Being the first to hear of something"),
    ("money", "Money"),
]
MARKETS_SHOWN = 3  # fields for whom they want to meet; one more than are filled


@pages.post("/businesses/<int:business_id>/motivation")
@access(POST="member")
def save(business_id: int) -> Response:
    """Keep what the form says; the next page offers what was there before."""
    before, told = g.network.motivation(business_id), read(request.form)
    kept = g.network.set_motivation(told, business_id, forget=request.form.get("forget") == "yes")
    name = g.network.business(business_id).name
    left_out = " They said never to send money, so that is left out." if told.reward != kept.reward else ""
    say(
        f"We remember what moves {name}.{left_out}",
        undo=url_for("motivation.save", business_id=business_id),
        fields={**fields_of(before), "forget": "yes"},
    )
    return go("business.show", business_id=business_id, _anchor="motivation")


def read(form: forms.Form) -> Profile:
    """A profile as the form says it."""
    return Profile(
        wants=forms.text(form, "wants", limit=WANTS_LENGTH),
        wanted_markets=forms.codes(form, "wanted_market", taxonomy().markets),
        wants_to_grow=_yes_no(form, "wants_to_grow"),
        has_room=_yes_no(form, "has_room"),
        vouch_share=_share(form, "vouch"),
        reputation_share=_share(form, "spoken"),
        reward=forms.one_of(form, "reward", get_args(Reward)) or "",  # type: ignore[arg-type]
        never_money=form.get("never_money") == "yes",
        asked_on=forms.text(form, "asked_on"),
    )


def fields_of(profile: Profile) -> dict[str, Any]:
    """The fields of the form for a profile: `read` gives the same again."""
    words: dict[bool | None, str] = {True: "yes", False: "no", None: ""}
    return {
        "wants": profile.wants,
        "wanted_market": list(profile.wanted_markets),
        "wants_to_grow": words[profile.wants_to_grow],
        "has_room": words[profile.has_room],
        "vouch": _step(profile.vouch_share),
        "spoken": _step(profile.reputation_share),
        "reward": profile.reward,
        "never_money": "yes" if profile.never_money else "",
        "asked_on": profile.asked_on,
    }


def shown(business_id: int) -> dict[str, Any]:
    """What the business page needs: the facts told so far, and the form with them in it."""
    profile: Profile = g.network.motivation(business_id)
    fields, blank = fields_of(profile), max(1, MARKETS_SHOWN - len(profile.wanted_markets))
    shelves = {
        kind: [(m.code, m.name) for m in sorted(taxonomy().markets.values(), key=lambda m: m.name) if m.kind == code]
        for code, kind in MARKET_KINDS.items()
    }
    return {
        "facts": _facts(profile, fields),
        "fields": fields,
        "wanted": [*profile.wanted_markets, *[""] * blank],
        "shelves": shelves,
        "yes_no": YES_NO,
        "vouch": [UNKNOWN, *((str(step), words) for step, words in enumerate(VOUCH))],
        "spoken": [UNKNOWN, *((str(step), words) for step, words in enumerate(SPOKEN))],
        "rewards": REWARDS,
        "wants_length": WANTS_LENGTH,
        "changed_mind": {**fields_of(replace(profile, never_money=False)), "forget": "yes"},
    }


def _facts(profile: Profile, fields: dict[str, Any]) -> list[tuple[str, str]]:
    """Name and text of each thing that somebody told us."""
    said = {**asdict(profile), **fields}
    facts = [
        ("They want", profile.wants),
        ("They want to meet", ", ".join(market_name(code) for code in profile.wanted_markets)),
        ("Want to grow", dict(YES_NO[1:]).get(said["wants_to_grow"], "")),
        ("Room for more clients", dict(YES_NO[1:]).get(said["has_room"], "")),
        ("You would vouch for them", VOUCH[int(fields["vouch"])] if fields["vouch"] else ""),
        ("People speak of them", SPOKEN[int(fields["spoken"])] if fields["spoken"] else ""),
        ("Like to be thanked with", dict(REWARDS[1:]).get(profile.reward, "")),
        ("You last asked them", iso_day(profile.asked_on) if profile.asked_on else ""),
    ]
    return [fact for fact in facts if fact[1]]


def _yes_no(form: forms.Form, name: str) -> bool | None:
    return {"yes": True, "no": False}.get(form.get(name, ""))


def _share(form: forms.Form, name: str) -> float | None:
    step = forms.one_of(form, name, [str(number) for number in range(STEPS + 1)])
    return None if step is None else int(step) / STEPS


def _step(share: float | None) -> str:
    return "" if share is None else str(round(STEPS * share))
