"""Answers as files."""

from flask import Response

from matcher.network import Form

KINDS: dict[Form, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def download(content: bytes, name: str, form: Form) -> Response:
    """A file that the browser keeps instead of showing it; `name` is one of our own words."""
    return Response(
        content, content_type=KINDS[form], headers={"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    )
