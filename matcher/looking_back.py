"""What was known at the end of an earlier day: which needs were told, how far they were, and who was a partner."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from matcher.answers.covered import NeedCard, Status

MONTHS = 12  # of a trend
Closing = tuple[date | None, date | None]  # handed on, closed
StageChange = tuple[date, int, str]  # day, business, stage; in the order in which it happened


def month_ends(today: date, months: int = MONTHS) -> tuple[date, ...]:
    """The last days of as many months before this one, the oldest first, and today."""
    ends, first = [today], today.replace(day=1)
    for _ in range(months):
        ends.append(first - timedelta(days=1))
        first = ends[-1].replace(day=1)
    return tuple(reversed(ends))


def needs_on(day: date, needs: Sequence[NeedCard], closings: Mapping[int, Closing]) -> tuple[NeedCard, ...]:
    """The needs that were told by the end of a day and not dropped by then, as they were then."""
    found = []
    for need in needs:
        introduced_on, closed_on = closings.get(need.need_id, (None, None))
        if need.heard_on > day.isoformat():
            continue
        if closed_on is not None and closed_on <= day:
            status: Status = need.status
        else:
            status = "introduced" if introduced_on is not None and introduced_on <= day else "open"
        if status == "open":
            found.append(replace(need, status=status, business_id=None, business="", pinned=False))
        elif status != "dropped":
            found.append(replace(need, status=status))
    return tuple(found)


def partners_on(day: date, changes: Sequence[StageChange]) -> frozenset[int]:
    """The businesses with which a partnership was agreed at the end of a day."""
    stages = {business: stage for changed_on, business, stage in changes if changed_on <= day}
    return frozenset(business for business, stage in stages.items() if stage == "agreed")
