"""Questions that bring people to mind, by circle and by place: `data/taxonomy/joggers.csv`."""

from collections.abc import Mapping
from functools import cache

from matcher.answers.programme import Jogger
from matcher.taxonomy import read_rows

MID_ATLANTIC = -30.0  # degrees of longitude: who lives west of it is asked as in the United States
CIRCLES: Mapping[str, str] = {  # in the order in which they are asked
    "family": "Family",
    "friends": "Friends",
    "street": "The street",
    "school": "School",
    "work": "Work",
    "club": "Clubs and faith",
    "paid": "Whom you pay",
    "employs": "Who employs and decides",
    "life": "Who is going through something",
    "phone": "Your phone and your letters",
}


def joggers_for(lon: float | None) -> tuple[Jogger, ...]:
    """The questions for somebody who lives at this longitude (degrees); all of them where it is not known."""
    region = "" if lon is None else "us" if lon < MID_ATLANTIC else "europe"
    return tuple(jogger for jogger, where in _joggers() if not (region and where) or where == region)


@cache
def _joggers() -> tuple[tuple[Jogger, str], ...]:
    return tuple(
        (Jogger(code=row["code"], circle=row["circle"], question=row["question"]), row["region"])
        for row in read_rows("joggers.csv")
    )
