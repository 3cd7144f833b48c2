"""Signing in with Flask-Security: e-mail and password (argon2id), two-factor codes, recovery codes; our own templates."""

import hashlib
import hmac
from datetime import timedelta
from typing import Any, ClassVar

from flask import Flask, current_app, session
from flask_login import user_logged_in
from flask_security import Security, SQLAlchemySessionUserDatastore, UserMixin
from sqlalchemy.orm import scoped_session

from matcher.facts import Account
from matcher.settings import Settings
from matcher.store import Store
from webapp.sessions import StoredSession

PASSWORD_CHARACTERS = 10  # with zxcvbn's estimate on top; longer than the 8 that NIST SP 800-63B asks for
FRESH_HOURS = 1  # after this, changing how one signs in asks for the password again


class SignedIn(Account, UserMixin):
    """An account as Flask-Security wants it; the same table."""

    roles: ClassVar[tuple[str, ...]] = ()  # roles belong to memberships, not to accounts


def install(app: Flask, settings: Settings, store: Store) -> None:
    """Set Flask-Security up over the store."""
    database = scoped_session(store.make_session)
    app.config.update(_options(settings))
    security = Security(app, SQLAlchemySessionUserDatastore(database, SignedIn, None))
    security.want_json(lambda _: False)  # its pages are for people; programs use /api
    app.teardown_appcontext(lambda _: database.remove())
    user_logged_in.connect(_rotate, app)


def account_by_number(account_id: int) -> SignedIn | None:
    """The account to sign in."""
    found: SignedIn | None = current_app.extensions["security"].datastore.find_user(id=account_id)
    return found


def _rotate(_: Flask, *, user: SignedIn) -> None:
    assert isinstance(session._get_current_object(), StoredSession)  # type: ignore[attr-defined]
    session.rotate(user.id)  # type: ignore[attr-defined]


def _options(settings: Settings) -> dict[str, Any]:
    options = {
        "BLUEPRINT_NAME": "security",
        "STATIC_FOLDER": None,
        "CLI_USERS_NAME": "",
        "CLI_ROLES_NAME": "",
        "JOIN_USER_ROLES": False,
        "FLASH_MESSAGES": False,
        "RETURN_GENERIC_RESPONSES": True,
        "API_ENABLED_METHODS": ["session"],
        "PASSWORD_HASH": "argon2",
        "PASSWORD_SCHEMES": ["argon2"],
        "PASSWORD_SINGLE_HASH": {"argon2"},
        "PASSWORD_LENGTH_MIN": PASSWORD_CHARACTERS,
        "PASSWORD_COMPLEXITY_CHECKER": "zxcvbn",
        "CHANGEABLE": True,
        "SEND_PASSWORD_CHANGE_EMAIL": False,
        "TWO_FACTOR": True,
        "TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
        "TWO_FACTOR_RESCUE_EMAIL": False,
        "MULTI_FACTOR_RECOVERY_CODES": True,
        "TOTP_SECRETS": {"1": _derived(settings, "totp")},
        "MULTI_FACTOR_RECOVERY_CODES_KEYS": None,
        "TOTP_ISSUER": "Switchboard",
        "FRESHNESS": timedelta(hours=FRESH_HOURS),
        "LOGIN_URL": "/sign-in",
        "LOGOUT_URL": "/sign-out",
        "CHANGE_URL": "/settings/password",
        "VERIFY_URL": "/settings/confirm",
        "TWO_FACTOR_SETUP_URL": "/settings/two-factor",
        "TWO_FACTOR_TOKEN_VALIDATION_URL": "/sign-in/code",
        "TWO_FACTOR_RESCUE_URL": "/sign-in/help",
        "TWO_FACTOR_SELECT_URL": "/sign-in/method",
        "MULTI_FACTOR_RECOVERY_CODES_URL": "/settings/recovery-codes",
        "MULTI_FACTOR_RECOVERY_URL": "/sign-in/recovery",
        "POST_LOGIN_VIEW": "/",
        "POST_LOGOUT_VIEW": "/sign-in",
        "POST_CHANGE_VIEW": "/settings",
        "TWO_FACTOR_POST_SETUP_VIEW": "/settings/recovery-codes",
        "LOGIN_USER_TEMPLATE": "sign_in.html",
    }
    return {f"SECURITY_{name}": value for name, value in options.items()}


def _derived(settings: Settings, purpose: str) -> str:
    """A key for one purpose, so that no two uses share one (HMAC-SHA-256 of the purpose)."""
    return hmac.new(settings.secret_key.encode(), purpose.encode(), hashlib.sha256).hexdigest()
