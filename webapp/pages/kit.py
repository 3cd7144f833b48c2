"""The kit: pages to print, copy and hand out, so that people know whom to send us."""

from dataclasses import asdict
from typing import Any

from flask import Blueprint, g, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as AnyResponse

from matcher.answers.taught import Addressed, Kit, OwnContact
from matcher.errors import Conflict, Invalid
from matcher.exchange.pdf import Paper
from matcher.exchange.vcard import Version
from matcher.kit import trades_of
from matcher.lists.handouts import STEPS, miles, newsletter
from webapp.access import access
from webapp.downloads import download, one_at_a_time
from webapp.filters import service_name
from webapp.pages import go, page, say
from webapp.public import as_address

pages = Blueprint("kit", __name__, url_prefix="/kit")

REWARDS = {
    "word": "with a word",
    "card": "with a card by hand",
    "gift": "with a small gift",
    "charity": "with something for a good cause",
    "access": "with early access to what is new",
    "money": "with money, where their trade allows it",
}
CARDS = 4  # of the pocket card on one sheet


@pages.get("/")
@access(GET="member")
def show() -> ResponseReturnValue:
    """All there is to hand out, and how our own business is reached."""
    return _page("kit.html", "The kit")


@pages.post("/contact")
@access(POST="member")
def tell_contact() -> ResponseReturnValue:
    """Keep how our own business is reached; the next page offers to undo it."""
    kit = _kit()
    if kit is None:
        return go("first_run.show")
    before = _contact(kit.own)
    try:
        g.network.tell_contact(OwnContact(**{name: request.form.get(name, "") for name in before}))
    except Invalid as problem:
        return _page("kit.html", "The kit", 400, problems={problem.field: problem.sentence}, typed=request.form)
    say("This is what will be printed.", undo=url_for("kit.tell_contact"), fields=before)
    return go("kit.show")


@pages.get("/who-to-send")
@access(GET="member")
def who_to_send() -> ResponseReturnValue:
    """One page for a partner: whom to send us, and how."""
    return _page("kit_who_to_send.html", "Who to send us")


@pages.get("/pocket-card")
@access(GET="member")
def pocket() -> ResponseReturnValue:
    """Cards for the pocket with what to listen for."""
    return _page("kit_pocket.html", "The pocket card", cards=CARDS)


@pages.get("/champions")
@access(GET="member")
def champions() -> ResponseReturnValue:
    """A card for our own staff: who has sent us people, how to greet and to thank them."""
    return _page("kit_champions.html", "Our champions", champions=g.network.champions(), rewards=REWARDS)


@pages.get("/flyer")
@access(GET="member")
def flyer() -> ResponseReturnValue:
    """A page to pin up."""
    return _page("kit_flyer.html", "The flyer")


@pages.get("/flyer.pdf")
@access(GET="member")
@one_at_a_time
def flyer_pdf() -> AnyResponse:
    """The same as a file; `paper` is a4 unless us-letter is asked for."""
    paper: Paper = "us-letter" if request.args.get("paper") == "us-letter" else "a4"
    try:
        return download(g.network.flyer(paper), "flyer", "pdf")
    except Conflict:
        return go("first_run.show")


@pages.get("/card.vcf")
@access(GET="member")
def vcard() -> AnyResponse:
    """Our own business as an address book card; `version` is 3.0 unless 4.0 is asked for."""
    version: Version = "4.0" if request.args.get("version") == "4.0" else "3.0"
    try:
        return download(g.network.own_card(version), "card", "vcf")
    except Conflict:
        return go("first_run.show")


def _kit() -> Kit | None:
    try:
        found: Kit = g.network.kit()
    except Conflict:
        return None
    return found


def _page(template: str, title: str, status: int = 200, **values: Any) -> ResponseReturnValue:
    """A page of the kit; before we have said what we sell, where to say it."""
    kit = _kit()
    if kit is None or not kit.listen:
        return page("suggestions_start.html", title=title)
    return page(
        template,
        status=status,
        title=title,
        kit=kit,
        trades=trades_of(kit),
        listen=[(service_name(one.service), one.phrases) for one in kit.listen],
        miles=miles(kit),
        steps=STEPS,
        picture=_picture(),
        newsletter=newsletter(kit),
        **{"problems": {}, "typed": _contact(kit.own), **values},
    )


def _contact(own: Addressed) -> dict[str, str]:
    """How we are reached, as the form has it."""
    return asdict(
        OwnContact(phone=own.phone, email=own.email, website=own.website, street=own.street, postcode=own.postcode)
    )


def _picture() -> str:
    """Our card as a picture for a phone's camera, as a `data:` address; none when it is too long for one."""
    drawn = g.network.card_picture()
    return as_address(drawn) if drawn else ""
