"""An association's list of members in any form that can be read as a table, or pasted one name a line."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from matcher.answers.rosters import Member
from matcher.errors import Invalid
from matcher.exchange.clean import clean, shorten
from matcher.exchange.columns import guess_columns
from matcher.exchange.headings import field_of, words_of
from matcher.exchange.pasted import by_form, is_firm
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
SEPARATORS = "\t|;,"  # between columns of a pasted table, the surest first
NO_NAMES = "We find no column with the names of members. Give it the heading “Company” or “Name” and try again."


def read_members(label: str, content: bytes) -> list[Member]:
    """The members of a list, each once; Invalid with one sentence when it cannot be read or names nobody."""
    table = _headed(read_table(label, content))
    at = _columns(table)
    found = list(dict.fromkeys(member for _, row in table.rows() if (member := _member(row, at)).name))
    if not found:
        raise Invalid("file", NO_NAMES)
    return found


def pasted(text: str) -> bytes:
    """A pasted text as a file: a table as it is, or names one a line under a heading."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    first = lines[0] if lines else ""
    sign = next((sign for sign in SEPARATORS if sign in first), "")
    cells = first.split(sign) if sign else [first]
    columns = bool(sign) and sum(sign in line for line in lines) > len(lines) / 2
    if columns or first.upper().startswith("BEGIN:") or any(map(_is_heading, cells)):
        return text.encode()
    quoted = ('"' + line.replace('"', '""') + '"' for line in lines)
    return "\n".join(("Name", *quoted)).encode()


def _headed(table: Table) -> Table:
    """The same table, with headings of ours where its first line is a member and no heading."""
    if not table.has_headings:
        first = next((cells for _, cells in table.rows()), ())
        return replace(table, header=tuple(_headings(first)))
    if any(map(_is_heading, table.header)):
        return table
    return replace(table, header=tuple(_headings(table.header)), first_line=table.first_line - 1)


def _is_heading(cell: str) -> bool:
    return words_of(cell) in WHOLE | FIRST | LAST or bool(field_of(cell)[0])


def _headings(cells: Sequence[str]) -> list[str]:
    """Headings for a table without any, by the cells of its first line: firm and person, and what its form tells."""
    found = [by_form(cell.strip()) for cell in cells]
    words = [i for i, heading in enumerate(found) if not heading and cells[i].strip()][:2]
    if len(words) == 2 and is_firm(cells[words[1]]) and not is_firm(cells[words[0]]):
        words.reverse()
    for i, heading in zip(words, ("Company", "Contact"), strict=False):
        found[i] = heading
    return found


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
