"""Members of two lists side by side: who is the same, who may be, who is new and who is gone."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from hashlib import sha256
from typing import TypeVar
from urllib.parse import urlsplit

from matcher.answers.rosters import Member
from matcher.erasing import DIGITS_LEAST, DIGITS_TOLD
from matcher.names import fold, nearest

NEAR = 0.85  # likeness of two names from which we ask whether they are one (prior)
LEGAL = frozenset(  # forms of companies, which lists write or leave out
    "inc incorporated llc ltd limited llp pllc plc corp corporation co company gmbh".split()  # noqa: SIM905
)
SHARED_HOSTS = frozenset(  # pages on these are many members', so they tell nobody apart
    ("facebook.com", "instagram.com", "linkedin.com", "linktr.ee", "yelp.com", "google.com", "x.com", "twitter.com")
)
CALLED = {"business": "name", "person": "person", "category": "trade", "website": "website", "phone": "telephone"}
Sign = tuple[str, ...]
Number = TypeVar("Number", str, int)  # of a member: a key of before, or a position in the new list


@dataclass(frozen=True, kw_only=True)
class Compared:
    """What became of the members of a list; `same`: key of before -> position in the new list."""

    same: Mapping[str, int]
    joined: Sequence[int]
    left: Sequence[str]


def key_of(member: Member) -> str:
    """64 hexadecimal digits for a name as it is compared."""
    return sha256("\n".join(name_sign(member)).encode()).hexdigest()


def whole_sign(member: Member) -> Sign:
    """All that a list says of a member, which tells those of one name apart."""
    return tuple(fold(getattr(member, field.name)) for field in fields(Member))


def name_sign(member: Member) -> Sign:
    """Business and person without what lists write now so, now so; empty for somebody without a name."""
    words = [word for word in fold(member.business).split() if word not in LEGAL]
    return (" ".join(words) or fold(member.business), fold(member.person))


def business_sign(member: Member) -> Sign:
    """The business alone; empty where there is none."""
    return ("business", name_sign(member)[0]) if member.business else ()


def web_sign(member: Member) -> Sign:
    """The domain of their own website; empty where there is none."""
    text = member.website.strip().casefold()
    host = (urlsplit(text if "//" in text else f"//{text}").hostname or "").removeprefix("www.")
    shared = any(host == one or host.endswith(f".{one}") for one in SHARED_HOSTS)
    return () if shared or "." not in host else ("web", host)


def phone_sign(member: Member) -> Sign:
    """The last nine digits of their telephone number; empty where there is none."""
    digits = "".join(filter(str.isdigit, member.phone))
    return ("phone", digits[-DIGITS_TOLD:]) if len(digits) >= DIGITS_LEAST else ()


SIGNS: Mapping[str, Callable[[Member], Sign]] = {"business": business_sign, "website": web_sign, "phone": phone_sign}


def compared(before: Mapping[str, Member], after: Sequence[Member]) -> Compared:
    """Who of a list is on the next one: by all there is, by name, then by what only one of either has in common.

    Never by a near name: that is for `alike`, and for the owner to say.
    """
    same: dict[str, int] = {}
    left, joined = dict(before), dict(enumerate(after))
    for sign in (whole_sign, name_sign, web_sign, business_sign, phone_sign):
        for key, position in _paired(left, joined, sign):
            same[key] = position
            del left[key], joined[position]
    return Compared(same=same, joined=list(joined), left=list(left))


def alike(name: str, folded: Iterable[str]) -> str:
    """The one of several folded names that is nearly this one, word by word; empty when there is none."""
    found = nearest(fold(name), folded, NEAR, 1)
    return found[0][0] if found else ""


def change(before: Member, after: Member) -> str:
    """What changed, in a sentence; empty when nothing did that anybody would notice."""
    told = []
    for name in (field.name for field in fields(Member)):
        old, new = getattr(before, name), getattr(after, name)
        if _seen(name, before) != _seen(name, after):
            told.append(f"{CALLED[name]}: {old or 'nothing'} → {new or 'nothing'}")
    return "; ".join(told)


def _seen(name: str, member: Member) -> object:
    """A field as it is compared."""
    return SIGNS[name](member) if name in SIGNS else fold(getattr(member, name))


def _paired(
    left: Mapping[str, Member], joined: Mapping[int, Member], sign: Callable[[Member], Sign]
) -> list[tuple[str, int]]:
    """Members of either side with a sign that exactly one of each side has."""
    ours, theirs = _by_sign(left, sign), _by_sign(joined, sign)
    common = (one for one in ours if len(ours[one]) == 1 == len(theirs.get(one, ())))
    return [(ours[one][0], theirs[one][0]) for one in common]


def _by_sign(members: Mapping[Number, Member], sign: Callable[[Member], Sign]) -> dict[Sign, list[Number]]:
    found: dict[Sign, list[Number]] = defaultdict(list)
    for number, member in members.items():
        if any(told := sign(member)):
            found[told].append(number)
    return found
