"""What the pages for people without an account share: whole addresses, pictures of them, links that are gone."""

import base64
from typing import Any

from flask import current_app, session, url_for
from flask.typing import ResponseReturnValue

from matcher.exchange.camera import camera_svg
from webapp.pages import page

THANKED_BY = "thanked_by"  # in the session: whose page was answered last
STALE = "This page was open for a long time. Nothing is lost: please press the button once more."


def address(endpoint: str, **values: Any) -> str:
    """A page's whole address, to be passed on; its host is the one in the settings, whatever a request says."""
    return f"{current_app.config['BASE_URL']}{url_for(endpoint, **values)}"


def camera_picture(text: str) -> str:
    """The text as a picture that a phone's camera reads, as a `data:` address."""
    return as_address(camera_svg(text))


def as_address(svg: str) -> str:
    """A picture in SVG as a `data:` address."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def gone(_: Exception) -> ResponseReturnValue:
    """The same page for a link that is wrong, used, closed or too old."""
    return page("gone.html", status=404, title="This link does not work any more")


def remember_whom(business: str) -> None:
    """Remember whose page this browser has just answered, so that the thanks come from them."""
    session[THANKED_BY] = business


def whom() -> str:
    """Whose page this browser has answered last."""
    found: str = session.get(THANKED_BY, "")
    return found
