"""Sessions kept in the database: the cookie is a random number, stored hashed; a new one at every sign-in."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, Request, Response
from flask.sessions import SessionInterface, SessionMixin
from sqlalchemy import delete, select
from werkzeug.datastructures import CallbackDict

from matcher.facts import WebSession
from matcher.store import Store
from matcher.store.accounts import token_hash
from matcher.units import now_utc

ANONYMOUS_HOURS = 2  # long enough to fill in the sign-in form
SIGNED_IN = "account"  # where the account's number is kept


class StoredSession(CallbackDict[str, Any], SessionMixin):
    """What one browser has told us; saved only when it changes."""

    def __init__(self, content: dict[str, Any] | None = None, id_hash: str = "", expires_at: datetime | None = None):
        def changed(session: "StoredSession") -> None:
            session.modified = True

        super().__init__(content or {}, changed)
        self.id_hash = id_hash  # empty: not stored yet
        self.expires_at = expires_at
        self.new = not id_hash
        self.modified = False
        self.accessed = True

    def rotate(self, account_id: int) -> None:
        """Somebody has signed in: the old number must not be worth anything."""
        self[SIGNED_IN] = account_id
        self.expires_at = None


class StoredSessions(SessionInterface):
    """Reads a session at the start of a request and writes it at the end."""

    session_class = StoredSession

    def __init__(self, store: Store, signed_in_days: int, clock: Callable[[], datetime] = now_utc) -> None:
        self.store = store
        self.signed_in = timedelta(days=signed_in_days)
        self.clock = clock

    def open_session(self, app: Flask, request: Request) -> StoredSession:
        """The session of this browser, or an empty one."""
        cookie = request.cookies.get(self.get_cookie_name(app))
        if not cookie:
            return StoredSession()
        query = select(WebSession).where(WebSession.id_hash == token_hash(cookie), WebSession.expires_at > self.clock())
        with self.store.session() as session:
            row = session.scalar(query)
        return StoredSession(row.content, row.id_hash, row.expires_at) if row else StoredSession()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Store what changed; a new cookie for a new session, none for an empty one."""
        assert isinstance(session, StoredSession)
        response.vary.add("Cookie")
        if not session.modified or response.status_code >= 500:  # saving may be what went wrong
            return
        if not session:
            self._forget(session)
            response.delete_cookie(self.get_cookie_name(app), **self._cookie(app))
        elif session.id_hash and session.expires_at:
            self._update(session)
        else:
            token = self._insert(session)
            response.set_cookie(self.get_cookie_name(app), token, expires=session.expires_at, **self._cookie(app))

    def _cookie(self, app: Flask) -> dict[str, Any]:
        return {
            "httponly": True,
            "path": "/",
            "samesite": self.get_cookie_samesite(app),
            "secure": self.get_cookie_secure(app),
        }

    def _insert(self, session: StoredSession) -> str:
        now = self.clock()
        token = secrets.token_urlsafe(32)
        account_id = session.get(SIGNED_IN)
        session.expires_at = now + (self.signed_in if account_id else timedelta(hours=ANONYMOUS_HOURS))
        row = WebSession(
            id_hash=token_hash(token), account_id=account_id, content=dict(session), expires_at=session.expires_at
        )
        with self.store.session(writes=True) as database:
            database.execute(
                delete(WebSession).where((WebSession.expires_at < now) | (WebSession.id_hash == session.id_hash))
            )
            database.add(row)
        return token

    def _update(self, session: StoredSession) -> None:
        with self.store.session(writes=True) as database:
            row = database.get(WebSession, session.id_hash)
            if row:  # gone when the account was signed out elsewhere in the meantime
                row.content = dict(session)

    def _forget(self, session: StoredSession) -> None:
        with self.store.session(writes=True) as database:
            database.execute(delete(WebSession).where(WebSession.id_hash == session.id_hash))
