"""How often somebody may try. Counted in memory: one process serves (waitress, threads); a restart forgets."""

import hashlib
from typing import Any

from flask import Flask, Response, request, session
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_security import current_user
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from matcher.settings import Settings

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
SITE_TRIES = 30  # times what one account may try, for all accounts together
MISSABLE_ENDPOINTS = (  # links that somebody could guess
    *("answer.show", "answer.send", "join.show", "unsubscribe.show", "unsubscribe.leave"),
    *("promise.show", "promise.send", "agenda.feed", "invited.show", "invited.accept"),
)
CODE_ENDPOINTS = ("security.two_factor_token_validation", "security.mf_recovery", "security.verify", "sign_in.enter")


def install(app: Flask, settings: Settings) -> None:
    """Limit the routes where somebody could guess; call it after they are there."""
    app.config.update(RATELIMIT_HEADERS_ENABLED=False)
    before = app.before_request_funcs.setdefault(None, [])
    before[:0] = [_forms_only, _names_only]  # before the form's token is looked at
    limiter = Limiter(get_remote_address, app=app, storage_uri="memory://", strategy="moving-window")
    own = f"{settings.sign_in_tries} per 5 minutes"
    site = f"{settings.sign_in_tries * SITE_TRIES} per 5 minutes"

    def limit(endpoint: str) -> None:
        view: Any = app.view_functions[endpoint]
        for rule, key in ((own, get_remote_address), (own, _account), (site, _site)):
            view = limiter.limit(rule, key_func=key, methods=["POST"])(view)
        app.view_functions[endpoint] = view

    def limit_misses(endpoint: str) -> None:
        view: Any = app.view_functions[endpoint]
        for rule, key in ((own, get_remote_address), (site, _site)):
            view = limiter.limit(rule, key_func=key, deduct_when=_missed)(view)
        app.view_functions[endpoint] = view

    for endpoint in ("security.login", *CODE_ENDPOINTS, "join.apply", "invited.open_account"):
        limit(endpoint)
    for endpoint in MISSABLE_ENDPOINTS:
        limit_misses(endpoint)


def _forms_only() -> None:
    """Flask-Security would read JSON too, where no limit looks for the account."""
    if request.method == "POST" and request.blueprint == "security" and request.mimetype not in FORMS:
        raise UnsupportedMediaType


def _names_only() -> None:
    """Whatever looks through a form stumbles over a part without a name, and no form of ours has one."""
    if request.mimetype == "multipart/form-data" and (None in request.form or None in request.files):
        raise BadRequest


def _account() -> str:
    """The account that somebody tries, whether it exists or not; after the password the session says which."""
    if request.endpoint == "security.login":
        name = request.form.get("email", "").strip().lower()
    elif current_user.is_authenticated:
        name = str(current_user.id)
    else:
        name = session.get("tf_user_id", "")
    return "account " + hashlib.sha256((name or get_remote_address()).encode()).hexdigest()


def _missed(response: Response) -> bool:
    return response.status_code == 404


def _site() -> str:
    return "site"
