"""Answers as files."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from threading import Lock
from typing import Any

from flask import Response, current_app, g
from werkzeug.wrappers import Response as AnyResponse

from matcher.errors import Unavailable
from matcher.lists.letters import Form

KINDS: dict[Form, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "vcf": "text/vcard; charset=utf-8",
    "pdf": "application/pdf",
}


@dataclass(frozen=True, slots=True)
class FileAnswer:
    """A file as an operation of the API answers with it; `name` is one of our own words."""

    content: bytes
    name: str
    form: Form


def download(content: bytes, name: str, form: Form) -> Response:
    """A file that the browser keeps instead of showing it; `name` is one of our own words."""
    return Response(
        content, content_type=KINDS[form], headers={"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    )


def one_at_a_time(view: Callable[..., AnyResponse]) -> Callable[..., AnyResponse]:
    """Let each network write one such file at a time: 150,000 businesses keep a thread busy for 15 s."""

    @wraps(view)
    def guarded(**arguments: Any) -> AnyResponse:
        locks: dict[int, Lock] = current_app.extensions.setdefault("downloads", {})
        lock = locks.setdefault(g.network.id, Lock())
        if not lock.acquire(blocking=False):
            raise Unavailable("A list of yours is being written already. Please try again in a minute.")
        try:
            return view(**arguments)
        finally:
            lock.release()

    return guarded
