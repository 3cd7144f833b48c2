"""Operations on the home business, suggestions, the directory and the network."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import g
from flask_wtf.csrf import generate_csrf

from matcher.answers.partners import (
    BusinessCard,
    Check,
    Explanation,
    Factor,
    Home,
    Listing,
    OneSidedList,
    Overflow,
    Picture,
    Profile,
    Shortlist,
    Understood,
)
from matcher.errors import NotFound
from matcher.knowledge.choices import markets_like, services_like
from matcher.network import Network
from matcher.taxonomy import Market, Service, taxonomy
from webapp.api.inputs import (
    DirectoryQuery,
    FactsBody,
    HomeBody,
    MotivationBody,
    OneSidedQuery,
    RulingBody,
    Saying,
    StageBody,
    SuggestionsQuery,
    VerdictBody,
    WordingBody,
    Words,
)
from webapp.api.operation import operation

MANY = 1_000  # more than there are codes of any kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """What a request that changes something sends along."""

    csrf_token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A code with its name; `kind` is a service's group or what kind of clients a market is."""

    code: str
    name: str
    kind: str


@operation("GET", "/token", "signed in")
def get_token() -> Token:
    """The token that a request needs to change something; good for the whole session."""
    return Token(csrf_token=generate_csrf())


@operation("GET", "/home")
def get_home() -> Home:
    """The owner's own business; 404 before it is described."""
    home: Home | None = g.network.home()
    if home is None:
        raise NotFound("The home business is not described yet.")
    return home


@operation("PUT", "/home", "owner")
def put_home(body: HomeBody) -> Home:
    """Say what the owner sells, to whom and where."""
    home: Home = g.network.settle(body.home())
    return home


@operation("GET", "/suggestions")
def get_suggestions(query: SuggestionsQuery) -> Shortlist:
    """Partners worth meeting, best first, with what is in it for each side."""
    found: Shortlist = g.network.suggestions(query.filters(), first=query.first, limit=query.limit, home=query.home())
    return found


@operation("GET", "/businesses")
def get_businesses(query: DirectoryQuery) -> Listing:
    """The directory by name."""
    found: Listing = g.network.directory(query.filters(), first=query.first, limit=query.limit)
    return found


@operation("GET", "/businesses/<int:business_id>")
def get_business(business_id: int) -> BusinessCard:
    """One business and what this network thinks of it."""
    return _card(business_id)


@operation("GET", "/businesses/<int:business_id>/why")
def get_why(business_id: int) -> Explanation:
    """Why a business is suggested, or why not, and what would change it."""
    found: Explanation = g.network.why(business_id)
    return found


@operation("PUT", "/businesses/<int:business_id>/facts")
def put_facts(business_id: int, body: FactsBody) -> BusinessCard:
    """Correct the facts of a business, for this network alone."""
    card: BusinessCard = g.network.correct_facts(business_id, body.facts())
    return card


@operation("DELETE", "/businesses/<int:business_id>/facts")
def delete_facts(business_id: int) -> BusinessCard:
    """Let the directory's word hold again; nothing happens where nothing was corrected."""
    card: BusinessCard = g.network.forget_correction(business_id)
    return card


@operation("GET", "/factors", "signed in")
def get_factors() -> tuple[Factor, ...]:
    """All that counts in a score: what it means, its weight, and where the weight comes from."""
    return tuple(Network.factors())


@operation("PUT", "/businesses/<int:business_id>/verdict")
def put_verdict(business_id: int, body: VerdictBody) -> BusinessCard:
    """Answer a suggestion: yes (opens a courted partnership), later or no."""
    g.network.decide(business_id, body.answer, body.reason)
    return _card(business_id)


@operation("DELETE", "/businesses/<int:business_id>/verdict")
def delete_verdict(business_id: int) -> BusinessCard:
    """Take the verdict back, with the courted partnership that it opened; nothing happens where there is none."""
    card = _card(business_id)
    if card.verdict_id is not None:
        g.network.undo_verdict(card.verdict_id)
    return _card(business_id)


