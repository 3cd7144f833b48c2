"""What the agenda stands on: sales with what was promised, moments to ask, when we were in touch, tasks put off."""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from matcher.facts.base import Private


class Sale(Private, kw_only=True):
    """Work agreed with a client, from the handshake to the results, and the introductions they promised for it."""

    __tablename__ = "sale"

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    what: Mapped[str] = mapped_column(String(200), default="")
    agreed_on: Mapped[date]
    done_on: Mapped[date | None] = mapped_column(default=None)
    meeting_on: Mapped[date | None] = mapped_column(default=None)  # on which we look at the results together
    results_on: Mapped[date | None] = mapped_column(default=None)  # the client confirmed them: now we may ask
    promised: Mapped[int] = mapped_column(default=0)  # introductions, for good results
    value_cents: Mapped[int | None] = mapped_column(default=None)


class Moment(Private, kw_only=True):
    """A good time to ask somebody, such as praise; whoever notes it says in which words it came."""

    __tablename__ = "moment"

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    kind: Mapped[str] = mapped_column(String(16))  # a code of data/taxonomy/moments.csv
    business_id: Mapped[int | None] = mapped_column(ForeignKey("business.id", ondelete="CASCADE"), default=None)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), default=None)
    wording: Mapped[str] = mapped_column(String(400), default="")
    noticed_on: Mapped[date]


class Touch(Private, kw_only=True):
    """That we were in touch with somebody: a call, a message, a letter, a meeting."""

    __tablename__ = "touch"

    id: Mapped[int] = mapped_column(primary_key=True, default=None)
    business_id: Mapped[int | None] = mapped_column(ForeignKey("business.id", ondelete="CASCADE"), default=None)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), default=None)
    kind: Mapped[str] = mapped_column(String(16))  # call, message, letter, meeting
    touched_on: Mapped[date]
    note: Mapped[str] = mapped_column(String(400), default="")


class TaskMark(Private, kw_only=True):
    """That a task of the agenda is done, or put off until a day."""

    __tablename__ = "task_mark"

    network_id: Mapped[int] = mapped_column(ForeignKey("network.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    done_on: Mapped[date | None] = mapped_column(default=None)
    until_on: Mapped[date | None] = mapped_column(default=None)
