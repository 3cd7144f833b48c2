"""How often somebody may try. Counted in memory: one process serves (waitress, threads); a restart forgets."""

import hashlib
from typing import Any

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from matcher.settings import Settings

SITE_TRIES = 30  # times what one account may try, for all accounts together
CODE_ENDPOINTS = ("security.two_factor_token_validation", "security.mf_recovery", "security.verify", "sign_in.enter")


def install(app: Flask, settings: Settings) -> None:
    """Limit the routes where somebody could guess; call it after they are there."""
    app.config.update(RATELIMIT_HEADERS_ENABLED=False)
    limiter = Limiter(get_remote_address, app=app, storage_uri="memory://", strategy="moving-window")
    own = f"{settings.sign_in_tries} per 5 minutes"
    site = f"{settings.sign_in_tries * SITE_TRIES} per 5 minutes"

    def limit(endpoint: str) -> None:
        view: Any = app.view_functions[endpoint]
        for rule, key in ((own, get_remote_address), (own, _account), (site, _site)):
            view = limiter.limit(rule, key_func=key, methods=["POST"])(view)
        app.view_functions[endpoint] = view

    for endpoint in ("security.login", *CODE_ENDPOINTS):
        limit(endpoint)


def _account() -> str:
    """The account that somebody tries, whether it exists or not."""
    name = request.form.get("email", "").strip().lower() or get_remote_address()
    return "account " + hashlib.sha256(name.encode()).hexdigest()


def _site() -> str:
    return "site"
