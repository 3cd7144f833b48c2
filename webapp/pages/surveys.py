"""Asking a client what they lack: a link to the survey, to be sent by hand or shown to a phone's camera."""

from datetime import date

from flask import Blueprint, g
from flask.typing import ResponseReturnValue

from matcher.covered import ClientCard
from matcher.invited import last_day
from webapp.access import access
from webapp.pages import page
from webapp.public import address, camera_picture

pages = Blueprint("surveys", __name__)


@pages.get("/clients/<int:client_id>/survey")
@access(GET="member")
def show(client_id: int) -> ResponseReturnValue:
    """Whether this client was asked, and the button that makes a link."""
    return _page(g.network.client(client_id))


@pages.post("/clients/<int:client_id>/survey")
@access(POST="member")
def send(client_id: int) -> ResponseReturnValue:
    """Make a link and show it, this once: only its hash is kept."""
    token = g.network.send_survey(client_id)
    return _page(g.network.client(client_id), address("answer.show", token=token))


def _page(client: ClientCard, link: str = "") -> ResponseReturnValue:
    home = g.network.home()
    sent = date.fromisoformat(client.surveyed_on) if client.surveyed_on else None
    return page(
        "survey.html",
        title=f"Ask {client.name}",
        client=client,
        home=home,
        ends_on=last_day(sent).isoformat() if sent else "",
        waiting=bool(sent) and client.surveyed_on > client.answered_on,
        link=link,
        picture_of_link=camera_picture(link) if link else "",
        message=_message(home.name, link) if home and link else "",
    )


def _message(business: str, link: str) -> str:
    """What to write beside the link."""
    return (
        f"Hi, it is {business}. I know people who do good work, and I would like to introduce you to the right ones. "
        f"Would you tick what you could use this year? It takes a minute: {link}"
    )
