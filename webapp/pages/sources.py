"""Sources: who sends clients, how it is spread, what we give back, and how asking works."""

from flask import Blueprint, Response, g, url_for
from flask.typing import ResponseReturnValue

from matcher.answers.sources import Source, Sources
from matcher.lists.letters import Form
from webapp.access import access
from webapp.balance import BAR, HALF, ROW, balance
from webapp.downloads import download
from webapp.pages import page
from webapp.referral_forms import ASKED, key_of

pages = Blueprint("sources", __name__)

KINDS = {"client": "Clients", "partner": "Partners", "contact": "Others"}
LEANINGS = {"even": "Even", "we_give": "You give more", "they_give": "They give more"}
CAUSES = {
    "": "We do not know",
    "cannot": "They may not",
    "will_not": "They do not want to",
    "knows_not_how": "They do not know how",
    "no_occasion": "There is no occasion",
}


@pages.get("/sources")
@access(GET="member")
def show() -> ResponseReturnValue:
    """All sources, the strongest first, with a picture of the balance and the same numbers as a table."""
    found: Sources = g.network.sources()
    return page(
        "sources.html",
        title="Sources",
        found=found,
        rows=[(row, href_of(row), key_of(row.whose)) for row in found.sources],
        bars=balance(found.sources),
        geometry={"half": HALF, "row": ROW, "bar": BAR},
        kinds=KINDS,
        leanings=LEANINGS,
        causes=CAUSES,
        asked=ASKED,
        talk=[(row, href_of(row)) for row in found.sources if row.leaning == "we_give"],
    )


@pages.get("/sources.<any(csv, xlsx):form>")
@access(GET="member")
def export(form: Form) -> Response:
    """All sources as a file."""
    return download(g.network.export_sources(form), "sources", form)


def href_of(row: Source) -> str:
    """The page on which one looks after a source."""
    if row.business_id is not None:
        return url_for("source.show_business", business_id=row.business_id)
    return url_for("source.show_client", client_id=row.person_id)
