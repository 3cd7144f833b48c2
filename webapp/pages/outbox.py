"""Drafts on their way: as a file, on paper, or through the outbox once their owner has read them."""

from flask import Blueprint, Response, g, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as Redirection

from matcher.answers.posted import A_DAY, ADDRESS_CHARACTERS, BODY_CHARACTERS, MailTold
from matcher.answers.quick_note import Draft
from matcher.errors import Conflict, Invalid
from matcher.lines import few_lines
from webapp.access import access
from webapp.pages import go, page, say

pages = Blueprint("outbox", __name__)

STATES = {  # what a chip says, its tone and its picture
    "queued": ("Goes out soon", "", "clock"),
    "sending": ("Going out now", "", "send"),
    "sent": ("Sent", "accent", "check"),
    "refused": ("Refused", "bad", "circle-alert"),
    "unknown": ("Nobody knows", "warn", "circle-alert"),
    "stopped": ("Held back", "", "undo-2"),
}


@pages.get("/outbox")
@access(GET="member")
def show() -> ResponseReturnValue:
    """All mails, the newest first, with what became of each."""
    return page("outbox.html", title="Outbox", outbox=g.network.outbox(), states=STATES, most=A_DAY)


@pages.post("/outbox")
@access(POST="member")
def send() -> ResponseReturnValue:
    """Put a draft that was read into the outbox; what cannot be sent comes back as it was written."""
    try:
        number = g.network.approve_mail(_told())
    except Invalid as problem:
        return _written({problem.field: problem.sentence}, 400)
    except Conflict as problem:
        return _written({"page": problem.sentence}, 409)
    say("It goes out in a minute.", undo=url_for("outbox.stop", mail_id=number))
    return go("outbox.show")


@pages.post("/outbox/<int:mail_id>/stop")
@access(POST="member")
def stop(mail_id: int) -> Redirection:
    """Hold a mail back."""
    g.network.stop_mail(mail_id)
    say("It is held back.")
    return go("outbox.show")


@pages.post("/outbox/<int:mail_id>/again")
@access(POST="member")
def again(mail_id: int) -> Redirection:
    """Send a mail again, as a human decides."""
    g.network.send_mail_again(mail_id)
    say("It goes out again.", undo=url_for("outbox.stop", mail_id=mail_id))
    return go("outbox.show")


@pages.post("/outbox/<int:mail_id>/arrived")
@access(POST="member")
def arrived(mail_id: int) -> Redirection:
    """Keep that a mail arrived of which nobody knew."""
    g.network.note_arrived(mail_id)
    say("Good to know.")
    return go("outbox.show")


@pages.post("/letters/eml")
@access(POST="member")
def eml() -> ResponseReturnValue:
    """The draft as a file that a mail program opens."""
    told = _told()
    try:
        content = g.network.eml(told.to_email, told.to_name, told.subject, told.body)
    except Invalid as problem:
        return _written({problem.field: problem.sentence}, 400)
    headers = {"Content-Disposition": 'attachment; filename="message.eml"'}
    return Response(content, content_type="message/rfc822", headers=headers)


@pages.post("/letters/by-post")
@access(POST="member")
def by_post() -> ResponseReturnValue:
    """The draft as a letter to print."""
    told, sender, home = _told(), g.network.sender(), g.network.home()
    try:
        g.network.hold_words(told.subject, told.body)
    except Invalid as problem:
        return _written({problem.field: problem.sentence}, 400)
    return page(
        "by_post.html",
        title="Letter to print",
        from_name=sender.name if sender else home.name if home else "",
        from_address=sender.postal_address if sender else "",
        letters=[(told.to_name, few_lines("address", request.form.get("address", ""), ADDRESS_CHARACTERS))],
        subject=told.subject,
        text=few_lines("body", told.body, BODY_CHARACTERS),
        today=g.network.today(),
    )


def _told() -> MailTold:
    key, script, to_name, to_email, subject, body = (
        request.form.get(name, "") for name in ("key", "script", "to_name", "to_email", "subject", "body")
    )
    return MailTold(key=key, script=script, to_name=to_name, to_email=to_email, subject=subject, body=body)


def _written(problems: dict[str, str], status: int) -> ResponseReturnValue:
    """The draft as it was written, with what is in its way."""
    told = _told()
    return page(
        "letter.html",
        status=status,
        title="Your message",
        draft=Draft(subject=told.subject, text=told.body),
        to={"name": told.to_name, "email": told.to_email, "address": request.form.get("address", "")},
        key=told.key,
        script=told.script,
        problems=problems,
    )
