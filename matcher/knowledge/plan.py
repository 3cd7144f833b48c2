"""The plan for a partner, who is courted as one courts a market: attract, educate, motivate."""

from collections.abc import Mapping
from functools import cache

from matcher.answers.taught import Part, Step
from matcher.taxonomy import read_rows

PARTS: Mapping[Part, tuple[str, str]] = {  # what a part is called, and what it is for
    "attract": ("Attract", "What they want, and why they should want you."),
    "educate": ("Educate", "What they need to know to send you the right person."),
    "motivate": ("Motivate", "What keeps them sending."),
}


@cache
def plan_steps() -> tuple[Step, ...]:
    """All steps of `data/taxonomy/plan.csv`, in their order, with nothing done."""
    return tuple(Step(**row) for row in read_rows("plan.csv"))  # type: ignore[arg-type]
