"""A line while it is read: whoever understands a part marks it, so that nobody reads it twice."""

import re
import unicodedata
from dataclasses import dataclass

from matcher.readers.cues import CUE

READ = "\0"  # stands where a part was read; no line holds it before
ABBREVIATED = "[A-Za-z] Dr Mr Mrs Ms Prof St Ft Mt Jr Sr Co Inc Ltd No".split()  # noqa: SIM905
FULL_STOP = "".join(rf"(?<!\b{word})" for word in ABBREVIATED) + r"\.(?=\s|\0|$)"
SEPARATOR = re.compile(
    rf"[;!?|()\[\]\n]|(?<!\d)[,:]|[,:](?!\d)|(?<=\s)[-–—]+(?=\s)|[–—]|{FULL_STOP}", re.IGNORECASE
)  # between two clauses; not the comma of 5,000 nor the colon of 5:30
TURN = re.compile(rf"(?:\b(?:and|but|so|then|who|which)\b|&)\s+(?={CUE.pattern})", re.IGNORECASE)  # “and needs”
AT_EDGES = re.compile(r"(?:and|but|so|or|please|thanks|thx|&)", re.IGNORECASE)
UNSEEN = "PSZC"  # Unicode classes of what is no part of a word: punctuation, symbols, blanks, control characters


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a line between two separators, with the one before it."""

    start: int
    end: int
    after: str


class Line:
    """One line, with what is left to read of it; positions never move."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.unread = text

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The first part that a pattern finds, which nobody reads after that; None when there is none."""
        found = pattern.search(self.unread)
        if found:
            self.mark(*found.span())
        return found

    def mark(self, start: int, end: int) -> None:
        """Say that a part has been read."""
        self.unread = self.unread[:start] + READ * (end - start) + self.unread[end:]

    def rest(self, start: int, end: int) -> str:
        """What is left to read between two positions, in one piece."""
        return " ".join(self.unread[start:end].replace(READ, " ").split())

    def trimmed(self, start: int, end: int) -> tuple[int, int]:
        """The same part without what stands at its edges and is read, or no word, or a mere “and” or “please”."""
        edges = (-1, -1)
        while edges != (start, end):
            edges = start, end
            while start < end and self._is_bare(start):
                start += 1
            while start < end and self._is_bare(end - 1):
                end -= 1
            words = [(word.start(), word.end()) for word in re.finditer(r"[^\s\0]+", self.unread[start:end])]
            if words and AT_EDGES.fullmatch(self.unread, start, start + words[0][1]):
                start += words[0][1]
            elif words and AT_EDGES.fullmatch(self.unread, start + words[-1][0], end):
                end = start + words[-1][0]
        return start, end

    def clauses(self) -> list[Clause]:
        """The clauses of what is left, in their order; “needs a plumber and wants a will” are two."""
        found, start, after = [], 0, ""
        for cut in sorted([*SEPARATOR.finditer(self.unread), *TURN.finditer(self.unread)], key=re.Match.start):
            if cut.start() >= start:
                found.append(Clause(start, cut.start(), after))
                start, after = cut.end(), cut[0].strip()
        return [*found, Clause(start, len(self.unread), after)]

    def _is_bare(self, position: int) -> bool:
        return self.unread[position] == READ or unicodedata.category(self.unread[position])[0] in UNSEEN
