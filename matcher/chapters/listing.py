"""The chapter of `Network` on the list of people one knows: names in, questions that bring more to mind, tags."""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date

from matcher.answers.programme import (
    LACKS_MOST,
    NAMES_MOST,
    Jogger,
    ListCard,
    ListedCard,
    ListedPage,
    NamesAdded,
    TagsTold,
    Which,
)
from matcher.answers.told import NAME_CHARACTERS
from matcher.chapters import giving
from matcher.chapters.client_book import CHUNK, SHOWN, ClientBook
from matcher.errors import Invalid, NotFound
from matcher.knowledge.joggers import joggers_for
from matcher.lines import LINE_ENDS, one_line
from matcher.names import fold
from matcher.store import listed, listing
from matcher.visible import visible

BETWEEN_NAMES = re.compile(r"[,;\n\t]+|\s+(?:&|and)\s+(?=\w+\s+\w)")  # “Ann and Bob Miller” stays one
NEWEST = 6  # names shown
GOAL = 100  # people, as long as nobody has chosen


class Listing(ClientBook):
    """The list: everybody the owner knows, clients and partners' faces among them."""

    def people_list(self) -> ListCard:
        """How long the list is, how much of it is tagged, and the questions that bring more people to mind."""
        home = self.home()
        with self._store.session(self.id) as session:
            programme, jogged = giving.followed(session), listing.jogged(session)
            return ListCard(
                size=listing.size(session),
                tagged=listing.tagged(session),
                goal=programme.goal if programme else GOAL,
                joggers=tuple(_marked(one, jogged.get(one.code)) for one in joggers_for(home.lon if home else None)),
                newest=tuple(listing.newest(session, NEWEST)),
            )

    def listed_people(self, text: str = "", which: Which = "", *, first: int = 0, limit: int = SHOWN) -> ListedPage:
        """A page of everybody on the list by name, with their tags; `which`: tagged, untagged or lacking something."""
        with self._store.session(self.id) as session:
            ids = listed.find(session, text, which)
            shown = ids[first : first + limit]
            found = listed.cards(session, shown)
        return ListedPage(people=tuple(found[one] for one in shown), total=len(ids))

    def whole_people_list(self, text: str = "", which: Which = "") -> Iterator[ListedCard]:
        """Everybody as `listed_people` narrows them, some in memory at a time."""
        with self._store.session(self.id) as session:
            ids = listed.find(session, text, which)
            for first in range(0, len(ids), CHUNK):
                shown = ids[first : first + CHUNK]
                found = listed.cards(session, shown)
                yield from (found[one] for one in shown if one in found)  # not taken out meanwhile

    def add_names(self, text: str, *, on: date | None = None) -> NamesAdded:
        """Put people on the list by name, several at once: “Mia Hart, Joe Park; Ana”; who is on it already is told."""
        told, day = names_in(text), self._day_told(on)
        with self._store.session(self.id, writes=True) as session:
            there = {fold(name) or name for name in listing.names(session)}
            new = [name for name in told if (fold(name) or name) not in there]
            numbers = listing.add(session, self.id, new, day)
        return NamesAdded(person_ids=numbers, names=tuple(new), known=tuple(name for name in told if name not in new))

    def remove_names(self, person_ids: Collection[int]) -> int:
        """Take people off the list again of whom nothing but the name was told, and give how many those were."""
        with self._store.session(self.id, writes=True) as session:
            return listing.remove(session, self.id, person_ids)

    def mark_jogger(self, code: str, *, done: bool = True, on: date | None = None) -> None:
        """Keep that a question was thought through, or that it was not."""
        home = self.home()
        if code not in {one.code for one in joggers_for(home.lon if home else None)}:
            raise NotFound("There is no such question.")
        day = self._day_told(on) if done else None
        with self._store.session(self.id, writes=True) as session:
            listing.mark_jogger(session, self.id, code, day)

    # -- tags --------------------------------------------------------------------------------------
    def listed(self, person_id: int) -> ListedCard:
        """Somebody of the list with their tags."""
        with self._store.session(self.id) as session:
            return listed.card(session, person_id)

    def next_to_tag(self, after: int = 0) -> ListedCard | None:
        """Who is next in the queue, after somebody who is put off; None when everybody was gone through."""
        with self._store.session(self.id) as session:
            number = listing.next_untagged(session, after)
            return None if number is None else listed.card(session, number)

    def tag(self, person_id: int, told: TagsTold, *, on: date | None = None) -> ListedCard:
        """Keep what the owner says of somebody: what they do, whom they serve, what they may lack, how well known.

        What they lack becomes a need of theirs, in their words; as long as they are no client it counts in no figure.
        """
        if len(told.lacks) > LACKS_MOST:
            raise Invalid("lacks", f"Please write up to {LACKS_MOST} things at a time.")
        day, meant = self._day_told(on), {words: self._service_of(words) for words in told.lacks}
        with self._store.session(self.id, writes=True) as session:
            listing.tag(session, self.id, person_id, told, day)
            for words, service in meant.items():
                listing.add_lack(session, self.id, person_id, words, service=service, on=day)
            return listed.card(session, person_id)

    def untag(self, person_id: int) -> None:
        """Put somebody back into the queue; what was told of them stays until it is told anew."""
        with self._store.session(self.id, writes=True) as session:
            listing.untag(session, person_id)

    def add_lack(self, person_id: int, wording: str, *, on: date | None = None) -> None:
        """Keep one thing more that somebody may lack, in their words."""
        self.listed(person_id)
        day, service = self._day_told(on), self._service_of(wording)
        with self._store.session(self.id, writes=True) as session:
            listing.add_lack(session, self.id, person_id, wording, service=service, on=day)

    def remove_lack(self, person_id: int, need_id: int) -> None:
        """Take back that somebody lacks something."""
        with self._store.session(self.id, writes=True) as session:
            listing.remove_lack(session, person_id, need_id)

    def _service_of(self, words: str) -> str:
        """The service that words call for when we are sure; "" leaves it open."""
        found = self.understand(words)
        return found.guesses[0].service if found.sure and found.guesses else ""


def names_in(text: str) -> tuple[str, ...]:
    """The names in a line or several, each once; Invalid for none, too many, or one that is too long."""
    lines = BETWEEN_NAMES.split(LINE_ENDS.sub("\n", text))
    names = {fold(name) or name: name for part in lines if (name := visible(part))}
    if not names:
        raise Invalid("names", "Please write one name or more, with commas between them.")
    if len(names) > NAMES_MOST:
        raise Invalid("names", f"Please write up to {NAMES_MOST} names at a time, or bring them in as a file.")
    return tuple(one_line("names", name, NAME_CHARACTERS) for name in names.values())


def _marked(jogger: Jogger, done_on: date | None) -> Jogger:
    return replace(jogger, done_on=done_on.isoformat()) if done_on else jogger
