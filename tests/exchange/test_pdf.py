"""Pages as PDF: what people wrote is set as it stands, and never read as markup."""

import json
from tempfile import TemporaryDirectory

import pytest

from matcher.errors import Unavailable
from matcher.exchange import pdf
from matcher.exchange.clean import plain
from matcher.exchange.pdf import ROWS_MOST, source_of, write_pdf, write_pdf_list
from tests.exchange.payloads import PAYLOADS

typst = pytest.importorskip("typst", reason="needs the extra `pdf`")
MARKUP = (
    "#panic()",
    '#read("/etc/passwd")',
    '#image("http://127.0.0.1:9/x.svg")',
    '#import "@preview/x:0.1.0"',
    '#eval("1+1")',
    "= Heading",
    "*bold* _slanted_ `raw` $x^2$ <label> @cite",
    "]) #pagebreak()",
    '"; #sys.inputs',
    "\\u{41} // comment /* more",
    "\ud800 lone half",
    "a\x00b\x1bc",
)
UNSEEN_BREAK = "\u200b"  # put into long words, so that a column can hold them
FLYER = {"paper": "a4", "name": "Acme", "sentence": "We can help.", "reached": ["1"], "picture": ""}


def set_texts(template: str, told: dict[str, object], element: str) -> list[str]:
    """The texts of all elements of a kind, as typst understood the page."""
    with TemporaryDirectory() as root:
        found = typst.query(source_of(template), element, root=root, sys_inputs={"told": json.dumps(told)})
    return [text_of(one) for one in json.loads(found)]


def text_of(content: dict[str, object]) -> str:
    """All text within an element."""
    if "text" in content:
        return str(content["text"])
    inner = content.get("children") or [content[name] for name in ("body", "child") if name in content]
    parts = inner if isinstance(inner, list) else [inner]
    return " " if content.get("func") == "space" else "".join(text_of(part) for part in parts)


@pytest.mark.parametrize("text", [*PAYLOADS, *MARKUP])
def test_a_text_is_set_as_it_stands(text: str) -> None:
    """Whatever a text holds, the page is made, and typst sees those very letters as text."""
    assert write_pdf("flyer.typ", FLYER | {"phrases": [text], "sentence": text, "reached": [text]})[:5] == b"%PDF-"
    assert set_texts("flyer.typ", FLYER | {"phrases": [plain(text)]}, "heading") == [f"“{plain(text)}”?"]


@pytest.mark.parametrize("text", [*PAYLOADS, *MARKUP])
def test_a_cell_is_set_as_it_stands(text: str) -> None:
    """The same holds in a list, in its heading and in its title."""
    told = {"title": plain(text), "sentence": "", "paper": "a4", "heading": ["Name"], "rows": [[plain(text)]]}
    assert write_pdf_list(text, [text], [[text]], sentence=text)[:5] == b"%PDF-"
    (found,) = set_texts("list.typ", told, "table")
    assert found.replace(UNSEEN_BREAK, "") == f"Name{plain(text)}".replace(UNSEEN_BREAK, "")


def test_both_sizes_of_paper() -> None:
    """A list is set on A4 and on Letter, and nothing is fetched for it from anywhere."""
    for paper in ("a4", "us-letter"):
        assert write_pdf_list("Partners", ["Name", "km"], [["Acme", 3.5], ["Bäcker", None]], paper=paper)  # type: ignore[arg-type]


def test_a_long_list_is_no_paper() -> None:
    """Too many lines are refused with what to do."""
    with pytest.raises(Unavailable, match="Narrow it"):
        write_pdf_list("x", ["Name"], [["a"]] * (ROWS_MOST + 1))


def test_without_the_extra_a_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where typst is not installed, whoever asks is told how to get it and what to do until then."""
    monkeypatch.setattr(pdf, "typst", None)
    with pytest.raises(Unavailable, match=r"switchboard\[pdf\].*print it from your browser"):
        write_pdf("flyer.typ", FLYER | {"phrases": ["a"]})
