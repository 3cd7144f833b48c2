"""Settings of mail: from whom it comes, through which server, and a test."""

from flask import Blueprint, current_app, g, request
from flask.typing import ResponseReturnValue

from matcher.answers.posted import SenderTold
from matcher.errors import Invalid
from matcher.postman import Postman
from webapp import forms
from webapp.access import access, membership, store
from webapp.pages import go, page, say

pages = Blueprint("mail_settings", __name__, url_prefix="/settings/mail")

PROTECTIONS = (("starttls", "STARTTLS (usual, port 587)"), ("tls", "TLS from the start (port 465)"), ("none", "None"))
SAYS = {"sent": "The test is on its way. Please look into your mail.", "unknown": "The server did not answer clearly."}


@pages.get("")
@access(GET="member")
def show() -> ResponseReturnValue:
    """From whom mail comes now."""
    return _page()


@pages.post("")
@access(POST="owner")
def save() -> ResponseReturnValue:
    """Keep it; an empty password leaves the one that is kept."""
    form = request.form
    port = form.get("port", "")
    told = SenderTold(
        name=form.get("name", ""),
        email=form.get("email", ""),
        postal_address=form.get("postal_address", ""),
        host=form.get("host", ""),
        port=int(port) if port.isascii() and port.isdigit() and len(port) < 6 else 0,
        security=forms.one_of(form, "security", dict(PROTECTIONS)) or "starttls",  # type: ignore[arg-type]
        username=form.get("username", ""),
        password=form.get("password") or None,
    )
    try:
        g.network.set_sender(told)
    except Invalid as problem:
        return _page(told, {problem.field: problem.sentence}, 400)
    say("Your mail settings are saved.")
    return go("mail_settings.show")


@pages.post("/test")
@access(POST="owner")
def test() -> ResponseReturnValue:
    """Send a mail to the sender's own address at once, and say what came of it."""
    number = g.network.approve_test()
    Postman(store(), current_app.config["BASE_URL"]).work(g.network.id)
    mail = next(mail for mail in g.network.outbox().mails if mail.mail_id == number)
    if mail.state == "queued":
        g.network.stop_mail(number)
    say(SAYS.get(mail.state, mail.said), tone="" if mail.state == "sent" else "warn")
    return go("mail_settings.show")


def _page(
    told: SenderTold | None = None, problems: dict[str, str] | None = None, status: int = 200
) -> ResponseReturnValue:
    kept, member, home = g.network.sender(), membership(), g.network.home()
    return page(
        "mail_settings.html",
        status=status,
        title="Mail",
        told=told or kept or SenderTold(name=home.name if home else "", email="", postal_address=""),
        has_sender=kept is not None,
        has_password=kept is not None and kept.has_password,
        protections=PROTECTIONS,
        is_owner=member is not None and member.role == "owner",
        problems=problems or {},
    )
