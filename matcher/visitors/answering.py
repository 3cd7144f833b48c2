"""The other end of `Inviting`: people without an account, who have nothing but the token of a link."""

from collections.abc import Collection

from matcher.answers.covered import NeedCard
from matcher.answers.invited import ApplicationTold, CallPage, SurveyAnswers, SurveyPage, last_day
from matcher.answers.told import WORDING_CHARACTERS, NeedTold
from matcher.engine.flow import flow_of
from matcher.engine.survey import offered
from matcher.engine.words import article, service_words
from matcher.errors import Invalid, NotFound
from matcher.facts import Suppression
from matcher.knowledge import meaning
from matcher.lines import few_lines
from matcher.store import (
    Session,
    Store,
    applications,
    businesses,
    calls,
    client_needs,
    clients,
    clock,
    links,
    mail,
    senders,
    surveys,
    wordings,
)
from matcher.store.links import Purpose, Target
from matcher.taxonomy import taxonomy
from matcher.units import now_utc

TICKED = "Ticked in the survey."
STANDING = ("open", "introduced")  # states of a need that somebody still waits for


def read_survey(store: Store, token: str) -> SurveyPage:
    """What the page behind a link shows; NotFound, the same for a link that is wrong, used or too old."""
    target = _target(store, token, "survey")
    with store.session(target.network_id) as session:
        return _survey_page(session, target)


def answer_survey(store: Store, token: str, answers: SurveyAnswers) -> None:
    """Keep what a client ticked and wrote, and use the link up: all or nothing, and of several at once exactly one."""
    target, words = _target(store, token, "survey"), few_lines("words", answers.words, WORDING_CHARACTERS)
    with store.session(target.network_id) as session:
        page, corrections = _survey_page(session, target), wordings.told(session)
    meant = _meant(words, corrections)  # takes its time, in which nobody shall wait for us to write
    with store.session(target.network_id, writes=True) as session:
        links.use_up(session, token, "survey", now_utc())
        today = clock.today(session)
        survey = surveys.find(session, target.target_id)
        survey.answered_on = today
        client = clients.card(session, survey.person_id)
        clients.note_interests(session, client.client_id, _known(answers.groups, [g.code for g in page.groups]))
        ticked = _known(answers.services, [code for group in page.groups for code in group.services])
        for need in _needs(client_needs.cards(session, {client.client_id: client}), ticked, words, meant):
            client_needs.add(session, target.network_id, client, need, today)


def read_call(store: Store, token: str) -> CallPage:
    """What the page of an open call shows; NotFound, the same for a link that is wrong, closed or too old."""
    target = _target(store, token, "call")
    with store.session(target.network_id) as session:
        call = calls.find(session, target.target_id)
        return CallPage(
            business=_business(session, target.network_id),
            service=call.service,
            what=article(service_words(taxonomy(), call.service)),
            place=call.place,
            wording=call.wording,
            asked=calls.asked_for(session, clock.today(session)).get(call.service, 0),
            ends_on=call.closes_on.isoformat(),
        )


def apply(store: Store, token: str, told: ApplicationTold) -> None:
    """Keep the answer of a business to an open call; the same twice is one, Conflict when there are too many."""
    target = _target(store, token, "call")
    with store.session(target.network_id, writes=True) as session:
        links.look_up(session, token, "call", now_utc())  # it may have been closed while we waited
        applications.apply(session, calls.find(session, target.target_id), told, now_utc())


def read_unsubscribe(store: Store, token: str) -> str:
    """Whose mail one gets no more of behind a link; NotFound, the same for a link that is wrong or too old."""
    target = _target(store, token, "unsubscribe")
    with store.session(target.network_id) as session:
        return _sender(session)


def unsubscribe(store: Store, token: str) -> str:
    """Let whoever got a mail get no more from the same network, and say from whom; the same twice is no mistake."""
    target = _target(store, token, "unsubscribe")
    with store.session(target.network_id, writes=True) as session:
        address = mail.cards(session, now_utc(), target.target_id)[0].to_email
        mail.suppress(
            session,
            Suppression(
                network_id=target.network_id,
                address_hash=mail.hash_of(address, store.secret),
                because="unsubscribed",
                since_on=clock.today(session),
            ),
            address,
        )
        return _sender(session)


def _sender(session: Session) -> str:
    """The name under which the owner's mail comes."""
    sender = senders.find(session)
    if sender is None:
        raise NotFound(links.GONE)
    return sender.name


def _target(store: Store, token: str, purpose: Purpose) -> Target:
    with store.session() as session:
        return links.look_up(session, token, purpose, now_utc())


def _survey_page(session: Session, target: Target) -> SurveyPage:
    survey = surveys.find(session, target.target_id)
    client, home = clients.card(session, survey.person_id), businesses.home(session, target.network_id)
    sold = home.services if home else {}
    markets = client.markets or (home.markets if home else ())
    return SurveyPage(
        business=_business(session, target.network_id),
        groups=offered(flow_of(taxonomy()), markets, sold),
        ends_on=last_day(survey.sent_on).isoformat(),
    )


def _business(session: Session, network_id: int) -> str:
    """The name under which the owner is known."""
    home = businesses.home(session, network_id)
    if home is None:
        raise NotFound(links.GONE)
    return home.name


def _known(told: Collection[str], offered: Collection[str]) -> list[str]:
    """What was ticked of what was offered, each once."""
    return [code for code in dict.fromkeys(told) if code in offered]


def _meant(words: str, corrections: meaning.Corrections) -> str:
    """The service that a client's words surely mean; "" when the owner has to say which."""
    try:
        understood = meaning.understand(words, corrections)
    except Invalid:  # no word in it that tells us anything
        return ""
    return understood.guesses[0].service if understood.sure else ""


def _needs(told: Collection[NeedCard], ticked: Collection[str], words: str, meant: str) -> list[NeedTold]:
    """What the client lacks and has not told before. Their words are never lost: they go to the need that they mean."""
    waiting = {need.service for need in told if need.status in STANDING}
    new = [code for code in ticked if code not in waiting]
    needs = [NeedTold(service=code, wording=words if code == meant else TICKED) for code in new]
    if words and meant not in new:
        needs.append(NeedTold(service="" if meant in waiting else meant, wording=words))
    return needs
