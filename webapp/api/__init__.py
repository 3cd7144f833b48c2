"""The JSON API under `/api/1`: each operation is a typed function, and its signature is its validation and its schema.

An answer is `dataclasses.asdict` of what `Network` answers, the same that the command prints with `--json`. The
session's cookie signs a program in; what changes something also carries `X-CSRFToken` with what `/api/1/token` gives.
"""

from importlib import import_module
from pkgutil import iter_modules

from flask import Blueprint, Flask, Response, current_app

from webapp.access import access
from webapp.api.openapi import document
from webapp.api.operation import as_json, operations

PREFIX = "/api/1"


def install(app: Flask) -> None:
    """Register every operation and the document that describes them."""
    for module in iter_modules(__path__, f"{__name__}."):
        import_module(module.name)  # they declare operations

    api = Blueprint("api", __name__, url_prefix=PREFIX)
    for operation in operations():
        api.add_url_rule(operation.path, operation.name, operation.view(), methods=[operation.method])
    api.add_url_rule("/openapi.json", "describe", _describe)
    app.register_blueprint(api)


@access(GET="anyone")
def _describe() -> Response:
    cookie = str(current_app.config["SESSION_COOKIE_NAME"])
    return as_json(document(operations(), PREFIX, cookie))
