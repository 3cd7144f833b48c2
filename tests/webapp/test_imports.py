"""Imports in the browser: bad files, twice, undone, stopped, with hostile names and cells."""

import csv
import gzip
import io
import re
import time
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from matcher.facts import Business, Import, StagedFile
from matcher.store import imports
from matcher.units import now_utc
from tests.webapp.conftest import Town, opened
from tests.webapp.visitors import Visitor
from webapp import storing

PATIENCE_SECONDS = 60.0  # the longest wait for a small import, on a busy machine
HEADER = "Business name,Street,City,State,ZIP,Phone,Category\n"
ROWS = (
    "Adobe Roofing,1 Main St,Tucson,AZ,85701,520-555-0101,Roofer\nBlue Title,2 Main St,Tucson,AZ,85701,,Title company\n"
)
LIST = (HEADER + ROWS).encode()
LINE = re.compile(r'data-label="Line">(\d+)<')
GZIP_OF_NOTHING = gzip.compress(b"name,city\n") + gzip.compress(b"0" * 10**6) * 300
LYING_GZIP = gzip.compress(b"name\nx\n")[:-4] + (2**31).to_bytes(4, "little")  # its trailer claims 2 GB
WIDE = (",".join(f"c{i}" for i in range(20_000)) + "\n" + "x," * 19_999 + "x\n").encode()
BAD = {
    "empty": b"",
    "only blanks": b"\n\n \n",
    "binary": bytes(range(256)) * 40,
    "a picture": b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
    "gzip that unpacks to 300 MB": GZIP_OF_NOTHING,
    "gzip that claims 2 GB": LYING_GZIP,
    "cut gzip": gzip.compress(LIST)[:-20],
    "only headers": HEADER.encode(),
    "20,000 columns": WIDE,
    "broken workbook": b"PK\x03\x04" + b"\0" * 200,
}
GOOD = {
    "Windows-1252": (HEADER + "Café Müller,1 Main St,Tucson,AZ,85701,,Roofer\n").encode("cp1252"),
    "UTF-16": (HEADER + "Café Müller,1 Main St,Tucson,AZ,85701,,Roofer\n").encode("utf-16"),
    "semicolons": (HEADER + "Café Müller,1 Main St,Tucson,AZ,85701,,Roofer\n").replace(",", ";").encode(),
    "an odd separator": (HEADER + "Café Müller,1 Main St,Tucson,AZ,85701,,Roofer\n").replace(",", "~").encode(),
    "packed": gzip.compress((HEADER + "Café Müller,1 Main St,Tucson,AZ,85701,,Roofer\n").encode()),
    "duplicate header": ("Business name,City,City,ZIP,Category\nCafé Müller,Tucson,Tucson,85701,Roofer\n").encode(),
}
HOSTILE_NAMES = [
    "../../etc/passwd",
    "a%0d%0aX-Evil: y.csv",
    "<script>alert(1)</script>.csv",
    "x" * 4000,
    "CON",
    "\u202egpj.csv",
]
HOSTILE_CELLS = [
    '<script>alert("x")</script>',
    "<img src=x onerror=alert(1)>",
    "=cmd|' /C calc'!A1",
    ";=1+1",
    "{{ 77777*77777 }}",
]


def _send(visitor: Visitor, content: bytes, name: str = "list.csv") -> TestResponse:
    data = {"csrf_token": visitor.token("/imports"), "file": (io.BytesIO(content), name)}
    return visitor.client.post("/imports", data=data, base_url=visitor.base_url)


def _staged(visitor: Visitor, content: bytes = LIST, name: str = "list.csv") -> str:
    """The path of the preview."""
    answer = _send(visitor, content, name)
    assert answer.status_code == 303, answer.text
    return answer.location


def _press(visitor: Visitor, path: str, act: str, **fields: str) -> TestResponse:
    return visitor.post(f"{path}/{act}", fields, form_on="/imports")


