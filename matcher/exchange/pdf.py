"""Pages as PDF, set by typst from templates of `data/print`; it comes with the extra `pdf`.

A template is ours alone. What people wrote goes along as data: typst reads it as strings, which are set as they are and
never read as markup. The folder that a template could read files from
holds nothing but the template.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from matcher.errors import Unavailable
from matcher.exchange.clean import plain
from matcher.taxonomy import data_folder

try:
    import typst
except ImportError:  # the extra is not installed
    typst = None  # type: ignore[assignment]

Paper = Literal["a4", "us-letter"]
ROWS_MOST = 2_000  # of a list on paper: about 80 pages
MISSING = (
    "For a PDF, Switchboard needs its extra “pdf”: pip install 'switchboard[pdf]'. "
    "Until then, open the page and print it from your browser."
)


def pdf_available() -> bool:
    """Whether the extra `pdf` is installed."""
    return typst is not None


def write_pdf(template: str, told: Mapping[str, Any]) -> bytes:
    """The template with these texts, as PDF; Unavailable with what to do when the extra is missing."""
    if typst is None:
        raise Unavailable(MISSING)
    with TemporaryDirectory() as folder:
        page = Path(folder) / template
        page.write_bytes(source_of(template))
        return typst.compile(page, root=Path(folder), format="pdf", sys_inputs={"told": json.dumps(_plainly(told))})


def write_pdf_list(
    title: str, columns: Sequence[str], rows: Sequence[Sequence[object]], *, sentence: str = "", paper: Paper = "a4"
) -> bytes:
    """A list as a table on pages lying on their side."""
    if len(rows) > ROWS_MOST:
        raise Unavailable(f"On paper a list has at most {ROWS_MOST:,} lines. Narrow it, or take it out as Excel.")
    cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
    told = {"title": title, "sentence": sentence, "paper": paper, "heading": list(columns), "rows": cells}
    return write_pdf("list.typ", told)


def source_of(template: str) -> bytes:
    """One of our own templates."""
    return (data_folder() / "print" / template).read_bytes()


def _plainly(value: Any) -> Any:
    """The same with every text as paper can hold it."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, Mapping):
        return {name: _plainly(one) for name, one in value.items()}
    return [_plainly(one) for one in value]
