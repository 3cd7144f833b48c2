"""What teaches partners whom to send: addresses to write to, the plan for one partner, and the kit to hand out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressed:
    """A business with all the ways to reach it, as an address book or a letter needs them, each part on its own."""

    name: str
    business_id: int | None = None
    contact: str = ""  # the person to whom one writes
    phone: str = ""
    email: str = ""
    website: str = ""
    street: str = ""
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""  # in two letters
    services: tuple[str, ...] = ()
    stage: str = ""  # of the partnership, if there is one
    note: str = ""
