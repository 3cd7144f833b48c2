"""The agenda as a calendar feed (iCalendar, RFC 5545), for programs that show calendars."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from hashlib import sha256

from icalendar import Calendar, Event

from matcher.answers.agenda import Task

REFRESHED = "PT6H"  # how often a program is asked to look again (prior)


def write_calendar(tasks: Iterable[Task], network_id: int, today: date, now: datetime) -> bytes:
    """One event of a whole day for each task; what fell due before stands on today, so that it is seen."""
    calendar = Calendar()
    calendar.add("prodid", "-//Switchboard//Agenda//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Switchboard")
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", REFRESHED)
    for task in tasks:
        calendar.add_component(_event(task, network_id, today, now))
    return bytes(calendar.to_ical())


def _event(task: Task, network_id: int, today: date, now: datetime) -> Event:
    on = max(date.fromisoformat(task.due_on), today)
    event = Event()
    event.add("uid", f"{sha256(f'{network_id} {task.key}'.encode()).hexdigest()[:32]}@switchboard")
    event.add("dtstamp", now)
    event.add("dtstart", on)
    event.add("dtend", on + timedelta(days=1))
    event.add("summary", task.title)
    event.add("description", f"{task.reason}\n\n{task.why}")
    event.add("transp", "TRANSPARENT")  # it takes no time out of the day
    event.add("class", "PRIVATE")
    return event
