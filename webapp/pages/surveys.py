"""Asking a client what they lack: a link to the survey, to be sent by hand or shown to a phone's camera."""

from datetime import date

from flask import Blueprint, g
from flask.typing import ResponseReturnValue

from matcher.answers.covered import ClientCard
from matcher.answers.invited import last_day
from matcher.knowledge.scripts import draft
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
        waiting=client.survey_waits,
        link=link,
        picture_of_link=camera_picture(link) if link else "",
        message=draft("survey_invite", client=client.name, link=link, owner=home.name) if home and link else None,
    )
