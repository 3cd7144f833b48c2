"""Operations on contacts, on who knows whom and who can introduce us, and on whom to bring together."""

from collections.abc import Sequence
from typing import Annotated

from flask import g
from pydantic import Field

from matcher.answers.connected import (
    TALKS_MOST,
    YEARS_MOST,
    ContactCard,
    ContactTold,
    TieCard,
    TieTold,
    UnmetList,
    WhoConnects,
)
from matcher.answers.told import NAME_CHARACTERS, NOTE_CHARACTERS
from matcher.answers.whose import Whose
from matcher.store.clients import PHONE_CHARACTERS
from matcher.store.contacts import WORK_CHARACTERS
from webapp.api.client_inputs import LINES, RowNumber
from webapp.api.inputs import PRINTED, Body, First, Limit, Query, Text
from webapp.api.operation import operation


class ContactsQuery(Query):
    """Which contacts; every word of `q` is looked for in what we know of them."""

    q: Text = ""


class ContactBody(Body):
    """A person who is no client; `business_id`: where they work, whose face they are."""

    name: Annotated[str, Field(min_length=1, max_length=NAME_CHARACTERS, pattern=PRINTED)]
    email: Annotated[str, Field(max_length=254, pattern=PRINTED)] = ""
    phone: Annotated[str, Field(max_length=PHONE_CHARACTERS, pattern=PRINTED)] = ""
    business_id: RowNumber | None = None
    note: Annotated[str, Field(max_length=NOTE_CHARACTERS, pattern=LINES)] = ""
    company: Annotated[str, Field(max_length=WORK_CHARACTERS, pattern=PRINTED)] = ""
    position: Annotated[str, Field(max_length=WORK_CHARACTERS, pattern=PRINTED)] = ""

    def told(self) -> ContactTold:
        """The same as the core takes it."""
        return ContactTold(**{name: getattr(self, name) for name in type(self).model_fields})


class TieBody(Body):
    """How well somebody knows a business or a person, or else the owner; null: not answered."""

    of_business_id: RowNumber | None = None
    of_person_id: RowNumber | None = None
    years: Annotated[float, Field(ge=0, le=YEARS_MOST, description="For how long.")] | None = None
    contacts_a_year: Annotated[float, Field(ge=0, le=TALKS_MOST, description="How often they talk.")] | None = None
    worked_together: bool | None = None
    would_vouch: bool | None = None

    def told(self) -> TieTold:
        """The same as the core takes it."""
        return TieTold(**{n: getattr(self, n) for n in type(self).model_fields if not n.startswith("of_")})

    def other(self) -> Whose:
        """Whom they know; a business goes before a person."""
        return Whose(self.of_business_id, None if self.of_business_id is not None else self.of_person_id)


class PageQuery(Query):
    """A page of the pairs."""

    first: First = 0
    limit: Limit = 20


@operation("GET", "/contacts")
def get_contacts(query: ContactsQuery) -> Sequence[ContactCard]:
    """The people we know who are no clients, by name."""
    found: Sequence[ContactCard] = g.network.contacts(query.q)
    return found


@operation("POST", "/contacts")
def post_contact(body: ContactBody) -> ContactCard:
    """Keep a contact, perhaps as the face of a business."""
    return _contact(g.network.add_contact(body.told()))


@operation("GET", "/contacts/<int:person_id>")
def get_contact(person_id: int) -> ContactCard:
    """One contact."""
    return _contact(person_id)


@operation("PUT", "/contacts/<int:person_id>")
def put_contact(person_id: int, body: ContactBody) -> ContactCard:
    """Say who a contact is, instead of all that was said before."""
    card: ContactCard = g.network.edit_contact(person_id, body.told())
    return card


@operation("DELETE", "/contacts/<int:person_id>")
def delete_contact(person_id: int) -> ContactCard:
    """Take a contact out, with whom they know; the answer is what was there."""
    gone = _contact(person_id)
    g.network.remove_contact(person_id)
    return gone


@operation("GET", "/businesses/<int:business_id>/ties")
def get_ties(business_id: int) -> tuple[TieCard, ...]:
    """Whom a business knows, the owner first, then the strongest tie."""
    return _ties(Whose(business_id))


@operation("PUT", "/businesses/<int:business_id>/ties")
def put_tie(business_id: int, body: TieBody) -> tuple[TieCard, ...]:
    """Keep how well a business knows the owner, or another, in place of what was told before."""
    g.network.set_tie(body.told(), Whose(business_id), body.other())
    return _ties(Whose(business_id))


@operation("GET", "/businesses/<int:business_id>/connectors")
def get_connectors(business_id: int) -> WhoConnects:
    """Who could introduce us to a business, the best to ask first, and who was asked too often lately."""
    found: WhoConnects = g.network.who_connects(Whose(business_id))
    return found


@operation("GET", "/people/<int:person_id>/ties")
def get_person_ties(person_id: int) -> tuple[TieCard, ...]:
    """Whom a person knows, the owner first, then the strongest tie."""
    return _ties(Whose(person_id=person_id))


@operation("PUT", "/people/<int:person_id>/ties")
def put_person_tie(person_id: int, body: TieBody) -> tuple[TieCard, ...]:
    """Keep how well a person knows the owner, or another, in place of what was told before."""
    g.network.set_tie(body.told(), Whose(person_id=person_id), body.other())
    return _ties(Whose(person_id=person_id))


@operation("GET", "/people/<int:person_id>/connectors")
def get_person_connectors(person_id: int) -> WhoConnects:
    """Who could introduce us to a person, the best to ask first, and who was asked too often lately."""
    found: WhoConnects = g.network.who_connects(Whose(person_id=person_id))
    return found


@operation("DELETE", "/ties/<int:tie_id>")
def delete_tie(tie_id: int) -> tuple[TieCard, ...]:
    """Forget that two know each other; the answer is whom the one who is not the owner still knows."""
    return _ties(g.network.forget_tie(tie_id).other)


@operation("GET", "/broker")
def get_broker(query: PageQuery) -> UnmetList:
    """Pairs of our partners who are not known to have met, by what the one who gains less would gain."""
    found: UnmetList = g.network.bring_together(first=query.first, limit=query.limit)
    return found


def _contact(person_id: int) -> ContactCard:
    card: ContactCard = g.network.contact(person_id)
    return card


def _ties(whose: Whose) -> tuple[TieCard, ...]:
    found: tuple[TieCard, ...] = g.network.ties(whose)
    return found
