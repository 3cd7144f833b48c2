"""The web door: `create_app(settings)` is a list of steps, each in the module that it is about."""

from flask import Flask
from flask_wtf import CSRFProtect

from matcher.settings import Settings
from matcher.store import Store
from webapp import access, api, errors, filters, headers, identity, limits, pages, site_map
from webapp.pages.unsubscribe import leave
from webapp.sessions import StoredSessions
from webapp.urls import LateRule, RowNumber

FORM_BYTES = 1_000_000  # largest form without a file


def create_app(settings: Settings) -> Flask:
    """Put the app together; the database is brought up to date first."""
    app = Flask(__name__)
    app.url_map.converters["int"] = RowNumber
    app.url_rule_class = LateRule
    store = Store(settings.database, secret=settings.secret_key)
    store.upgrade()
    app.extensions["switchboard"] = store
    _configure(app, settings)
    app.session_interface = StoredSessions(store, settings.session_days)
    CSRFProtect(app).exempt(leave)  # one click of a mail program knows no form
    identity.install(app, settings, store)
    filters.install(app)
    pages.install(app)
    site_map.install(app)
    api.install(app)
    limits.install(app, settings)
    errors.install(app)
    headers.install(app, settings)
    access.guard(app)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key,
        BASE_URL=settings.base_url,
        SESSION_COOKIE_NAME="__Host-switchboard" if settings.secure else "switchboard",
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_SAMESITE="Lax",
        PREFERRED_URL_SCHEME="https" if settings.secure else "http",
        MAX_CONTENT_LENGTH=FORM_BYTES,
        UPLOAD_BYTES=settings.upload_mb * 1_000_000,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
