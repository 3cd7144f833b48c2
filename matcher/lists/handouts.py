"""What we hand out as plain text: the same words as on the printed pages."""

from collections.abc import Callable, Iterator, Mapping
from typing import Literal

from matcher.answers.taught import Addressed, Kit
from matcher.kit import own_words, trades_of
from matcher.taxonomy import taxonomy

Handout = Literal["pocket-card", "who-to-send", "newsletter"]
KM_A_MILE = 1.609344
STEPS = (
    "Ask them whether they would like to meet us. A no is fine.",
    "Give them our card, or write to both of us: who they are, and what it is about.",
    "We take it from there, and tell you what became of it.",
)


def handout(kit: Kit, what: Handout) -> str:
    """One of the texts that we hand out, without an end of line at its end."""
    return HANDOUTS[what](kit)


def newsletter(kit: Kit) -> str:
    """A block for a letter to many: hire us, refer us, forward this."""
    first = kit.listen[0].phrases[0] if kit.listen else "who can help with that"
    reach = ", ".join(filter(None, (kit.own.phone, kit.own.email, kit.own.website)))
    return (
        "Three ways to be part of this\n\n"
        f"Hire us. {own_words(kit)}"
        f"{f' Reach us at {reach}.' if reach else ''}\n\n"
        f"Refer us. When you hear somebody say “{first}”, think of us, ask them, and tell us both.\n\n"
        "Forward this. Somebody you know needs it more than you do today. Pass it on to one person."
    )


def pocket_card(kit: Kit) -> str:
    """A card for the pocket: what to listen for, and how we are reached."""
    return "\n".join(("When you hear somebody say …", *_says(kit), "… think of us.", "", *_reached(kit.own)))


def who_to_send(kit: Kit) -> str:
    """A page for a partner: whom to send us, and how."""
    own = kit.own
    around = f" in {own.city}. Clients come to us from about {miles(kit)} miles around" if own.city else ""
    lines = [f"Who to send to {own.name}", "", f"We are {trades_of(kit)}{around}."]
    for title, listed in (("We are good for", kit.clients), ("They are often in the middle of", kit.occasions)):
        lines += ["", title, *(f"- {one}" for one in listed)] if listed else []
    lines += ["", "You will hear them say", *_says(kit), "", "How to introduce us"]
    lines += [f"{number}. {step}" for number, step in enumerate(STEPS, 1)]
    return "\n".join((*lines, "", *_reached(own)))


def miles(kit: Kit) -> int:
    """How far clients come from, in miles."""
    return round(kit.radius_km / KM_A_MILE)


def _says(kit: Kit) -> Iterator[str]:
    services = taxonomy().services
    for one in kit.listen:
        if len(kit.listen) > 1 and one.service in services:
            yield f"{services[one.service].name}:"
        yield from (f"“{phrase}”" for phrase in one.phrases)


def _reached(own: Addressed) -> Iterator[str]:
    address = ", ".join(filter(None, (own.street, own.city, own.postcode)))
    return filter(None, (own.name, own.phone, own.email, own.website, address))


HANDOUTS: Mapping[Handout, Callable[[Kit], str]] = {
    "pocket-card": pocket_card,
    "who-to-send": who_to_send,
    "newsletter": newsletter,
}
