"""The messages of an introduction, in draft: filled with what the reader may know at that time, and nothing else."""

from matcher.answers.introduced import AskPage, IntroductionCard, Role
from matcher.answers.quick_note import Draft
from matcher.answers.whose import Somebody
from matcher.knowledge.scripts import draft


def question(page: AskPage, reader: Somebody, link: str, tone: str = "warm") -> Draft:
    """What one side is asked with; it says no more of the other side than the page does."""
    person = reader.whose.person_id is not None
    words = {"reason": page.reason, "place": page.place, "link": link, "owner": page.business}
    if page.introduces:
        return _filled("introduction_favour", tone, partner_contact=_greeted(reader), candidate=page.other, **words)
    if page.wants_you:
        return _filled("introduction_wanted", tone, partner_contact=_greeted(reader), **words)
    if person and page.other:
        return _filled("introduction_client", tone, client=reader.name, partner=page.other, trade=page.what, **words)
    trade = f"somebody who needs {page.what}" if page.needs else page.what
    return _filled("introduction_business", tone, partner_contact=_greeted(reader), trade=trade, **words)


def reminder(reader: Somebody, link: str, owner: str, tone: str = "warm") -> Draft:
    """What one side is reminded with."""
    return _filled("introduction_reminder", tone, partner_contact=_greeted(reader), link=link, owner=owner)


def known_to_each_other(card: IntroductionCard, owner: str, tone: str = "warm") -> Draft:
    """What makes the two known to each other once both have said yes: names, and how each is reached.

    Where one of the two introduces us to the other, it thanks both and asks for a time to talk.
    """
    if card.for_us:
        names = {"partner": card.first.name, "candidate": card.target.name}
        return _filled("introduction_connect_us", tone, owner=owner, **names)
    return _filled(
        "introduction_connect",
        tone,
        client=card.first.name,
        partner=card.target.name,
        client_details=_details(card.first),
        partner_details=_details(card.target),
        owner=owner,
    )


def outcome(card: IntroductionCard, role: Role, link: str, owner: str, tone: str = "warm") -> Draft:
    """What one side is asked with what became of it."""
    reader, other = card.somebody(role), card.somebody("target" if role == "first" else "first")
    name = owner if card.for_us and role == "target" else other.name
    return _filled("introduction_outcome", tone, partner_contact=_greeted(reader), partner=name, link=link, owner=owner)


def _greeted(reader: Somebody) -> str:
    """Whom one greets: the person at a business, else themselves."""
    return reader.contact or reader.name


def _details(somebody: Somebody) -> str:
    return ", ".join(filter(None, (somebody.contact, somebody.phone, somebody.email)))


def _filled(code: str, tone: str, **words: str) -> Draft:
    return draft(code, tone, **{name: word for name, word in words.items() if word})