@operation("GET", "/one-sided")
def get_one_sided(query: OneSidedQuery) -> OneSidedList:
    """Businesses in reach that do not compete but help one side only, or neither, and what would change it."""
    found: OneSidedList = g.network.one_sided(first=query.first, limit=query.limit)
    return found


@operation("GET", "/businesses/<int:business_id>/motivation")
def get_motivation(business_id: int) -> Profile:
    """What moves a business; all unknown when nobody told us."""
    found: Profile = g.network.motivation(business_id)
    return found


@operation("PUT", "/businesses/<int:business_id>/motivation")
def put_motivation(business_id: int, body: MotivationBody) -> Profile:
    """Keep what moves a business; who once said never to send money is remembered."""
    kept: Profile = g.network.set_motivation(body.profile(), business_id, forget=body.forget)
    return kept


@operation("PUT", "/businesses/<int:business_id>/partnership")
def put_partnership(business_id: int, body: StageBody) -> BusinessCard:
    """Open a partnership, or move it along."""
    g.network.set_stage(business_id, body.stage)
    return _card(business_id)


@operation("PUT", "/businesses/<int:business_id>/ruling")
def put_ruling(business_id: int, body: RulingBody) -> BusinessCard:
    """Say whether a business competes, and why; this goes before what is worked out."""
    g.network.rule(business_id, body.competes, body.reason)
    return _card(business_id)


@operation("DELETE", "/businesses/<int:business_id>/ruling")
def delete_ruling(business_id: int) -> BusinessCard:
    """Take that word back; nothing happens where there is none."""
    g.network.unrule(business_id)
    return _card(business_id)


@operation("GET", "/overflow")
def get_overflow(query: SuggestionsQuery) -> Overflow:
    """Competitors who could take work that the owner cannot take, the best first."""
    found: Overflow = g.network.overflow(query.filters(), first=query.first, limit=query.limit, home=query.home())
    return found


@operation("GET", "/network")
def get_network() -> Picture:
    """The network at a glance, with a hollow seat for each service that nobody offers yet."""
    found: Picture = g.network.picture()
    return found


@operation("GET", "/understand")
def get_understand(query: Saying) -> Understood:
    """The services that somebody's words mean, or a question when it is not clear."""
    return _understood(query.q)


@operation("PUT", "/understand")
def put_understand(body: WordingBody) -> Understood:
    """Say what words mean; the same words are known the next time, in this network alone."""
    g.network.correct(body.text, body.service)
    return _understood(body.text)


@operation("DELETE", "/understand")
def delete_understand(query: Saying) -> Understood:
    """Take back what was said that words mean; nothing happens where nothing was said."""
    g.network.take_back(query.q)
    return _understood(query.q)


def _understood(text: str) -> Understood:
    found: Understood = g.network.understand(text)
    return found


@operation("GET", "/services", "signed in")
def get_services(query: Words) -> tuple[Choice, ...]:
    """Services by what owners and clients call them."""
    known: Mapping[str, Service] = taxonomy().services
    codes = services_like(query.q, MANY) if query.q.strip() else known
    return tuple(Choice(code=code, name=known[code].name, kind=known[code].group) for code in codes)


@operation("GET", "/markets", "signed in")
def get_markets(query: Words) -> tuple[Choice, ...]:
    """Target markets by what owners call them."""
    known: Mapping[str, Market] = taxonomy().markets
    codes = markets_like(query.q, MANY) if query.q.strip() else known
    return tuple(Choice(code=code, name=known[code].name, kind=known[code].kind) for code in codes)


@operation("GET", "/check", "owner")
def get_check() -> tuple[Check, ...]:
    """Whether the installation is fit for use, and what to do if it is not."""
    return tuple(g.network.check())


def _card(business_id: int) -> BusinessCard:
    card: BusinessCard = g.network.business(business_id)
    return card
