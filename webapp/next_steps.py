"""What to do next about coverage, and what would help against a gap: sentences with the page where one does it."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for

from matcher.answers.covered import Coverage, FilterName, Gap, State
from matcher.taxonomy import taxonomy
from webapp.filters import find_href, service_name

FILTERS: dict[FilterName, str] = {  # what left nobody, as a chip
    "service": "Nobody does it",
    "competitor": "They compete",
    "area": "Too far away",
    "price": "Another price",
    "language": "Language",
    "trust": "Little trust",
    "resting": "Asked lately",
    "full": "No room",
}


@dataclass(frozen=True, slots=True)
class Way:
    """Something that would help, and the page where one does it."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do now, and the page where one does it."""

    icon: str
    sentence: str
    text: str  # of the link
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GapShown:
    """A gap as pages show it."""

    gap: Gap
    title: str
    chip: str
    needs: str  # how many
    sentence: str  # why, and what would help
    href: str  # these
    ways: tuple[Way, ...]


def headline(sentence: str) -> tuple[str, str]:
    """An answer as a headline, its first sentence, and the rest."""
    first, dot, rest = sentence.partition(". ")
    return (f"{first}.", rest) if dot else (sentence, "")


def needs_url(service: str = "", state: State | str = "", **more: object) -> str:
    """The list of the needs of a service, of a state, or of both."""
    return url_for("assignment.show", service=service or None, state=state or None, **more)  # type: ignore[arg-type]


def gap_shown(gap: Gap) -> GapShown:
    """A gap with what would help against it."""
    return GapShown(
        gap=gap,
        title=service_name(gap.service),
        chip=FILTERS[gap.filter],
        needs=counted(len(gap.need_ids)),
        sentence=_after_colon(gap.sentence),
        href=needs_url(gap.service, "gap"),
        ways=tuple(_ways(gap)),
    )


def _after_colon(sentence: str) -> str:
    """A sentence without the name before its colon, which stands above it already."""
    name, colon, rest = sentence.partition(": ")
    return f"{rest[:1].upper()}{rest[1:]}" if colon else name


def _ways(gap: Gap) -> Iterator[Way]:
    if gap.filter == "full":
        yield Way("Ask for more room", url_for("assignment.show", _anchor="room"))
    if gap.filter in ("competitor", "trust", "resting", "language"):
        yield Way("See whom it stops", needs_url(gap.service, "gap"))
    yield from ways_to_find(gap.service)


def ways_to_find(service: str) -> Iterator[Way]:
    """Where to look for somebody who offers a service; a call can only be for one that everybody knows."""
    yield Way("Find somebody", find_href(service))
    if service in taxonomy().services:
        yield Way("Open call", url_for("calls.show", service=service))


def next_steps(found: Coverage) -> list[Step]:
    """What to do now, the most useful first."""
    by_state = found.by_state
    steps = []
    if ready := by_state.get("ready", 0):
        steps.append(
            Step(
                "handshake",
                f"{_needs(ready)} ready: the partner is there, only the introduction is missing.",
                "Introduce them",
                needs_url(state="ready"),
            )
        )
    if found.gaps:
        words = f"{_needs(by_state.get('gap', 0))} without a partner. See who would fill most of them at once."
        steps.append(Step("user-plus", words, "Whom to recruit", url_for("recruit.show")))
    if unsorted := by_state.get("unsorted", 0):
        words = f"{_needs(unsorted)} waiting for you to say which service it is."
        steps.append(Step("circle-question-mark", words, "Sort them", needs_url(state="unsorted")))
    if introduced := by_state.get("introduced", 0):
        words = f"{_needs(introduced)} introduced. Ask how it went."
        steps.append(Step("message-circle", words, "Close the loop", needs_url(state="introduced")))
    return steps


def counted(needs: int) -> str:
    """How many needs, in words."""
    return "One need" if needs == 1 else f"{needs:,} needs"


def _needs(count: int) -> str:
    return f"{counted(count)} {'is' if count == 1 else 'are'}"
