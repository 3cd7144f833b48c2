"""Who has already sent us people: the likeliest to do it again, recent ones weighing more."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from matcher.answers.taught import Champion
from matcher.answers.whose import Whose
from matcher.engine.learning import aged


def champions(received: Iterable[tuple[Whose, date]], today: date) -> list[Champion]:
    """Sources of the people who were sent to us, without their names; the heaviest first, then the latest."""
    days: dict[Whose, list[date]] = defaultdict(list)
    for whose, day in received:
        days[whose].append(day)
    found = [
        Champion(
            whose=whose,
            name="",
            sent=len(sent),
            last_on=max(sent).isoformat(),
            weight=sum(aged(day, today) for day in sent),
        )
        for whose, sent in days.items()
    ]
    return sorted(found, key=lambda one: (-one.weight, -date.fromisoformat(one.last_on).toordinal(), str(one.whose)))
