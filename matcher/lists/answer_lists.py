"""Answers as lists for a spreadsheet: headings and rows, in words, with units in the headings."""

import re
from collections.abc import Iterable, Mapping, Sequence

from matcher.answers.connected import Unmet
from matcher.answers.covered import ClientCard, NeedCard
from matcher.answers.imported import Problem
from matcher.answers.partners import BusinessCard, OneSided, OverflowPartner, Picture, Suggestion
from matcher.coach_kit.services import NOTHING_ADDED, Added, name_of
from matcher.taxonomy import taxonomy

Cell = str | int | float | None
Sheet = tuple[tuple[str, ...], Iterable[Sequence[Cell]]]


def suggestion_rows(suggestions: Iterable[Suggestion]) -> Sheet:
    """Suggestions with what is in it for each side."""
    heading = (
        "Rank",
        "Business",
        "Services",
        "Place",
        "Distance (km)",
        "Chance both say yes (%)",
        "Referrals to you a year",
        "Referrals to them a year",
        "Worth to you a year (USD)",
        "Worth to them a year (USD)",
        "Chance that you say yes (%)",
        "Chance that they say yes (%)",
        "Reasons for",
        "Reason against",
        "Assumed",
        "Worth finding out",
    )
    return heading, (
        (
            s.rank,
            s.name,
            _services(s.services),
            s.place,
            None if s.distance_km is None else round(s.distance_km, 1),
            round(100 * s.chance_share),
            round(s.to_us_a_year, 1),
            round(s.to_them_a_year, 1),
            round(s.value_to_us_cents / 100),
            round(s.value_to_them_cents / 100),
            round(100 * s.yes_us_share),
            round(100 * s.yes_them_share),
            " ".join(reason.sentence for reason in s.reasons),
            s.against.sentence if s.against else "",
            ", ".join(s.assumed),
            s.open_question,
        )
        for s in suggestions
    )


def one_sided_rows(businesses: Iterable[OneSided]) -> Sheet:
    """Businesses that help one side only, or neither, and what would change it."""
    heading = (
        "Business",
        "Services",
        "Place",
        "Distance (km)",
        "Helps",
        "Referrals to you a year",
        "Referrals to them a year",
        "Open needs they could fill",
        "Why",
        "What would change it",
    )
    helps = {"us": "you", "them": "them", "neither": "neither yet"}
    return heading, (
        (
            b.name,
            _services(b.services),
            b.place,
            None if b.distance_km is None else round(b.distance_km, 1),
            helps[b.helps],
            round(b.to_us_a_year, 1),
            round(b.to_them_a_year, 1),
            b.open_needs,
            b.sentence,
            " ".join(b.changes),
        )
        for b in businesses
    )


def overflow_rows(partners: Iterable[OverflowPartner]) -> Sheet:
    """Competitors who could take work over, with how far they are like the owner on each axis."""
    heading = (
        "Rank",
        "Business",
        "Both sell",
        "Place",
        "Distance (km)",
        "Same services (%)",
        "Same clients (%)",
        "Same area (%)",
        "Same prices (%)",
        "Overlap (%)",
        "Trust (%)",
        "Partnership",
        "Could take",
        "In words",
    )
    return heading, (
        (
            p.rank,
            p.name,
            _services(p.services),
            p.place,
            None if p.distance_km is None else round(p.distance_km, 1),
            *(round(100 * axis.share) for axis in p.axes),
            round(100 * p.overlap_share),
            round(100 * p.trust_share),
            p.stage,
            " ".join(p.takes),
            p.sentence,
        )
        for p in partners
    )


def directory_rows(cards: Iterable[BusinessCard]) -> Sheet:
    """Businesses under headings that an import recognises."""
    heading = (
        "Name",
        "Services",
        "Category",
        "Address",
        "City",
        "Phone",
        "Email",
        "Website",
        "Latitude",
        "Longitude",
        "Verdict",
        "Partnership",
    )
    return heading, (
        (
            c.name,
            _services(c.services),
            c.category,
            c.address,
            c.place,
            c.phone,
            c.email,
            c.website,
            c.lat,
            c.lon,
            c.verdict or "",
            c.stage or "",
        )
        for c in cards
    )


