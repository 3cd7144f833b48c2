"""Signing in with Flask-Security: e-mail and password (argon2id), two-factor and recovery codes; our own templates."""

import base64
import hashlib
import hmac
from datetime import timedelta
from typing import Any

from flask import Flask, current_app, session
from flask_login import user_logged_in, user_logged_out
from flask_security import (
    ChangePasswordForm,
    LoginForm,
    Security,
    SQLAlchemySessionUserDatastore,
    Totp,
    UserMixin,
    current_user,
    password_changed,
)
from passlib.totp import TotpMatch
from sqlalchemy.orm import Session, scoped_session

from matcher.facts import Account
from matcher.settings import Settings
from matcher.store import Store
from matcher.units import now_utc
from webapp.forms import known_path

PASSWORD_CHARACTERS = 10  # with zxcvbn's estimate on top; longer than the 8 that NIST SP 800-63B asks for
MESSAGES = {  # in our words: what to do next
    "MSG_PASSWORD_CHANGE": ("Your password is changed.", "message"),
    "MSG_PASSWORD_TOO_SIMPLE": ("This one is easy to guess. Four random words are good.", "bad"),
    "MSG_PASSWORD_INVALID_LENGTH": ("Please use at least %(length)s characters.", "bad"),
    "MSG_PASSWORD_IS_THE_SAME": ("Please choose another one than before.", "bad"),
    "MSG_INVALID_PASSWORD": ("This is not your password.", "bad"),
    "MSG_INVALID_RECOVERY_CODE": ("This code is wrong or used already.", "bad"),
    "MSG_REAUTHENTICATION_SUCCESSFUL": ("Thank you. You can go on now.", "message"),
    "MSG_TWO_FACTOR_INVALID_TOKEN": ("This code is wrong or too old. Please try the next one.", "bad"),
    "MSG_TWO_FACTOR_LOGIN_SUCCESSFUL": ("You are signed in.", "message"),
    "MSG_TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": ("The second step is on. Please make recovery codes now.", "message"),
    "MSG_TWO_FACTOR_PERMISSION_DENIED": ("Please sign in with your password first.", "warn"),
    "MSG_TWO_FACTOR_DISABLED": ("The second step is off.", "message"),
    "MSG_TWO_FACTOR_SETUP_EXPIRED": ("That took too long. Please start again.", "warn"),
    "MSG_UNAUTHENTICATED": ("Please sign in first.", "warn"),
    "MSG_REAUTHENTICATION_REQUIRED": ("Please confirm your password first.", "warn"),
}
CODE_SECONDS = 30  # how far a phone's clock may be off: one code before and after (RFC 6238)
FRESH_HOURS = 1  # after this, changing how one signs in asks for the password again
LINK_OF, LINK_AT = "link_of", "link_at"  # in the session: whose one-time link was used, and when (POSIX seconds)


class SignedIn(Account, UserMixin):
    """An account as Flask-Security wants it; the same table."""


class People(SQLAlchemySessionUserDatastore):
    """Flask-Security's view of the accounts."""

    def mf_delete_recovery_code(self, user: UserMixin, idx: int) -> bool:
        """Use a recovery code up; a new list, since a change inside a JSON column would not be noticed."""
        codes = list(user.mf_recovery_codes or ())
        if idx >= len(codes):
            return False
        user.mf_recovery_codes = codes[:idx] + codes[idx + 1 :]
        self.put(user)  # type: ignore[no-untyped-call]
        return True


class OnceTotp(Totp):
    """Codes that work once: a code, or an older one, is refused after it was used (in memory, as the limits are)."""

    def __init__(self, secrets: dict[str, str], issuer: str) -> None:
        super().__init__(secrets, issuer)
        self._last: dict[str, int] = {}

    def get_last_counter(self, user: UserMixin) -> int | None:
        """The counter of the code that this account used last."""
        return self._last.get(user.fs_uniquifier)

    def set_last_counter(self, user: UserMixin, tmatch: TotpMatch) -> None:
        """Remember which code was used."""
        self._last[user.fs_uniquifier] = tmatch.counter


class SignInForm(LoginForm):
    """E-mail and password; a browser stays signed in through its session alone."""

    remember = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.next.data = known_path(self.next.data) or ""


