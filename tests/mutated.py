"""Lists of contacts as programs write them, and the same damaged in any way; for the tests and for the benchmark."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import cycle

import xlsxwriter
from hypothesis import strategies as st

from matcher.answers.connected import NewContact
from matcher.errors import Invalid
from matcher.exchange.columns import guess_columns
from matcher.exchange.contact_columns import CONTACTS
from matcher.exchange.contact_rows import ContactRow, read_contacts
from matcher.exchange.tables import read_table

PEOPLE = 60  # of a list that is damaged: about ten kilobytes, so that 5 MB are 500 files
NAMES = ("Ann Smith", "Zoë Müller", "José Nuñez", "O'Neil, Dora", "Łukasz Ząb", '"Bob" Jones', "李 雷")
LINKEDIN = ("First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On")
GOOGLE = (
    *("First Name", "Last Name", "Organization Name", "Notes", "Labels", "E-mail 1 - Label", "E-mail 1 - Value"),
    *("Phone 1 - Label", "Phone 1 - Value", "Address 1 - Street", "Address 1 - City", "Website 1 - Value"),
)
OUTLOOK = (
    *("Title", "First Name", "Last Name", "Company", "Job Title", "Business Street", "Business City", "Home City"),
    *("E-mail Address", "E-mail 2 Address", "Mobile Phone", "Business Fax", "Notes", "Referred By", "Web Page"),
)
PREAMBLE = 'Notes:\r\n"A, long note"\r\n\r\n'
PIECES = (
    *(
        b'"',
        b"'",
        b"\0",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\r\n ",
        b"\r\n\t",
        b"=\r\n",
        b"=C3=",
        b"=0D=0A",
        b"\\",
        b"\\;",
    ),
    *(b";" * 600, b"," * 600, b"\t" * 60, b"\n" * 500, b"\r\n " * 2_000, b"A" * 20_000, b" " * 20_000, b'"' * 3_000),
    *(b"BEGIN:VCARD\r\n", b"END:VCARD\r\n", b"AGENT:\r\nBEGIN:VCARD\r\n", b"AGENT:BEGIN:VCARD\\nFN:x\\nEND:VCARD\\n"),
    *(b";ENCODING=QUOTED-PRINTABLE:", b";CHARSET=zlib;QUOTED-PRINTABLE:=41", b";TYPE=" + b'"' * 99, b"PHOTO:a/"),
    *(
        b" ::: ",
        b"Name,Email\r\n",
        b"Notes:\r\n",
        b"sep=;\r\n",
        b"<a@b.c>, ",
        b"@",
        b"=1+1",
        b"\xc3\x28",
        b"\xed\xa0\x80",
    ),
    *(b"\xed\xa0\x80", b"PK\x03\x04", b"PK\x01\x02", b"\x1f\x8b", "‮🙂é".encode(), "日本".encode("utf-16")),
)
Edit = tuple[int, int, int, bytes]  # what is done, where and how far (in thousandths of the file), what comes in


def _rows(heading: Sequence[str], people: int) -> list[list[str]]:
    names = cycle(NAMES)
    return [[_cell(column, next(names), n) for column in heading] for n in range(people)]


def _cell(column: str, name: str, n: int) -> str:
    low = column.lower()
    if "mail" in low and "label" not in low:
        return f"p{n}@example.com ::: q{n}@example.com"
    if "phone" in low or "fax" in low:
        return f"520-555-{n:04}"
    return {"Connected On": "05 Mar 2024", "URL": f"https://example.com/{n}", "Position": "Roofer"}.get(column, name)


def _listed(heading: Sequence[str], people: int, before: str = "") -> str:
    out = io.StringIO()
    csv.writer(out).writerows([heading, *_rows(heading, people)])
    return before + out.getvalue()


def _cards(version: str, people: int) -> str:
    names, cards = cycle(NAMES), []
    for n in range(people):
        name = next(names)
        quoted = "".join(f"={byte:02X}" for byte in name.encode())
        shown = f";CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{quoted}" if version == "2.1" else f":{name}"
        cards.append(
            f"BEGIN:VCARD\r\nVERSION:{version}\r\nFN{shown}\r\nitem1.EMAIL;TYPE=pref:p{n}@example.com\r\n"
            f"TEL;TYPE=cell:520-555-{n:04}\r\nADR;TYPE=home:;;1 Main St;Tuc\r\n son;AZ;85701;USA\r\nEND:VCARD\r\n"
        )
    return "".join(cards)


def _workbook(people: int) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, cells in enumerate([GOOGLE, *_rows(GOOGLE, people)]):
            sheet.write_row(number, 0, cells)
    return out.getvalue()


def _packed(people: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Connections.csv", _listed(LINKEDIN, people, PREAMBLE))
    return out.getvalue()


WHOLE: Mapping[str, Callable[[int], bytes]] = {  # form -> a list of so many people that nobody has damaged
    "LinkedIn": lambda people: _listed(LINKEDIN, people, PREAMBLE).encode("utf-8-sig"),
    "LinkedIn, packed": _packed,
    "Google": lambda people: _listed(GOOGLE, people).encode(),
    "Outlook": lambda people: _listed(OUTLOOK, people).encode("cp1252", "replace"),
    "UTF-16": lambda people: _listed(GOOGLE, people).encode("utf-16"),
    "Excel": _workbook,
    "vCard 2.1": lambda people: _cards("2.1", people).encode(),
    "vCard 3.0": lambda people: _cards("3.0", people).encode(),
    "vCard 4.0, UTF-16": lambda people: _cards("4.0", people).encode("utf-16"),
    "pasted": lambda people: "\n".join(f"Ann No{n}, p{n}@example.com; Acme" for n in range(people)).encode(),
}
EDITS = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 1_000), st.integers(0, 100), st.sampled_from(PIECES)),
    min_size=1,
    max_size=12,
)


def damaged(content: bytes, edits: Iterable[Edit]) -> bytes:
    """The content after all edits: a piece put in, taken out, said twice, turned round, or one byte changed."""
    for kind, where, far, piece in edits:
        start = len(content) * where // 1_000
        end = min(len(content), start + len(content) * far // 1_000)
        part = content[start:end]
        inside = (piece, b"", part + part, part[::-1], bytes([far]))[kind]
        content = content[:start] + inside + content[start + 1 if kind == 4 else start if kind == 0 else end :]
    return content


def read(content: bytes) -> list[NewContact] | None:
    """The people of a file with the columns as they are guessed; None when it is refused with a sentence."""
    try:
        table = read_table("list", content, CONTACTS.headings)
        guesses = guess_columns(table.header, [row for _, row in table.rows()][:200], CONTACTS)
        found = read_contacts(table, {guess.position: guess.field for guess in guesses}, lambda _: 0)
        return [row.new for row in found if isinstance(row, ContactRow)]
    except Invalid as refusal:
        return None if refusal.sentence.endswith((".", ")")) else []