def seat_rows(found: Picture) -> Sheet:
    """The network picture as a table: every seat, filled or empty."""
    groups, services = taxonomy().groups, taxonomy().services
    heading = ("Group", "Service", "State", "Business", "Clients who will need it (in 100)", "In words")
    return heading, (
        (
            groups[seat.group],
            services[seat.service].name,
            seat.state,
            seat.name if seat.business_id else "",
            round(100 * seat.need_share),
            seat.sentence,
        )
        for seat in found.seats
    )


def unmet_rows(pairs: Iterable[Unmet]) -> Sheet:
    """Pairs of partners who could be made known to each other, with what each would gain."""
    heading = (
        "Rank",
        "First",
        "Write to (first)",
        "Referrals to the first a year",
        "Why the first would like it",
        "Second",
        "Write to (second)",
        "Referrals to the second a year",
        "Why the second would like it",
        "Distance (km)",
    )
    return heading, (
        (
            p.rank,
            p.first,
            p.first_contact,
            round(p.first_a_year, 1),
            p.first_reason,
            p.second,
            p.second_contact,
            round(p.second_a_year, 1),
            p.second_reason,
            None if p.distance_km is None else round(p.distance_km, 1),
        )
        for p in pairs
    )


CLIENT_HEADING = (  # an import recognises all but the last four, which are for people
    "Name",
    "Grade",
    "Place",
    "Email",
    "Phone",
    "Kind of client",
    "Worth a year",
    "What they go through",
    "Since",
    "What they need",
    "Which service that is",
    "Needed by",
    "Note",
    "What they went through before",
    "Interested in",
    "Looked after",
    "Client number",
)


def client_rows(clients: Iterable[ClientCard], added: Added = NOTHING_ADDED) -> Sheet:
    """Clients under headings that an import recognises: a line for each open need, or one for who has none.

    `added`: services beside ours.
    """
    return CLIENT_HEADING, (row for client in clients for row in _client_lines(client, added))


def _client_lines(client: ClientCard, added: Added) -> Iterable[Sequence[Cell]]:
    known, journeys = taxonomy(), client.journeys
    who = (
        client.name,
        client.grade,
        client.place,
        client.email,
        client.phone,
        "; ".join(known.markets[code].name for code in client.markets if code in known.markets),
        None if client.value_cents is None else client.value_cents / 100,
        known.journeys[journeys[0].journey].name if journeys else "",
        journeys[0].day_zero if journeys else "",
    )
    about = (
        client.note,
        "; ".join(known.journeys[one.journey].name for one in journeys[1:]),
        "; ".join(known.groups[code] for code in client.interests if code in known.groups),
        "; ".join(_looked_after(need, added) for need in client.needs if need.status != "open"),
        client.client_id,
    )
    waiting = [need for need in client.needs if need.status == "open"]
    return [(*who, *_need_cells(need, added), *about) for need in waiting] or [(*who, "", "", "", *about)]


def _need_cells(need: NeedCard, added: Added) -> tuple[str, str, str]:
    """A need in its words, its service and its day; without a service, signs that would part the words are commas."""
    if need.service:
        return need.wording, name_of(need.service, added), need.needed_by
    return re.sub(r"\s*[;|\n]\s*", ", ", need.wording), "", need.needed_by


def _looked_after(need: NeedCard, added: Added) -> str:
    name = name_of(need.service, added) if need.service else f"“{need.wording}”"
    return f"{name} ({need.status}{f', {need.business}' if need.business else ''})"


def problem_rows(problems: Iterable[Problem], fields: Mapping[str, str]) -> Sheet:
    """What an import noticed, by line; `fields` says how its columns are called."""
    heading = ("Line", "About", "What to know", "Stored")
    return heading, (
        (p.line or None, fields.get(p.field, "The file"), p.sentence, "no" if p.keeps_out else "yes") for p in problems
    )


def _services(codes: Iterable[str]) -> str:
    services = taxonomy().services
    return "; ".join(services[code].name for code in codes if code in services)