class NewPasswordForm(ChangePasswordForm):
    """A new password; the old one is asked for unless a one-time link has just shown who this is."""

    def validate(self, **kwargs: Any) -> bool:
        """Whether the new password can be taken."""
        if not came_by_link():
            return bool(super().validate(**kwargs))
        if not super(ChangePasswordForm, self).validate(**kwargs):  # all but the old password
            return False
        rules = current_app.extensions["security"].password_util
        problems, self.new_password.data = rules.validate(self.new_password.data, False, user=current_user)
        self.new_password.errors = [*self.new_password.errors, *(problems or ())]
        return not problems


def install(app: Flask, settings: Settings, store: Store) -> None:
    """Set Flask-Security up over the store."""
    database: scoped_session[Session] = scoped_session(store.make_session)  # type: ignore[arg-type]
    app.config.update(_options(settings))
    app.config["SECURITY_TWO_FACTOR_VALIDITY_COOKIE"] = {
        "secure": settings.secure,
        "httponly": True,
        "samesite": "Strict",
    }
    people = People(database, SignedIn, None)  # type: ignore[arg-type]  # roles belong to memberships
    security = Security(app, people, login_form=SignInForm, change_password_form=NewPasswordForm, totp_cls=OnceTotp)
    security.change_password_context_processor(lambda: {"came_by_link": came_by_link()})
    security.want_json(lambda _: False)  # its pages are for people; programs use /api
    app.extensions["accounts' session"] = database
    app.teardown_appcontext(lambda _: database.remove())
    user_logged_in.connect(_rotate, app)
    user_logged_out.connect(_forget, app)
    password_changed.connect(_use_link_up, app)


def let_go() -> None:
    """End the reading of accounts that this request has begun: while somebody reads, no file can be written anew."""
    current_app.extensions["accounts' session"].rollback()


def account_by_number(account_id: int) -> SignedIn | None:
    """The account to sign in."""
    found: SignedIn | None = current_app.extensions["security"].datastore.find_user(id=account_id)
    return found


def note_link(account_id: int) -> None:
    """Remember that a one-time link was used; a second step may follow before the account is signed in."""
    session[LINK_OF], session[LINK_AT] = account_id, now_utc().timestamp()


def came_by_link() -> bool:
    """Whether the account that is signed in has used a one-time link within the last FRESH_HOURS."""
    age: float = now_utc().timestamp() - session.get(LINK_AT, 0.0)
    return bool(session.get(LINK_OF) == current_user.id) and age < FRESH_HOURS * 3600


def _use_link_up(_: Flask, **__: object) -> None:
    session.pop(LINK_OF, None)
    session.pop(LINK_AT, None)


def _rotate(_: Flask, *, user: SignedIn) -> None:
    for name in ("csrf_token", "_remember", "_remember_seconds"):
        session.pop(name, None)  # a token from before, or a cookie that would outlive the session
    session.rotate(user.id)  # type: ignore[attr-defined]


def _forget(_: Flask, **__: object) -> None:
    session.clear()


def _options(settings: Settings) -> dict[str, Any]:
    options = {
        "BLUEPRINT_NAME": "security",
        "STATIC_FOLDER": None,
        "CLI_USERS_NAME": "",
        "CLI_ROLES_NAME": "",
        "JOIN_USER_ROLES": False,
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
        "TWO_FACTOR_AUTHENTICATOR_VALIDITY": CODE_SECONDS,
        "TWO_FACTOR_RESCUE_EMAIL": False,
        "MULTI_FACTOR_RECOVERY_CODES": True,
        "TOTP_SECRETS": {"1": _derived(settings, "totp")},
        "MULTI_FACTOR_RECOVERY_CODES_KEYS": [base64.urlsafe_b64encode(bytes.fromhex(_derived(settings, "codes")))],
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
        "TWO_FACTOR_POST_SETUP_VIEW": "/settings/two-factor",
    }
    return {f"SECURITY_{name}": value for name, value in (options | MESSAGES).items()}


def _derived(settings: Settings, purpose: str) -> str:
    """A key for one purpose, so that no two uses share one (HMAC-SHA-256 of the purpose)."""
    return hmac.new(settings.secret_key.encode(), purpose.encode(), hashlib.sha256).hexdigest()
