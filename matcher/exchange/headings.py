"""What the headings of a list mean, by a file of `data/taxonomy` for each kind of list, plainest first."""

import re
from collections import Counter
from functools import cache

from matcher.names import fold
from matcher.taxonomy import read_rows

PLAINEST = 0.95  # how surely the first heading of a field in the file means it (judgement)
RANK_COST = 0.002  # less for each later one, so that of two columns the plainer heading wins
BUSINESSES = "headings.csv"  # of lists of businesses, in six languages
CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=[0-9])")

# Words after which a heading is about something else than the business or client itself.
OTHERS = frozenset(
    re.findall(
        r"[^,]+",
        "owner,contact,lender,manager,agent,parent,previous,former,old,closest,stop,nearest,distance,dist,"
        "days,date,time,id,count,number,code,year,jobs,amount,loan,fee,population,ward,precinct,district,"
        "council,tract,block,parcel,zone,zoning,first,last,middle,birth,license,licence,permit,expiration,"
        "issue,issued,start,approved,accept,source,updated,modified,created,by,score,rating,reviews,image,"
        "photo,logo,fax,mailing,billing,home",
    )
)


def words_of(heading: str) -> str:
    """A heading as folded words: "BusinessName" and "business_name" both become "business name"."""
    return fold(CAMEL.sub(" ", heading.replace("ß", "ss")))


@cache
def _meanings(file: str) -> dict[str, tuple[str, float]]:
    """Folded heading -> field and how surely; the first heading of a field is its plainest."""
    meanings: dict[str, tuple[str, float]] = {}
    ranks = Counter[str]()
    for row in read_rows(file):
        sure = PLAINEST - RANK_COST * min(ranks[row["field"]], 50)
        ranks[row["field"]] += 1
        for form in (row["text"], row["text"].replace(" ", "")):
            meanings.setdefault(form, (row["field"], sure))
    return meanings


@cache
def field_of(heading: str, file: str = BUSINESSES) -> tuple[str, float]:
    """The field that a heading names, and how surely (0-1); ("", 0) when it says nothing."""
    words = words_of(heading)
    if not words:
        return "", 0.0
    known = _meanings(file).get(words) or _meanings(file).get(words.replace(" ", ""))
    return known or _part_of(words.split(), file)


def _part_of(words: list[str], file: str) -> tuple[str, float]:
    """A heading that ends or begins with a known one ("primary business telephone"), unless it is about others."""
    meanings = _meanings(file)
    for size in range(len(words) - 1, 0, -1):
        for part, rest in ((words[-size:], words[:-size]), (words[:size], words[size:])):
            field, sure = meanings.get(" ".join(part), ("", 0.0))
            if field and len("".join(part)) > 2 and OTHERS.isdisjoint(rest):
                return field, sure * (0.5 + 0.3 * size / len(words))
    return "", 0.0
