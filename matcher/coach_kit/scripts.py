"""Scripts of a kit: some stand in place of our words on the agenda, all others on the page of the programme."""

from collections.abc import Mapping

from matcher.answers.programme import KitScript
from matcher.errors import Invalid
from matcher.knowledge.scripts import PLACEHOLDER, script_of

PLACES: Mapping[str, str] = {  # code of a message that the agenda drafts -> when
    "drip_cold": "A word to those with whom you never talked business",
    "drip_no": "A word to those who said no",
    "drip_customers": "A word to clients",
    "keep_in_touch": "A word to a partner",
    "remind": "A reminder of an open question",
    "thank_now": "Thanks to whoever sent somebody",
    "thank_again": "Thanks when it came to work",
    "thank_publicly": "Thanks in public",
    "ask_why": "Asking why they sent somebody",
    "became_given": "Asking what became of somebody you sent",
    "check_again": "A paper of a partner that runs out",
    "share_results": "Results, some days after the work",
    "results_meeting": "A look at the results together",
    "followup_45": "A call after 45 days",
    "followup_90": "A call after 90 days",
    "ask_promised": "Asking for promised introductions",
    "ask_done": "Asking when the work is done",
    "ask_praise": "Asking after praise",
    "ask_testimonial": "Asking after a review",
    "ask_saved": "Asking after a rescue",
    "ask_joined": "Asking somebody who joined a circle",
    "ask_referred": "Asking somebody who spoke of you",
    "ask_again": "Asking for one more of the kind",
}


def to_say(scripts: Mapping[str, str]) -> tuple[KitScript, ...]:
    """The scripts of a kit that stand in place of none of ours, for the page of the programme."""
    return tuple(KitScript(code=code, name=title(code), text=scripts[code]) for code in scripts if code not in PLACES)


def title(code: str) -> str:
    """What a script is called: where it stands, or its own name."""
    return PLACES.get(code, code.replace("_", " ").capitalize())


def check_gaps(field: str, code: str, text: str) -> None:
    """Invalid for a gap that our message of this code does not have, as ours would then be drafted in its place."""
    if code not in PLACES:
        return
    ours = script_of(code).placeholders | {"owner"}
    unknown = sorted(set(PLACEHOLDER.findall(text)) - ours)
    if unknown:
        gaps = ", ".join(f"{{{gap}}}" for gap in sorted(ours))
        raise Invalid(field, f"Nobody can fill in {{{unknown[0]}}} here. This message may have {gaps}.")