def _store(visitor: Visitor, path: str, **fields: str) -> str:
    """Store an import and give its page once it no longer runs."""
    assert _press(visitor, path, "store", **fields).status_code == 303
    until = time.monotonic() + PATIENCE_SECONDS
    while "data-progress" in (page := visitor.get(path).text):
        assert time.monotonic() < until
        time.sleep(0.05)
    return page


def _stats(page: str) -> list[str]:
    """The big numbers on top of a page."""
    return re.findall(r'<div class="stat"><b>(.*?)</b>', page)


def _count(town: Town, table: type) -> int:
    with town.accounts.store.session(town.network) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.fixture(scope="module")
def still_town(settled_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """One town for all files that leave nothing."""
    yield from opened(settled_file, tmp_path_factory.mktemp("still") / "webapp.db")


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_gets_one_sentence_and_leaves_nothing(still_town: Town, kind: str) -> None:
    """A file that cannot be read is answered 400 on the same page, in one plain sentence, and nothing is kept."""
    answer = _send(still_town.visitor("ana"), BAD[kind])
    assert answer.status_code == 400
    (sentence,) = re.findall(r'<p class="problem" id="file-problem">.*?</svg>(.*?)</p>', answer.text, re.DOTALL)
    assert re.fullmatch(r"[A-Z“].{20,300}\.", unescape(sentence).strip()), sentence
    assert "Error" not in sentence
    assert [_count(still_town, table) for table in (Import, StagedFile, Business)] == [0, 0, 0]


def test_no_file_is_said_so(town: Town) -> None:
    """Pressing the button without a file asks for one."""
    ana = town.visitor("ana")
    answer = ana.post("/imports", {}, form_on="/imports")
    assert answer.status_code == 400
    assert "Please choose a file first." in answer.text


def test_a_file_that_is_too_large_is_refused(town: Town) -> None:
    """A file beyond the setting is answered 413 and not kept."""
    town.app.config["UPLOAD_BYTES"] = 1_000
    assert _send(town.visitor("ana"), b"name\n" + b"x" * 1_100).status_code == 413
    assert _count(town, Import) == 0


@pytest.mark.parametrize("kind", GOOD)
def test_any_form_of_a_list_is_read(town: Town, kind: str) -> None:
    """Encodings, separators, packing and a heading that occurs twice are no problem."""
    ana = town.visitor("ana")
    path = _staged(ana, GOOD[kind])
    assert "Café Müller" in ana.get(path).text
    assert _stats(_store(ana, path))[:2] == ["1", "1"]
    assert "Café Müller" in ana.get("/directory").text


def test_the_preview_shows_what_would_be_stored(town: Town) -> None:
    """The form of the file, each column with our guess and examples, and the first rows; nothing is stored yet."""
    ana = town.visitor("ana")
    page = ana.get(_staged(ana)).text
    assert "list.csv · CSV, comma, UTF-8" in page
    assert re.findall(r'<option value="(\w+)" selected>', page) == [
        "name", "address", "city", "region", "postcode", "phone", "category",
    ]  # fmt: skip
    assert "Store 2 rows" in page
    assert "Adobe Roofing · Blue Title" in page
    assert _count(town, Business) == 0


def test_a_column_can_be_put_right(town: Town) -> None:
    """A correction shows in the preview at once and is what gets stored; other words than fields are ignored."""
    ana = town.visitor("ana")
    path = _staged(ana)
    page = ana.get(f"{path}?c1=-&c5=website&c9999=name&c0=password&cx=1").text
    assert re.findall(r'<option value="(\w+)" selected>', page) == [
        "name", "city", "region", "postcode", "website", "category",
    ]  # fmt: skip
    _store(ana, path, c1="-", c5="-")
    rows = list(csv.DictReader(io.StringIO(ana.get("/directory.csv").data.decode("utf-8-sig"))))
    assert [(row["Name"], row["Address"], row["Phone"]) for row in rows] == [
        ("Adobe Roofing", "", ""),
        ("Blue Title", "", ""),
    ]


def test_a_list_without_names_asks_for_them(town: Town) -> None:
    """When no column is the name, the preview says what to do."""
    ana = town.visitor("ana")
    assert "which column holds the name" in ana.get(f"{_staged(ana)}?c0=-").text


def test_the_result_adds_up(town: Town) -> None:
    """Rows read are rows stored, known already and kept out; the reasons are listed by line, all of them as CSV."""
    ana = town.visitor("ana")
    path = _staged(ana, LIST + b",3 Main St,Tucson,AZ,85701,,\nAdobe Roofing,1 Main St,Tucson,AZ,85701,,Roofer\n")
    page = _store(ana, path)
    assert _stats(page) == ["4", "2", "0", "2"]
    assert LINE.findall(page) == ["4", "5"]
    answer = ana.get(f"{path}/problems.csv")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [(row["Line"], row["Stored"]) for row in rows] == [("4", "no"), ("5", "no")]
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="problems-of-import-')


def test_problems_are_paged(town: Town) -> None:
    """A long list of problems comes in pages that hold each of them once."""
    ana = town.visitor("ana")
    path = _staged(ana, LIST + b",x,,,,,\n" * 120)
    _store(ana, path)
    pages = [ana.get(f"{path}?first={first}").text for first in (0, 50, 100)]
    lines = [int(n) for page in pages for n in LINE.findall(page)]
    assert lines == list(range(4, 124))


def test_the_same_file_twice_adds_nothing(town: Town) -> None:
    """Sent twice before it is stored it is one import; sent again afterwards, every row is known already."""
    ana = town.visitor("ana")
    first = _staged(ana)
    assert _staged(ana, name="another-name.csv") == first
    _store(ana, first)
    again = _staged(ana)
    assert again != first
    assert _stats(_store(ana, again)) == ["2", "0", "2", "0"]
    assert _count(town, Business) == 2


def test_storing_twice_is_storing_once(town: Town) -> None:
    """A double click, a second tab or a retry shows the first result."""
    ana, tab = town.visitor("ana"), town.visitor("ana")
    path = _staged(ana)
    assert [_press(visitor, path, "store").location for visitor in (ana, tab)] == [path] * 2
    assert _stats(_store(ana, path)) == _stats(_store(tab, path)) == ["2", "2", "0", "0"]


def test_an_import_can_be_undone(town: Town) -> None:
    """Undo takes everything out again but what was decided on; afterwards the file can be brought in anew."""
    ana = town.visitor("ana")
    path = _staged(ana)
    _store(ana, path)
    network = town.circle
    kept = network.directory().businesses[0]
    network.decide(kept.business_id, "yes")
    assert _press(ana, path, "undo").location == "/imports"
    assert "taken out again" in ana.get("/imports").text
    assert [card.name for card in network.directory().businesses] == [kept.name]
    assert "has been undone" in ana.get(path).text
    _press(ana, path, "store")
    assert "choose the file again" in ana.get(path).text
    assert network.directory().total == 1
    _store(ana, _staged(ana))
    assert network.directory().total == 2


def test_a_file_can_be_thrown_away(town: Town) -> None:
    """A file that is not stored can be thrown away from its preview; its bytes are gone."""
    ana = town.visitor("ana")
    _press(ana, _staged(ana), "undo")
    assert "thrown away" in ana.get("/imports").text
    assert _count(town, StagedFile) == 0


def test_an_import_whose_worker_died_can_be_stored_again(town: Town) -> None:
    """A worker that gives no sign of life has lost its import: nothing was stored, and storing starts anew."""
    ana = town.visitor("ana")
    path = _staged(ana)
    number = int(path.rsplit("/", 1)[1])
    _mark_running(town, number, timedelta(0))
    assert "Storing 2 rows" in ana.get(path).text
    _press(ana, path, "store")
    assert "Storing 2 rows" in ana.get(path).text
    _mark_running(town, number, imports.STALLED_AFTER * 2)
    assert "Stopped halfway" in ana.get("/imports").text
    assert "It stopped halfway; nothing was stored." in ana.get(path).text
    assert _stats(_store(ana, path)) == ["2", "2", "0", "0"]


def _mark_running(town: Town, number: int, ago: timedelta) -> None:
    with town.accounts.store.session(town.network, writes=True) as session:
        found = imports.find(session, number)
        found.state, found.alive_at = "running", now_utc() - ago


def test_a_try_that_broke_is_told(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """When storing breaks off, the preview is back and says that nothing was stored."""
    ana = town.visitor("ana")
    path = _staged(ana)

    def full(*_: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patched:
        patched.setattr(imports, "finish", full)
        page = _store(ana, path)
    assert "It stopped halfway; nothing was stored." in page
    assert "disk full" not in page
    assert _count(town, Business) == 0
    assert _stats(_store(ana, path)) == ["2", "2", "0", "0"]


def test_too_many_imports_at_once_wait(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the number that runs at once, the file is kept and the page says when to try again."""
    ana = town.visitor("ana")
    path = _staged(ana)
    monkeypatch.setattr(storing, "AT_ONCE", 0)
    _press(ana, path, "store")
    assert "Other imports are running" in ana.get(path).text
    assert _count(town, StagedFile) == 1


@pytest.mark.parametrize("name", HOSTILE_NAMES, ids=range(len(HOSTILE_NAMES)))
def test_the_name_of_a_file_is_only_a_label(town: Town, name: str) -> None:
    """Whatever a file is called, it is shown as text, short, on one line, and no header or path comes of it."""
    ana = town.visitor("ana")
    path = _staged(ana, name=name)
    _store(ana, path)
    for answer in (ana.get("/imports"), ana.get(path), ana.get(f"{path}/problems.csv")):
        assert answer.status_code == 200
        assert "X-Evil" not in answer.headers
        assert "<script>alert" not in answer.text
    (listed,) = town.circle.imports()
    assert len(listed.file_name) <= 200
    assert "/" not in listed.file_name
    assert listed.file_name.isprintable()


@pytest.mark.parametrize("cell", HOSTILE_CELLS, ids=range(len(HOSTILE_CELLS)))
def test_hostile_cells_are_text_everywhere(town: Town, cell: str) -> None:
    """Markup, formulas and template signs stay text in the preview, the result, the directory and the files."""
    ana = town.visitor("ana")
    out = io.StringIO()
    lines = [[cell, "Name", "Services", "State"], ["", cell, cell, ""], [f"A {cell} shop", "x", cell, "AZ"]]
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(lines)
    path = _staged(ana, out.getvalue().encode())
    columns = {"c0": "name", "c1": "city", "c2": "services", "c3": "region"}
    pages = [ana.get(path + "?" + "&".join(f"{k}={v}" for k, v in columns.items())).text]
    pages += [_store(ana, path, **columns), ana.get("/directory").text, ana.get("/imports").text]
    assert all("<script>alert" not in page and "<img src=x" not in page and "6049261729" not in page for page in pages)
    assert cell in unescape(pages[0])
    for answer in (ana.get(f"{path}/problems.csv"), ana.get("/directory.csv")):
        cells = [found for row in csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))) for found in row]
        assert not any(found[:1] in ("=", "+", "@") or ";=" in found for found in cells)


def test_a_running_import_shows_its_progress(town: Town) -> None:
    """The page refreshes itself without a script, and a script gets the bar alone."""
    ana = town.visitor("ana")
    path = _staged(ana)
    _mark_running(town, int(path.rsplit("/", 1)[1]), timedelta(0))
    page = ana.get(path).text
    assert '<noscript><meta http-equiv="refresh"' in page
    part = ana.get(path, headers={"X-Fragment": "progress"}).text
    assert "<progress" in part
    assert "<html" not in part


@pytest.mark.parametrize("act", ["store", "undo"])
def test_a_form_needs_its_token(town: Town, act: str) -> None:
    """A POST from elsewhere changes nothing."""
    ana = town.visitor("ana")
    path = _staged(ana)
    assert ana.client.post(f"{path}/{act}", base_url=ana.base_url).status_code == 400
    assert [one.state for one in town.circle.imports()] == ["staged"]
