"""No more mail, for whoever got some: one button, or one POST of a mail program (RFC 8058), without account or cookie.

Looking changes nothing, since mail scanners look at links too. The POST needs no form's token: it can only be made by
who has the link, and the worst that a forged one could do is what the link is for.
"""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from matcher.errors import NotFound
from matcher.visitors import answering
from webapp.access import access, store
from webapp.pages import page
from webapp.public import gone

pages = Blueprint("unsubscribe", __name__)
pages.register_error_handler(NotFound, gone)


@pages.get("/unsubscribe/<token>")
@access(GET="anyone")
def show(token: str) -> ResponseReturnValue:
    """From whom no more mail would come, and the button."""
    return _page(answering.read_unsubscribe(store(), token), done=False)


@pages.post("/unsubscribe/<token>")
@access(POST="anyone")
def leave(token: str) -> ResponseReturnValue:
    """Let no more mail come."""
    return _page(answering.unsubscribe(store(), token), done=True)


def _page(sender: str, *, done: bool) -> ResponseReturnValue:
    return page("unsubscribe.html", title="No more mail", sender=sender, done=done)
