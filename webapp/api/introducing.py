"""Operations on introductions: drafting one, asking both sides, and what came of it."""

from dataclasses import dataclass

from flask import g

from matcher.answers.introduced import IntroductionCard, MessageToBoth
from matcher.answers.quick_note import Draft
from webapp.api.introduction_inputs import (
    AnswerBody,
    ConcludedBody,
    IntroductionBody,
    IntroductionsQuery,
    MessageBody,
    OpenIntroductionsBody,
    RoleBody,
    RoleQuery,
    ToneQuery,
)
from webapp.api.operation import operation
from webapp.public import address


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOn:
    """A private link, told this once, and the words to send with it."""

    link: str
    draft: Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenIntroductions:
    """How many introductions may be open at a time."""

    most: int


@operation("GET", "/settings/open-introductions")
def get_open_introductions() -> OpenIntroductions:
    """How many introductions may be open at a time."""
    return OpenIntroductions(most=g.network.open_introductions().value)


@operation("PUT", "/settings/open-introductions", "owner")
def put_open_introductions(body: OpenIntroductionsBody) -> OpenIntroductions:
    """Say how many introductions may be open at a time, or null to follow the programme; those that are open stay."""
    g.network.set_open_introductions(body.most)
    return get_open_introductions()  # type: ignore[no-any-return]


@operation("GET", "/introductions")
def get_introductions(query: IntroductionsQuery) -> tuple[IntroductionCard, ...]:
    """All introductions in these stages, or all; the newest first."""
    return tuple(g.network.introductions(query.stage))


@operation("POST", "/introductions")
def post_introduction(body: IntroductionBody) -> IntroductionCard:
    """Draft an introduction; nobody is asked yet."""
    return _card(g.network.draft_introduction(body.told()))


@operation("GET", "/introductions/<int:introduction_id>")
def get_introduction(introduction_id: int) -> IntroductionCard:
    """One introduction: what to do next, and which limits stand in the way."""
    return _card(introduction_id)


@operation("POST", "/introductions/<int:introduction_id>/ask")
def post_ask(introduction_id: int, body: RoleBody) -> PassedOn:
    """Ask one side, the first one first; the link before stops working."""
    link = address("consent.show_ask", token=g.network.ask(introduction_id, body.role))
    return PassedOn(link=link, draft=g.network.ask_draft(introduction_id, body.role, link, body.tone))


@operation("POST", "/introductions/<int:introduction_id>/remind")
def post_reminder(introduction_id: int, body: RoleBody) -> PassedOn:
    """Remind one side, once, from the seventh day on."""
    link = address("consent.show_ask", token=g.network.remind(introduction_id, body.role))
    return PassedOn(link=link, draft=g.network.reminder_draft(introduction_id, body.role, link, body.tone))


@operation("POST", "/introductions/<int:introduction_id>/report")
def post_report(introduction_id: int, body: RoleBody) -> PassedOn:
    """Ask one side what came of it."""
    link = address("consent.show_outcome", token=g.network.ask_what_came(introduction_id, body.role))
    return PassedOn(link=link, draft=g.network.outcome_draft(introduction_id, body.role, link, body.tone))


@operation("PUT", "/introductions/<int:introduction_id>/answer")
def put_answer(introduction_id: int, body: AnswerBody) -> IntroductionCard:
    """Keep what somebody told the owner themselves."""
    g.network.note_answer(introduction_id, body.role, body.answer, body.words)
    return _card(introduction_id)


@operation("POST", "/introductions/<int:introduction_id>/withdraw")
def post_withdrawal(introduction_id: int) -> IntroductionCard:
    """Take an introduction back; nobody is told."""
    g.network.withdraw(introduction_id)
    return _card(introduction_id)


@operation("DELETE", "/introductions/<int:introduction_id>/answer")
def delete_answer(introduction_id: int, query: RoleQuery) -> PassedOn:
    """Take back an answer that was noted by mistake; they get a new link."""
    link = address("consent.show_ask", token=g.network.undo_answer(introduction_id, query.role).token)
    return PassedOn(link=link, draft=g.network.ask_draft(introduction_id, query.role, link, query.tone))


@operation("DELETE", "/introductions/<int:introduction_id>/withdraw")
def delete_withdrawal(introduction_id: int) -> IntroductionCard:
    """Go on with what was withdrawn; the links of before stay closed, and asking again gives a new one."""
    g.network.undo_withdraw(introduction_id)
    return _card(introduction_id)


@operation("GET", "/introductions/<int:introduction_id>/message")
def get_connect_message(introduction_id: int, query: ToneQuery) -> MessageToBoth:
    """The message that makes the two known to each other, once both have said yes, and to whom it goes."""
    return _message(introduction_id, query.tone)


@operation("POST", "/introductions/<int:introduction_id>/message")
def post_connect_message(introduction_id: int, body: MessageBody) -> MessageToBoth:
    """Let the message go to both, once its owner has read it with these two addresses."""
    read = (body.to_email, body.also_email)
    g.network.approve_to_both(introduction_id, body.subject, body.body, read)
    return _message(introduction_id)


@operation("POST", "/introductions/<int:introduction_id>/connect")
def post_connection(introduction_id: int) -> IntroductionCard:
    """Keep that the two were made known to each other."""
    g.network.connect(introduction_id)
    return _card(introduction_id)


@operation("DELETE", "/introductions/<int:introduction_id>/connect")
def delete_connection(introduction_id: int) -> IntroductionCard:
    """Take back that the two were made known to each other, as long as nothing came of it."""
    g.network.undo_connect(introduction_id)
    return _card(introduction_id)


@operation("PUT", "/introductions/<int:introduction_id>/result")
def put_introduction_result(introduction_id: int, body: ConcludedBody) -> IntroductionCard:
    """Keep what the owner knows came of it: they met, it worked, or nothing."""
    if body.result == "met":
        g.network.met(introduction_id)
    else:
        g.network.close_introduction(introduction_id, body.result, body.value_cents)
    return _card(introduction_id)


def _message(introduction_id: int, tone: str = "warm") -> MessageToBoth:
    message: MessageToBoth = g.network.message_to_both(introduction_id, tone)
    return message


def _card(introduction_id: int) -> IntroductionCard:
    card: IntroductionCard = g.network.introduction(introduction_id)
    return card
