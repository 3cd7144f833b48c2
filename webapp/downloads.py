"""Answers as files."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from threading import Lock
from typing import Literal, ParamSpec, TypeVar

from flask import Response, current_app, g

from matcher.errors import Unavailable
from matcher.lists.letters import Form

Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")
FileForm = Form | Literal["zip"]  # a whole network
KINDS: dict[FileForm, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "vcf": "text/vcard; charset=utf-8",
    "pdf": "application/pdf",
    "zip": "application/zip",
}


@dataclass(frozen=True, slots=True)
class FileAnswer:
    """A file as an operation of the API answers with it; `name` is one of our own words."""

    content: bytes
    name: str
    form: FileForm


def download(content: bytes, name: str, form: FileForm) -> Response:
    """A file that the browser keeps instead of showing it; `name` is one of our own words."""
    return Response(
        content, content_type=KINDS[form], headers={"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    )


def one_at_a_time(view: Callable[Arguments, Answer]) -> Callable[Arguments, Answer]:
    """Let each network write one such file at a time: 150,000 businesses keep a thread busy for 15 s."""

    @wraps(view)
    def guarded(*given: Arguments.args, **arguments: Arguments.kwargs) -> Answer:
        locks: dict[int, Lock] = current_app.extensions.setdefault("downloads", {})
        lock = locks.setdefault(g.network.id, Lock())
        if not lock.acquire(blocking=False):
            raise Unavailable("A list of yours is being written already. Please try again in a minute.")
        try:
            return view(*given, **arguments)
        finally:
            lock.release()

    return guarded
