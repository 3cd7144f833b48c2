"""Operations on mail: the outbox, and from whom mail comes."""

from flask import g

from matcher.answers.posted import MailCard, NoMail, Outbox, SenderCard
from matcher.errors import NotFound
from webapp.api.mail_inputs import AddressBody, AddressQuery, MailBody, SenderBody
from webapp.api.operation import operation


@operation("GET", "/outbox")
def get_outbox() -> Outbox:
    """The mail that was let go, the newest first, and what became of it."""
    found: Outbox = g.network.outbox()
    return found


@operation("POST", "/outbox")
def post_mail(body: MailBody) -> Outbox:
    """Let a mail go that its owner has read; for a minute it can be held back."""
    g.network.approve_mail(body.told())
    found: Outbox = g.network.outbox()
    return found


@operation("POST", "/outbox/<int:mail_id>/stop")
def post_stop(mail_id: int) -> MailCard:
    """Hold a mail back that is still queued."""
    card: MailCard = g.network.stop_mail(mail_id)
    return card


@operation("POST", "/outbox/<int:mail_id>/again")
def post_again(mail_id: int) -> MailCard:
    """Send a mail again that was refused or held back, or of which nobody knows."""
    card: MailCard = g.network.send_mail_again(mail_id)
    return card


@operation("POST", "/outbox/<int:mail_id>/arrived")
def post_arrived(mail_id: int) -> MailCard:
    """Say that a mail arrived of which nobody knew."""
    card: MailCard = g.network.note_arrived(mail_id)
    return card


@operation("GET", "/sender")
def get_sender() -> SenderCard:
    """From whom mail comes and through which server; 404 before anybody has said."""
    card: SenderCard | None = g.network.sender()
    if card is None:
        raise NotFound("Nobody has said yet from whom mail comes.")
    return card


@operation("PUT", "/sender", "owner")
def put_sender(body: SenderBody) -> SenderCard:
    """Say from whom mail comes and through which server; the password is kept encrypted and never told again."""
    card: SenderCard = g.network.set_sender(body.told())
    return card


@operation("GET", "/no-mail")
def get_no_mail() -> tuple[NoMail, ...]:
    """Which addresses get no mail, the latest first, and why."""
    found: tuple[NoMail, ...] = g.network.no_mail()
    return found


@operation("PUT", "/no-mail")
def put_no_mail(body: AddressBody) -> tuple[NoMail, ...]:
    """Send an address nothing any more; what waits for it is held back."""
    g.network.suppress(body.email)
    return get_no_mail()  # type: ignore[no-any-return]


@operation("DELETE", "/no-mail")
def delete_no_mail(query: AddressQuery) -> tuple[NoMail, ...]:
    """Let an address have mail again that its owner kept from it; 409 when they asked for none themselves."""
    g.network.allow_mail(query.email)
    return get_no_mail()  # type: ignore[no-any-return]
