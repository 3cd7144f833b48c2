"""How values read on a page: the template filters. Codes become names, numbers keep their unit."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from secrets import token_hex

from flask import Flask, g, has_app_context, url_for

from matcher.answers.programme import KitService
from matcher.answers.quick_note import Draft
from matcher.coach_kit.services import NOTHING_ADDED, name_of
from matcher.errors import Invalid
from matcher.exchange.eml import mailto as written
from matcher.taxonomy import taxonomy

WEB = re.compile(r"(https?://)?[\w-]+(\.[\w-]+)+(:\d{1,5})?([/?#][^\s<>\"\\]*)?", re.ASCII | re.IGNORECASE)
MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)  # nothing that a mail program would read as a header


def percent(share: float) -> str:
    """0.256 as “26 %”; what is not nothing is never shown as 0."""
    return "under 1 %" if 0 < share < 0.01 else f"{share:.0%}".replace("%", " %")


def money(cents: int) -> str:
    """Cents as whole dollars, from 10,000 on in thousands, from a million on in millions: $1,250, $48k, $1.9M."""
    dollars = cents / 100
    if dollars >= 999_500:
        return f"${dollars / 1_000_000:,.1f}M"
    return f"${dollars / 1000:,.0f}k" if dollars >= 10_000 else f"${dollars:,.0f}"


def plain(number: float | None) -> str:
    """A number as one types it into a form; empty for none."""
    return "" if number is None else f"{number:.6f}".rstrip("0").rstrip(".")


def dollars(cents: int | None) -> str:
    """Cents as one types dollars into a form; empty for none."""
    return "" if cents is None else f"{cents / 100:.2f}".removesuffix(".00")


def km(distance_km: float | None) -> str:
    """A distance; under 10 km with one decimal, never 0.0."""
    if distance_km is None:
        return ""
    if distance_km < 0.1:
        return "under 0.1 km"
    return f"{distance_km:.1f} km" if distance_km < 10 else f"{distance_km:,.0f} km"


def count(number: float) -> str:
    """A whole number with thousands marked: 151,755."""
    return f"{number:,.0f}"


def a_year(number: float) -> str:
    """How many a year: “about 3 a year”, “one every 2 years”."""
    if number >= 0.95:
        return f"about {number:,.0f} a year"
    return f"one every {1 / number:,.0f} years" if number > 0.05 else "hardly any"


def service_name(code: str) -> str:
    """A service by name; an unknown code stays readable."""
    return name_of(code, NOTHING_ADDED if code in taxonomy().services else added_services())


def service_href(code: str) -> str:
    """The page of a service; "" for one that the programme adds, of which nobody has written anything."""
    return url_for("knowledge.service", code=code) if code in taxonomy().services else ""


def find_href(code: str) -> str:
    """Where to look for somebody who offers a service: among suggestions, or for an added one on our own list."""
    return url_for("suggestions.show", service=code) if code in taxonomy().services else url_for("listed.show")


def added_services() -> Mapping[str, KitService]:
    """What the programme of this page's network adds; nothing on a page without one."""
    if not has_app_context() or "network" not in g:
        return NOTHING_ADDED
    if "added_services" not in g:
        g.added_services = g.network.programme_services()
    found: Mapping[str, KitService] = g.added_services
    return found


def service_names(codes: Iterable[str]) -> str:
    """Services by name, separated by dots."""
    return " · ".join(service_name(code) for code in codes)


def market_name(code: str) -> str:
    """A target market by name."""
    market = taxonomy().markets.get(code)
    return market.name if market else code.replace("_", " ")


def group_name(code: str) -> str:
    """A group of services by name."""
    return taxonomy().groups.get(code, code)


def journey_name(code: str) -> str:
    """A journey by name; an unknown code stays readable."""
    journey = taxonomy().journeys.get(code)
    return journey.name if journey else code.replace("_", " ")


def day(time: date) -> str:
    """A day as everybody reads it: 4 Mar 2026."""
    return f"{time.day} {time:%b %Y}"


def iso_day(text: str) -> str:
    """A day given as 2026-03-04, as everybody reads it."""
    return day(date.fromisoformat(text))


def web_link(text: str) -> str:
    """A link to a website, always http or https; empty when the text is anything else."""
    found = WEB.fullmatch(text.strip())
    return (found[0] if found[1] else f"https://{found[0]}") if found else ""


def phone_link(text: str) -> str:
    """A link that rings this number; empty when it has too few digits to be one."""
    digits = "".join(c for c in text if c.isascii() and c.isdigit())
    plus = "+" if text.strip().startswith("+") else ""
    return f"tel:{plus}{digits}" if 7 <= len(digits) <= 15 else ""


def mail_link(text: str) -> str:
    """A link that writes to this address; empty when it does not look like one."""
    return f"mailto:{text}" if MAIL.fullmatch(text) else ""


def mailto(draft: Draft, email: str, also_email: str = "") -> str:
    """A link that opens a mail program with the draft in it; without an address when there is none that works."""
    try:
        return written(email, draft.subject, draft.text, also_email)
    except Invalid:
        return written("", "", draft.text)


def anchor(key: str) -> str:
    """The id under which a task of the agenda stands on its page."""
    return key.replace(":", "-")


def fresh_key(about: str) -> str:
    """A key for what a button sends: pressed twice it is one mail or one client, the page anew another."""
    return f"{about}:{token_hex(4)}"


def mail_ready() -> bool:
    """Whether this network has named a server to send mail through."""
    if "mail_ready" not in g:
        sender = g.network.sender()
        g.mail_ready = sender is not None and bool(sender.host)
    return bool(g.mail_ready)


FILTERS = (
    percent,
    money,
    plain,
    dollars,
    km,
    count,
    a_year,
    service_name,
    service_href,
    find_href,
    service_names,
    market_name,
    group_name,
    journey_name,
    day,
    iso_day,
    web_link,
    phone_link,
    mail_link,
    mailto,
    anchor,
)


def install(app: Flask) -> None:
    """Make the filters known to the templates under their own names."""
    for function in FILTERS:
        app.add_template_filter(function)
    app.add_template_global(mail_ready)
    app.add_template_global(fresh_key)
