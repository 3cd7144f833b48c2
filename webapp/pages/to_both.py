"""The one message that makes two known to each other, on its way: as a file, on paper, or through the outbox."""

from flask import Blueprint, Response, g, request, url_for
from flask.typing import ResponseReturnValue

from matcher.answers.introduced import MessageToBoth
from matcher.answers.posted import ADDRESS_CHARACTERS, BODY_CHARACTERS
from matcher.answers.quick_note import Draft
from matcher.errors import Conflict, Invalid
from matcher.lines import few_lines
from webapp.access import access
from webapp.pages import go, page, say

pages = Blueprint("to_both", __name__)

ADDRESSES = ("address", "also_address")  # fields of a form: the first one's, and the other one's


@pages.post("/introductions/<int:introduction_id>/message")
@access(POST="member")
def send(introduction_id: int) -> ResponseReturnValue:
    """Put the message into the outbox, to the addresses that were shown; what cannot be sent comes back."""
    subject, body = _words()
    read = (request.form.get("to_email", ""), request.form.get("also_email", ""))
    both = g.network.message_to_both(introduction_id)
    try:
        number = g.network.approve_to_both(introduction_id, subject, body, read)
    except (Invalid, Conflict) as problem:
        return _written(introduction_id, both, problem)
    say("It goes out to both in a minute.", undo=url_for("outbox.stop", mail_id=number))
    return go("introductions.show_one", introduction_id=introduction_id)


@pages.post("/introductions/<int:introduction_id>/message/eml")
@access(POST="member")
def eml(introduction_id: int) -> ResponseReturnValue:
    """The message as a file that a mail program opens, with both in To."""
    both = g.network.message_to_both(introduction_id)
    try:
        content = g.network.eml_to_both(introduction_id, *_words())
    except (Invalid, Conflict) as problem:
        return _written(introduction_id, both, problem)
    headers = {"Content-Disposition": 'attachment; filename="message.eml"'}
    return Response(content, content_type="message/rfc822", headers=headers)


@pages.post("/introductions/<int:introduction_id>/message/by-post")
@access(POST="member")
def by_post(introduction_id: int) -> ResponseReturnValue:
    """The message as two letters to print, one for each."""
    both, (subject, body) = g.network.message_to_both(introduction_id), _words()
    sender, home = g.network.sender(), g.network.home()
    try:
        g.network.hold_words(subject, body)
    except Invalid as problem:
        return _written(introduction_id, both, problem)
    addresses = [few_lines(name, request.form.get(name, ""), ADDRESS_CHARACTERS) for name in ADDRESSES]
    return page(
        "by_post.html",
        title="Letters to print",
        from_name=sender.name if sender else home.name if home else "",
        from_address=sender.postal_address if sender else "",
        letters=list(zip((both.first.name, both.target.name), addresses, strict=True)),
        subject=subject,
        text=few_lines("body", body, BODY_CHARACTERS),
        today=g.network.today(),
    )


def _words() -> tuple[str, str]:
    return request.form.get("subject", ""), request.form.get("body", "")


def _written(introduction_id: int, both: MessageToBoth, problem: Invalid | Conflict) -> ResponseReturnValue:
    """The message as it was written, with what is in its way."""
    subject, body = _words()
    field = problem.field if isinstance(problem, Invalid) else "page"
    return page(
        "letter.html",
        status=409 if field == "page" else 400,
        title="Your message",
        draft=Draft(subject=subject, text=body),
        both=both,
        introduction_id=introduction_id,
        problems={field: problem.sentence},
    )
