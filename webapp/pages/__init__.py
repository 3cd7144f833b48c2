"""Pages. Each module has one Blueprint `pages` (named for the nav and `url_for`) listed in `webapp/site_map.py`.

How a page is made:

- a GET asks one method of `g.network` and returns `page("name.html", title="...", ...)`; no decisions in the template;
- a POST reads its form with `webapp.forms`, calls one method and returns `go("endpoint")`, which is a 303;
- `say("Done.", undo=url_for(...), fields={...})` before `go` shows a sentence with an Undo button on the next page;
- every view says who may use it with `@access(GET="member", POST="member")`, right under the route;
- filters and page numbers live in the URL: `read_filters(request.args)`, in templates `here(first=20)`;
- a form with `data-live="ID" data-block="BLOCK"` is refreshed while typing: `page` then renders only that block;
- a template extends `base.html`, fills the block `main` and takes its parts from `macros.html`.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import lucide.jinja
from flask import Flask, current_app, flash, make_response, redirect, render_template, request, url_for
from flask import typing as flask_typing
from flask_security import current_user
from markupsafe import Markup
from werkzeug.wrappers import Response

from webapp.access import accounts, membership


@dataclass(frozen=True, slots=True)
class Tab:
    """One entry of the main navigation."""

    endpoint: str
    text: str
    icon: str


TABS = (
    Tab("home.show", "Home", "house"),
    Tab("clients.show", "Clients", "users"),
    Tab("coverage.show", "Coverage", "layout-grid"),
    Tab("suggestions.show", "Suggestions", "sparkles"),
    Tab("agenda.show", "Agenda", "calendar-check"),
    Tab("introductions.show", "Introductions", "handshake"),
    Tab("referrals.show", "Referrals", "arrow-left-right"),
    Tab("network.show", "Network", "waypoints"),
    Tab("contacts.show", "Contacts", "contact-round"),
    Tab("programme.show", "Programme", "sprout"),
    Tab("directory.show", "Directory", "book-user"),
    Tab("imports.show", "Import", "upload"),
    Tab("settings.show", "Settings", "settings"),
)
TABS_ON_PHONE, TABS_ON_DESK = 4, 8  # beside “More”, which opens the others


def page(template: str, *, status: int = 200, **values: Any) -> flask_typing.ResponseReturnValue:
    """Render a page, or only the block that a live form asks for with the header X-Fragment."""
    block = request.headers.get("X-Fragment")
    if block is None:
        return make_response(render_template(template, **values), status)
    found = current_app.jinja_env.get_template(template)
    current_app.update_template_context(values)
    if block not in found.blocks:
        return make_response("", 400)
    context = found.new_context(values)
    next(found.root_render_func(context), None)  # what the template imports and sets before its blocks
    return make_response("".join(found.blocks[block](context)), status)


def go(endpoint: str, **values: Any) -> Response:
    """The answer to a POST: look at this page."""
    return redirect(url_for(endpoint, **values), 303)


def say(sentence: str, *, undo: str = "", fields: dict[str, Any] | None = None, tone: str = "") -> None:
    """Show a sentence on the next page; `undo` is the path that an Undo button posts `fields` to; tone: warn or bad."""
    flash({"sentence": sentence, "undo": undo, "fields": fields or {}}, tone or "message")  # type: ignore[arg-type]


def here(**changes: Any) -> str:
    """This page's URL with some arguments changed; None takes one out. Lists begin again unless `first` is given."""
    values = request.args.to_dict(flat=False) | (request.view_args or {}) | {"first": None} | changes
    return url_for(
        request.endpoint or "home.show", **{name: value for name, value in values.items() if value is not None}
    )


def asset(name: str) -> str:
    """The URL of a static file; it changes with the file, so that browsers can keep it for good."""
    file = Path(current_app.static_folder or "") / name
    return url_for("static", filename=name, v=f"{file.stat().st_mtime_ns:x}")


@cache
def picture(name: str, size: int) -> Markup:
    """A Lucide icon as SVG; the words beside it say what it means."""
    svg = lucide.jinja.lucide(name, size=size, aria_hidden="true")
    return Markup("".join(line.strip() for line in svg.splitlines()))  # noqa: S704  # from the package alone


def frame() -> dict[str, Any]:
    """What `base.html` shows around every page."""
    values: dict[str, Any] = {"theme": _theme(), "account": None, "network_name": ""}
    values |= {"tabs": [], "desk_tabs": [], "more_tabs": []}
    if not current_user.is_authenticated:
        return values
    member = membership()
    values |= {"account": current_user, "network_name": "No network"}
    if member:
        values["network_name"] = accounts().network_name(member.network_id)
        values["tabs"] = [_tab(tab) for tab in TABS[:TABS_ON_PHONE]]
        values["desk_tabs"] = [_tab(tab) for tab in TABS[TABS_ON_PHONE:TABS_ON_DESK]]
        values["more_tabs"] = [_tab(tab) for tab in TABS[TABS_ON_DESK:]]
    return values


def _tab(tab: Tab) -> dict[str, Any]:
    href = url_for(tab.endpoint)
    below = href != "/" and request.path.startswith(f"{href}/")
    current = below or request.blueprint == tab.endpoint.split(".")[0]
    return {"href": href, "text": tab.text, "icon": tab.icon, "current": current}


def _theme() -> str:
    """The colours that this browser asked for: light, dark, or empty for the system's."""
    chosen = request.cookies.get("theme", "")
    return chosen if chosen in ("light", "dark") else ""


def install(app: Flask) -> None:
    """Give the templates what all pages use."""
    app.jinja_env.globals.update(picture=picture, here=here, asset=asset)
    app.context_processor(frame)
