"""The directory: every business that this network can see, to search, to look at and to take along as a file."""

from dataclasses import dataclass

from flask import Blueprint, Response, g, request
from flask.typing import ResponseReturnValue

from matcher.answers.partners import BusinessCard, Filters, Listing
from matcher.knowledge.choices import services_like
from matcher.lists.letters import Form
from matcher.taxonomy import taxonomy
from webapp import forms
from webapp.access import access
from webapp.downloads import download, one_at_a_time
from webapp.filters import service_names
from webapp.pages import page

pages = Blueprint("directory", __name__)

SHOWN = 50  # rows on a page
MEANT = 3  # services offered where nobody has the name that was searched for
SERVICES_SHOWN = 3  # of one business
STAGES = {  # of a partnership: words, tone of the chip
    "courted": ("Getting to know", "accent"),
    "agreed": ("Partner", "accent"),
    "paused": ("Paused", "warn"),
    "ended": ("Ended", ""),
}
VERDICTS = {"yes": ("Yes", "accent"), "later": ("Later", "warn"), "no": ("No", "")}


@dataclass(frozen=True, slots=True)
class Row:
    """One business as the list shows it."""

    business_id: int
    name: str
    services: str
    more: int  # services that are not named
    place: str
    thought: tuple[str, str] | None  # what the network thinks of it: words, tone


@pages.get("/directory")
@access(GET="member")
def show() -> ResponseReturnValue:
    """A page of the list under the filters in the URL."""
    filters, first = read(request.args), forms.first(request.args)
    found: Listing = g.network.directory(filters, first=first, limit=SHOWN)
    return page(
        "directory.html",
        title="Directory",
        rows=[_row(card, filters) for card in found.businesses],
        total=found.total,
        meant=[] if found.businesses else services_like(filters.text, MEANT),
        first=first,
        limit=SHOWN,
        filters=filters,
        filtered=filters != Filters(),
        query=forms.filter_query(filters),
        groups=[("", "All kinds"), *sorted(taxonomy().groups.items(), key=lambda group: group[1])],
        chosen_group=next(iter(filters.groups or _groups_of(filters)), ""),
        services=_services(filters),
    )


@pages.get("/directory.<any(csv, xlsx):form>")
@access(GET="member")
@one_at_a_time
def export(form: Form) -> Response:
    """Exactly the filtered list as a file."""
    return download(g.network.export("directory", form, read(request.args)), "directory", form)


def read(form: forms.Form) -> Filters:
    """The filters that this list knows; a service is narrower than its group, so it stands alone."""
    asked = forms.read_filters(form)
    services = taxonomy().services
    inside = tuple(code for code in asked.services if not asked.groups or services[code].group in asked.groups)
    return Filters(text=asked.text, services=inside, groups=() if inside else asked.groups)


def _services(filters: Filters) -> list[tuple[str, list[tuple[str, str]]]]:
    """What the second filter offers: (group, its services by name), all of them or those of the group chosen."""
    known = taxonomy()
    groups = filters.groups or _groups_of(filters) or known.groups
    shelves: dict[str, list[tuple[str, str]]] = {code: [] for code in known.groups if code in groups}
    for service in sorted(known.services.values(), key=lambda service: service.name):
        if service.group in shelves:
            shelves[service.group].append((service.code, service.name))
    return sorted(((known.groups[code], found) for code, found in shelves.items()), key=lambda shelf: shelf[0])


def _groups_of(filters: Filters) -> list[str]:
    """The groups of the services chosen."""
    return list(dict.fromkeys(taxonomy().services[code].group for code in filters.services))


def _row(card: BusinessCard, filters: Filters) -> Row:
    known = taxonomy().services
    looked_for = {
        c for c in card.services if c in filters.services or (c in known and known[c].group in filters.groups)
    }
    codes = sorted(card.services, key=lambda code: code not in looked_for)  # otherwise the surest first, as they are
    return Row(
        business_id=card.business_id,
        name=card.name,
        services=service_names(codes[:SERVICES_SHOWN]) or card.category,
        more=max(0, len(codes) - SERVICES_SHOWN),
        place=card.place,
        thought=STAGES.get(card.stage or "") or VERDICTS.get(card.verdict or ""),
    )
