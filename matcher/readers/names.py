"""Reader of who it is: the name at the beginning of the line, or the one that somebody is looked for."""

import re
from functools import cache

from matcher.names import lookup_key
from matcher.readers.cues import CUE
from matcher.readers.line import READ, SEPARATOR
from matcher.readers.reading import Reading
from matcher.taxonomy import taxonomy

WORDS_MOST = 8  # of a name: “Smith, Jones and Partners Property Management of Tucson”
LOWER_WORDS_MOST = 4  # of a name without a capital
NO_NAME = "Who is it? Please begin the line with a name."
BEFORE_NAME = re.compile(
    r"\W*(?i:(?:hi|hello|hey|good (?:morning|afternoon|evening)|note|please)\b"
    r"(?: (?:all|there|team|everyone))?[\s,.!:–-]+)?"
    r"(?:(?i:(?:(?:new|our) )?(?:client|customer|name|referral)\s*[:–—-]\s*)"
    r"|(?i:(?:just |i )*(?:met(?: with)?|saw|ran into|(?:spoke|talked|chatted) (?:to|with)"
    r"|(?:a )?(?:call|mail|email) from|heard from|this is|i am|i[’']m))\s+(?=[^\W\d_a-z]))?"
)  # “New client: Ana”, “Hi, met Ana”
TITLES = frozenset("mr mrs ms mx dr prof herr frau señor señora sr sra st".split())  # noqa: SIM905
JOINING = frozenset("and & y und et e + of de del la las los da do dos der den van von vom zu du le al".split())  # noqa: SIM905
TOGETHER = frozenset("family couple household brothers sisters twins team".split())  # noqa: SIM905
NOBODY = frozenset("client clients customer customers someone somebody they he she we i it there can could".split())  # noqa: SIM905
INTRODUCING = frozenset("a an the my our his her their this some".split())  # noqa: SIM905  “my neighbour needs”
FAMILY = r"(?:wife|husband|partner|son|daughter|kids?|children|family|fiancée?|sister|brother|mother|father)"
WITH_FAMILY = re.compile(rf"\s+(?:and|&)\s+(?:his|her|their)\s+{FAMILY}\b", re.IGNORECASE)
SUFFIX = re.compile(
    r",?\s+(?:LLC|L\.L\.C\.|Inc|Ltd|LLP|PLLC|PC|GmbH|AG|Corp|Co|Jr|Sr|II|III|MD|M\.D\.|DDS|PhD|Esq)\b\.?"
)
TOKEN = re.compile(r"\S+")
VERBS = (
    "is|are|was|were|has|have|had|got|gets|bought|buys|buying|sold|sells|selling|moved|moves|moving|opens|opened|opening"
    "|started|starts|starting|lost|retired|retires|retiring|lives?|living|having|expecting|getting|planning|plans|runs"
    "|owns|inherited|adopted|turned|turns|hires|hiring|hired"
)
ENDS = re.compile(
    rf"{SEPARATOR.pattern}|{READ}|[’']s?(?=\s(?!(?-i:[A-ZÀ-Þ])))"
    rf"|(?<=\s)(?=(?:{CUE.pattern}|(?:{VERBS}|just|recently|from|near|in|at|on|with|who)\b))",
    re.IGNORECASE,
)  # what a name ends before
POSSESSIVE = re.compile(r"[’']s?(?=\s)")
FOR_WHOM = re.compile(r"\bfor\s+((?:the\s+)?(?:[^\W\d_a-z][\w.’'-]*)(?:\s+(?:and\s+|&\s+)?[^\W\d_a-z][\w.’'-]*){0,3})")


def read_name(reading: Reading) -> None:
    """The name of the client; a question when there is none."""
    line = reading.line
    if before := BEFORE_NAME.match(line.unread):
        line.mark(*before.span())
    start = next((n for n, sign in enumerate(line.unread) if sign.isalnum()), len(line.text))
    ends = ENDS.search(line.unread, start)
    end = start + _length(line.unread[start : ends.start() if ends else len(line.unread)], followed=ends is not None)
    if end > start and not CUE.match(line.unread, start):
        end = _with_more(line.unread, end)
        reading.name = line.text[start:end].strip()
        possessive = POSSESSIVE.match(line.unread, end)
        line.mark(0, possessive.end() if possessive else end)
    elif found := FOR_WHOM.search(line.unread):
        reading.name = found[1]
        line.mark(*found.span())
    else:
        reading.ask(NO_NAME)


def _length(text: str, *, followed: bool) -> int:
    """How many characters at the beginning of a text are a name; `followed` by something that ends a name."""
    tokens = list(TOKEN.finditer(text))
    words = [token[0].strip(".,’'\"“”").casefold() for token in tokens]
    if not tokens or words[0] in NOBODY or (len(words) == 1 and words[0] in INTRODUCING):
        return 0
    if _is_capital(tokens[0][0]) and not (words[0] in INTRODUCING and len(words) > 1 and not _is_capital(tokens[1][0])):
        count = _capital_words([token[0] for token in tokens], words)
        whole = followed and count == len(tokens)
        return 0 if not whole and _is_service(text[: tokens[count - 1].end()]) else tokens[count - 1].end()
    known = words[0] not in INTRODUCING and any(lookup_key(word) in _service_words() for word in words)
    return 0 if not followed or len(tokens) > LOWER_WORDS_MOST or known else tokens[-1].end()


def _capital_words(tokens: list[str], words: list[str]) -> int:
    """How many words a name has: capitals with what joins them, and “Mike the barber”."""
    count = 0
    for number, (token, word) in enumerate(zip(tokens[:WORDS_MOST], words, strict=False)):
        nicknamed = number and words[number - 1] == "the"
        if number and token.isdecimal():
            break
        if _is_capital(token) or word in TITLES or nicknamed or (number and word in TOGETHER):
            count = number + 1
        elif word not in JOINING and word != "the":
            break
    return count


def _is_capital(token: str) -> bool:
    """Whether a word may begin a name: with a capital, with a figure, or in a script that has no capitals."""
    first = next((sign for sign in token if sign.isalnum()), "")
    return bool(first) and not first.islower()


def _with_more(text: str, end: int) -> int:
    """Where the name ends with “and his wife” or “, LLC” behind it."""
    for more in (WITH_FAMILY, SUFFIX):
        if found := more.match(text, end):
            end = found.end()
    return end


def _is_service(text: str) -> bool:
    return bool(lookup_key(text)) and bool(taxonomy().spelled(text, 1))


@cache
def _service_words() -> frozenset[str]:
    """All words by which services are called or asked for: “roof leaks, call Bob” begins with no name."""
    services = taxonomy().services.values()
    texts = (text for service in services for text in (service.name, *service.synonyms))
    return frozenset(word for text in texts for word in lookup_key(text).split())
