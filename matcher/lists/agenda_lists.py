"""The agenda as a list for a spreadsheet, and which of its tasks are shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from matcher.answers.agenda import Task
from matcher.lists.answer_lists import Sheet

Kind = Literal["thanks", "asks", "clients", "partners", "giving", "letters"]
KINDS: dict[Kind, tuple[str, ...]] = {
    "thanks": ("thank_now", "thank_again", "thank_publicly", "handwritten", "ask_why"),
    "asks": (
        *("ask_promised", "promise_open", "ask_saved", "ask_testimonial", "ask_praise", "ask_joined"),
        *("ask_referred", "ask_done"),
    ),
    "clients": ("results_meeting", "share_results", "followup_45", "followup_90"),
    "partners": ("connect", "remind", "became", "vetting", "pause", "keep_in_touch"),
    "giving": ("programme_step", "drip_customers", "drip_no", "drip_cold"),
    "letters": ("handwritten",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Which tasks are asked for; what is empty does not narrow."""

    on: date | None = None  # today
    ahead_days: int = 0
    kind: Kind | Literal[""] = ""


def narrowed_tasks(tasks: Iterable[Task], to: Shown) -> tuple[Task, ...]:
    """The tasks of this kind."""
    return tuple(task for task in tasks if not to.kind or task.rule in KINDS[to.kind])


def task_paper(tasks: Iterable[Task]) -> Sheet:
    """Tasks with what fits on paper."""
    return ("Due", "Task", "Reason", "Address for a letter"), (
        (task.due_on, task.title, task.reason, task.post_to) for task in tasks
    )


def task_rows(tasks: Iterable[Task]) -> Sheet:
    """Tasks with their reasons, the words to start from and where to send a letter."""
    heading = ("Due", "Task", "Whose", "Reason", "Why", "Subject", "Message", "Address for a letter", "Key")
    return heading, (
        (
            task.due_on,
            task.title,
            task.name,
            task.reason,
            task.why,
            task.draft.subject if task.draft else "",
            task.draft.text if task.draft else "",
            task.post_to,
            task.key,
        )
        for task in tasks
    )
