"""Everybody on the list with their tags, narrowed to who is tagged, who is not, and who lacks something."""

from typing import get_args

from flask import Blueprint, g, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from matcher.answers.partners import Filters
from matcher.answers.programme import ListedPage, Which
from matcher.chapters.client_book import SHOWN
from matcher.lists.letters import Form
from webapp import forms
from webapp.access import access
from webapp.downloads import download, one_at_a_time
from webapp.pages import page

pages = Blueprint("listed", __name__, url_prefix="/list")

NAMED: dict[Which, str] = {
    "": "Everybody",
    "tagged": "Tagged",
    "untagged": "Not tagged yet",
    "lacking": "Who lacks something",
}


@pages.get("/people")
@access(GET="member")
def show() -> ResponseReturnValue:
    """A page of people by name."""
    (words, which), first = _chosen(), forms.first(request.args)
    found: ListedPage = g.network.listed_people(words, which, first=first, limit=SHOWN)
    return page(
        "listed.html",
        title="Who is on your list",
        people=found.people,
        total=found.total,
        first=first,
        limit=SHOWN,
        whiches=list(NAMED.items()),
        chosen={"q": words, "which": which},
        query={"q": words or None, "which": which or None},
    )


@pages.get("/people.<any(csv, xlsx, vcf):form>")
@access(GET="member")
@one_at_a_time
def export(form: Form) -> Response:
    """The people whom the page lists, all of them, as a file that can be brought in again."""
    words, which = _chosen()
    content = g.network.export("people", form, Filters(text=words), which=which)
    return download(content, "people", form)


def _chosen() -> tuple[str, Which]:
    """How the list is narrowed: words, and which of them."""
    which: Which = forms.one_of(request.args, "which", get_args(Which)) or ""  # type: ignore[assignment]
    return forms.text(request.args, "q"), which
