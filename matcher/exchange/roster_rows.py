"""An association's list of members in any form that can be read as a table, or pasted one name a line."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from matcher.answers.rosters import Member
from matcher.errors import Invalid
from matcher.exchange.clean import clean, shorten
from matcher.exchange.columns import guess_columns
from matcher.exchange.headings import field_of, words_of
from matcher.exchange.tables import Table, read_table

SAMPLE_ROWS = 200  # rows looked at for guessing columns
WIDTHS = {"business": 200, "person": 200, "category": 200, "website": 300, "phone": 40}  # of the columns, characters
FIRST = frozenset(("first name", "given name", "vorname", "prenom", "nombre de pila"))
LAST = frozenset(("last name", "surname", "family name", "nachname", "nom de famille", "apellido", "apellidos"))
WHOLE = frozenset(  # headings of people beside a business; some of them alone are the business's
    ("contact", "contact name", "contact person", "primary contact", "main contact", "representative", "member",
     "member name", "name", "full name", "owner", "owner name", "ansprechpartner", "contacto", "nom du contact")
)  # fmt: skip
EITHER = frozenset(("member", "member name", "name", "full name"))  # a person only where another column is a business
NO_NAMES = "We find no column with the names of members. Give it the heading “Company” or “Name” and try again."


def read_members(label: str, content: bytes) -> list[Member]:
    """The members of a list, each once; Invalid with one sentence when it cannot be read or names nobody."""
    table = read_table(label, content)
    at = _columns(table)
    found = list(dict.fromkeys(member for _, row in table.rows() if (member := _member(row, at)).name))
    if not found:
        raise Invalid("file", NO_NAMES)
    return found


def pasted(text: str) -> bytes:
    """A pasted text as a file: a table as it is, or names one a line under a heading."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    first = lines[0] if lines else ""
    if not any(sign in first for sign in "\t,;|:") and not field_of(first)[0]:
        quoted = ('"' + line.replace('"', '""') + '"' for line in lines)
        return "\n".join(("Name", *quoted)).encode()
    return text.encode()


def _columns(table: Table) -> Mapping[str, Sequence[int]]:
    """Field of a member -> the columns that hold it."""
    sample = [cells for _, cells in islice(table.rows(), SAMPLE_ROWS)]
    guessed = {guess.position: guess.field for guess in guess_columns(table.header, sample)}
    headed = {position: words_of(heading) for position, heading in enumerate(table.header)}
    firms = [i for i, words in headed.items() if field_of(words)[0] == "name" and words not in EITHER]
    people = [i for i, words in headed.items() if words in WHOLE and (words not in EITHER or firms)]
    parts = [i for names in (FIRST, LAST) for i, words in headed.items() if words in names]
    named = [i for i, field in guessed.items() if field == "name" and i not in (*people, *parts)]
    others = {
        field: [i for i, one in guessed.items() if one == field and i not in (*people, *parts)]
        for field in ("category", "website", "phone")
    }
    return {"business": (firms or named)[:1], "person": parts or people[:1], **others}


def _member(row: Sequence[str], at: Mapping[str, Sequence[int]]) -> Member:
    return Member(**{field: shorten(" ".join(_cells(row, at[field])), width) for field, width in WIDTHS.items()})


def _cells(row: Sequence[str], columns: Sequence[int]) -> Iterator[str]:
    return filter(None, (clean(row[i]) for i in columns if i < len(row)))
