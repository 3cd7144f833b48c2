"""Operations on what is kept: of a person, whole or erased everywhere; of a network, whole from one to another."""

from collections.abc import Sequence
from typing import Annotated

from flask import g
from pydantic import Field
from werkzeug.datastructures import FileStorage

from matcher.answers.held import BroughtBack, ErasePlan, Held, WholeFile
from matcher.answers.told import NAME_CHARACTERS
from matcher.answers.whole import Restored
from matcher.store.clients import PHONE_CHARACTERS
from webapp.api.inputs import PRINTED, Body, Query, Text
from webapp.api.operation import operation
from webapp.downloads import FileAnswer, one_at_a_time
from webapp.identity import let_go

Name = Annotated[str, Field(max_length=NAME_CHARACTERS, pattern=PRINTED)]


class PeopleQuery(Query):
    """Whose cards; every word of `q` is looked for in name and company."""

    q: Text = ""


class EraseBody(Body):
    """The name of whom is to be erased, as it is written: nobody is erased by mistake."""

    name: Name


class SignsBody(Body):
    """By what an erased person is known again; one of them is enough."""

    name: Name = ""
    email: Annotated[str, Field(max_length=254, pattern=PRINTED)] = ""
    phone: Annotated[str, Field(max_length=PHONE_CHARACTERS, pattern=PRINTED)] = ""
    company: Name = ""


@operation("GET", "/people")
def get_people(query: PeopleQuery) -> Sequence[Held]:
    """Everybody of whom a card is kept, clients and contacts, by name."""
    found: Sequence[Held] = g.network.people_held(query.q)
    return found


@operation("GET", "/people/<int:person_id>/file")
def get_person_file(person_id: int) -> WholeFile:
    """Everything that is held of a person, to hand over."""
    found: WholeFile = g.network.person_file(person_id)
    return found


@operation("GET", "/people/<int:person_id>/erasing")
def get_erasing(person_id: int) -> ErasePlan:
    """What erasing a person would delete, black out and leave; nothing is done."""
    plan: ErasePlan = g.network.plan_erasing(person_id)
    return plan


@operation("DELETE", "/people/<int:person_id>", "owner")
def delete_person(person_id: int, body: EraseBody) -> ErasePlan:
    """Erase a person everywhere, for good; no list brings them back unasked."""
    let_go()
    done: ErasePlan = g.network.erase_person(person_id, body.name)
    return done


@operation("GET", "/network/whole", "owner")
@one_at_a_time
def get_whole_network() -> FileAnswer:
    """Everything of this network in one file (zip), for another installation; no passwords, links or accounts."""
    return FileAnswer(g.network.export_network(), "network", "zip")


@operation("POST", "/network/whole", "owner")
def post_network(file: FileStorage) -> Restored:
    """Send a whole network, as GET gives it, into an empty one; its numbers are new."""
    done: Restored = g.network.restore_network(file.read())
    return done


@operation("POST", "/people/back", "owner")
def post_back(body: SignsBody) -> BroughtBack:
    """Let lists bring back somebody who was erased."""
    back: BroughtBack = g.network.bring_back(body.name, body.email, body.phone, body.company)
    return back
