"""Thanks as pages show them: what is owed, words to send, and what may be given along."""

from dataclasses import dataclass
from typing import Any

from flask import g

from matcher.answers.cared import CareTold
from matcher.answers.referred import ReferralCard, ThankKind
from matcher.answers.thanked import SafeThanks, Verdict, WayToThank
from matcher.answers.whose import Somebody, Whose
from matcher.chapters.referring import THANK_SCRIPTS
from webapp.pages.motivation import REWARDS


@dataclass(frozen=True, slots=True)
class Thanks:
    """One of the three thanks: its title, its button, and what is said afterwards."""

    title: str
    hint: str
    button: str
    done: str


THANKS: dict[ThankKind, Thanks] = {
    "at_once": Thanks("Thank them now", "Within two days, whatever comes of it.", "I said thank you", "Thanked."),
    "again": Thanks(
        "Thank them again",
        "The work is done. Say what came of it, and ask gently.",
        "I thanked them again",
        "Thanked a second time.",
    ),
    "publicly": Thanks(
        "Thank them publicly",
        "They welcome it. Name them, and never the client.",
        "I thanked them publicly",
        "Thanked publicly.",
    ),
}
VERDICTS: dict[Verdict, tuple[str, str]] = {  # in words, and the tone of the chip
    "fine": ("Fine", "accent"),
    "limited": ("Limited", "warn"),
    "ask": ("Ask first", "warn"),
    "refused": ("Not allowed", "bad"),
}
NAMES = dict(REWARDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class WayShown:
    """A kind of thanks as a page shows it."""

    way: WayToThank
    name: str
    words: str
    tone: str
    left: str


def about_thanks(card: ReferralCard, tone: str) -> dict[str, Any]:
    """What the page of a referral needs to thank for it; nothing for one that we gave."""
    if card.given:
        return {"owed": [], "ways": [], "offered": [], "safe": None, "tone": tone, "to": {}}
    owed = [(due, THANKS[due.kind], g.network.thank_draft(card.referral_id, due.kind, tone=tone)) for due in card.owed]
    shown = {"owed": owed, "tone": tone, "scripts": THANK_SCRIPTS, "to": reached(card.whose)}
    return {**shown, **ways_shown(g.network.safe_thanks(card.whose))}


def reached(whose: Whose) -> dict[str, str]:
    """To whom a letter goes: name, e-mail and the address for post, as far as they are known."""
    somebody: Somebody = g.network.somebody(whose)
    care: CareTold = g.network.care(whose)
    return {"name": somebody.name, "email": somebody.email, "address": care.post_to or somebody.address}


def ways_shown(safe: SafeThanks) -> dict[str, Any]:
    """The ways to thank somebody, and those that a form offers: all that are not refused."""
    shown = [_shown(way) for way in safe.ways]
    offered = [("", "Only words"), *((one.way.reward, one.name) for one in shown if one.way.verdict != "refused")]
    return {"safe": safe, "ways": shown, "offered": [one for one in offered if one[0] != "word"], "reward_names": NAMES}


def _shown(way: WayToThank) -> WayShown:
    words, tone = VERDICTS[way.verdict]
    left = ""
    if way.left_cents is not None:
        left = (
            f"{way.left_cents / 100:,.2f} of {(way.limit_cents or 0) / 100:,.2f} {way.currency} left in twelve months"
        )
    return WayShown(way=way, name=NAMES[way.reward], words=words, tone=tone, left=left.replace(".00 ", " "))
