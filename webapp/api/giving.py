"""Operations on the list of people, the give-first programme with its connections and its lock, and deals."""

from dataclasses import dataclass

from flask import g

from matcher.answers.programme import (
    Connections,
    DealCard,
    Flag,
    KitService,
    ListCard,
    ListedCard,
    ListedPage,
    NamesAdded,
    ProgrammeCard,
    ProgrammeCounts,
)
from webapp.api.giving_inputs import (
    AfterQuery,
    DealBody,
    JoggerBody,
    ListQuery,
    NamesBody,
    OnQuery,
    ProgrammeBody,
    SellingBody,
    TagsBody,
    WeekBody,
    WordsBody,
)
from webapp.api.operation import operation


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """Who is next in the queue; null when everybody was gone through."""

    person: ListedCard | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """The programme that is followed; null for none."""

    programme: ProgrammeCard | None


# -- the list ------------------------------------------------------------------------------------------
@operation("GET", "/list")
def get_list() -> ListCard:
    """How long the list is, how much of it is tagged, and the questions that bring more people to mind."""
    found: ListCard = g.network.people_list()
    return found


@operation("GET", "/list/people")
def get_listed_people(query: ListQuery) -> ListedPage:
    """People on the list by name, with their tags."""
    found: ListedPage = g.network.listed_people(query.q, query.which, first=query.first, limit=query.limit)
    return found


@operation("POST", "/list")
def post_names(body: NamesBody) -> NamesAdded:
    """Put people on the list by name; who is on it already is told and not added."""
    found: NamesAdded = g.network.add_names(body.names)
    return found


@operation("GET", "/list/next")
def get_next(query: AfterQuery) -> Next:
    """Who is next to go through."""
    return Next(person=g.network.next_to_tag(query.after))


@operation("PUT", "/list/question")
def put_question(body: JoggerBody) -> ListCard:
    """Keep that a question was thought through, or that it comes up again."""
    g.network.mark_jogger(body.code, done=body.done)
    return get_list()  # type: ignore[no-any-return]


@operation("GET", "/list/<int:person_id>")
def get_listed(person_id: int) -> ListedCard:
    """Somebody of the list with their tags."""
    card: ListedCard = g.network.listed(person_id)
    return card


@operation("PUT", "/list/<int:person_id>")
def put_tags(person_id: int, body: TagsBody) -> ListedCard:
    """Say what somebody does, whom they serve, what they may lack and how well you know them."""
    card: ListedCard = g.network.tag(person_id, body.told())
    return card


@operation("DELETE", "/list/<int:person_id>/tags")
def delete_tags(person_id: int) -> ListedCard:
    """Put somebody back into the queue; what was told stays until it is told anew."""
    g.network.untag(person_id)
    return get_listed(person_id)  # type: ignore[no-any-return]


# -- the programme -------------------------------------------------------------------------------------
@operation("GET", "/programme")
def get_programme(query: OnQuery) -> Following:
    """Every week with what to do, which were kept, and from when selling tools are open."""
    return Following(programme=g.network.programme(query.on))


@operation("PUT", "/programme", who="owner")
def put_programme(body: ProgrammeBody) -> Following:
    """Begin the programme, or say that it began on another day."""
    g.network.begin_programme(body.told())
    return Following(programme=g.network.programme())


@operation("DELETE", "/programme", who="owner")
def delete_programme() -> Following:
    """Stop the programme; the weeks that were kept stay."""
    g.network.stop_programme()
    return Following(programme=None)


@operation("PUT", "/programme/week")
def put_week(body: WeekBody) -> Following:
    """Keep that a week was kept, or that it was not."""
    if body.kept:
        g.network.keep_week(body.week, minutes=body.minutes, note=body.note)
    else:
        g.network.forget_week(body.week)
    return Following(programme=g.network.programme())


@operation("GET", "/programme/services")
def get_programme_services() -> tuple[KitService, ...]:
    """The services that the programme adds; your list and your connections know them, nothing else does."""
    return tuple(g.network.programme_services().values())


@operation("PUT", "/programme/selling", who="owner")
def put_selling(body: SellingBody) -> Following:
    """Open selling tools from a day on, or let them open when the programme says."""
    g.network.open_selling(body.opens_on)
    return Following(programme=g.network.programme())


@operation("GET", "/programme/counts")
def get_counts(query: OnQuery) -> ProgrammeCounts:
    """How far this network is, in numbers alone."""
    found: ProgrammeCounts = g.network.counts(query.on)
    return found


@operation("GET", "/programme/connections")
def get_connections(query: OnQuery) -> Connections:
    """The connections to make this week, with the reasons and the words to say."""
    found: Connections = g.network.connections(query.on)
    return found


@operation("POST", "/drafts/check")
def post_words(body: WordsBody) -> tuple[Flag, ...]:
    """The words of a draft that sell, where they stand, and what to say instead."""
    found: tuple[Flag, ...] = g.network.check_words(body.text)
    return found


# -- deals ---------------------------------------------------------------------------------------------
@operation("GET", "/deals")
def get_deals(query: OnQuery) -> tuple[DealCard, ...]:
    """What partners offer the people we know, those that end first first; what is over is gone."""
    found: tuple[DealCard, ...] = g.network.deals(query.on)
    return found


@operation("POST", "/deals")
def post_deal(body: DealBody) -> tuple[DealCard, ...]:
    """Put what a partner offers on the board."""
    g.network.add_deal(body.told())
    return _board()


@operation("DELETE", "/deals/<int:deal_id>")
def delete_deal(deal_id: int) -> tuple[DealCard, ...]:
    """Take a deal off the board; gives what is left."""
    g.network.remove_deal(deal_id)
    return _board()


def _board() -> tuple[DealCard, ...]:
    found: tuple[DealCard, ...] = g.network.deals()
    return found
