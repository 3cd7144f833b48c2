"""Whether two agree to be made known to each other, by which key the one message to both is known, and that it went."""

from contextlib import suppress
from datetime import datetime

from matcher.engine.introductions import both_said_yes
from matcher.errors import Conflict, MatcherError, NotFound
from matcher.introductions.acquainting import connect
from matcher.store import Session, introductions

NOT_AGREED = "This goes out only once both have said yes, and while it is not withdrawn."


def key_of(session: Session, introduction_id: int) -> str:
    """The key of the message to both: one for each consent, so that who agrees anew gets it anew; Conflict before."""
    introduction, course = introductions.find(session, introduction_id), introductions.courses(session)[introduction_id]
    if introduction.withdrawn_on or not both_said_yes(course):
        raise Conflict(NOT_AGREED)
    asks = introductions.asks_of(session)[introduction_id].values()
    last = max(ask.answered_at for ask in asks if ask.answered_at)
    return f"introduction:{introduction_id}:both:{last:%Y%m%d%H%M%S%f}"


def still_agreed(session: Session, key: str) -> bool:
    """Whether the two whom a message makes known to each other agree as they did when its owner let it go."""
    number = key.split(":")[1] if key.startswith("introduction:") else ""
    try:
        return number.isdigit() and key_of(session, int(number)) == key
    except (Conflict, NotFound):
        return False


def note_gone(session: Session, key: str, now: datetime) -> None:
    """Keep that the two know of each other once their message went; nothing when it is withdrawn, or noted already."""
    if still_agreed(session, key):
        with suppress(MatcherError):  # the owner was quicker; that the mail went is kept all the same
            connect(session, int(key.split(":")[1]), now)
