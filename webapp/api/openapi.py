"""The document that describes the API: OpenAPI 3.1, made from the operations' own types."""

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, TypeAdapter

from webapp.api.operation import Operation
from webapp.downloads import KINDS, FileAnswer
from webapp.errors import ApiError
from webapp.urls import NUMBER_MAX

REF = "#/components/schemas/{model}"
REFUSALS = (400, 401, 403, 404, 405, 409, 413, 415, 429, 503)
CSRF_HEADER = "X-CSRFToken"
FILE = {
    "type": "object",
    "properties": {"file": {"type": "string", "format": "binary"}},
    "required": ["file"],
    "additionalProperties": False,
}
Json = dict[str, Any]


def document(operations: Sequence[Operation], prefix: str, cookie: str) -> Json:
    """The whole document; `cookie` is the name of the session's cookie."""
    schemas, definitions = _schemas(operations)
    paths: dict[str, Json] = {}
    for operation in operations:
        path = prefix + operation.path.replace("<int:", "{").replace(">", "}")
        paths.setdefault(path, {})[operation.method.lower()] = _operation(operation, schemas)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Switchboard",
            "version": "1",
            "description": "Partners for a business: suggestions with reasons, the directory, imports. "
            f"Sign in with the session's cookie; to change something, send `{CSRF_HEADER}` as {prefix}/token gives it.",
        },
        "paths": paths,
        "components": {
            "schemas": definitions,
            "securitySchemes": {
                "session": {"type": "apiKey", "in": "cookie", "name": cookie},
                "form_token": {"type": "apiKey", "in": "header", "name": CSRF_HEADER},
            },
            "responses": {"Refused": _content({"$ref": REF.format(model="ApiError")}, "One sentence that says why.")},
        },
    }


def _schemas(operations: Sequence[Operation]) -> tuple[dict[Any, Json], Json]:
    """(Type, mode) -> its schema, and all definitions that these refer to."""
    answers = {operation.answer for operation in operations} - {FileAnswer}
    wanted = {(answer, "serialization") for answer in answers | {ApiError}}
    wanted |= {
        (model, "validation") for operation in operations for model in (operation.query, operation.body) if model
    }
    ordered = sorted(wanted, key=str)
    inputs: Any = [(kind, mode, TypeAdapter(kind)) for kind, mode in ordered]
    schemas, definitions = TypeAdapter.json_schemas(inputs, ref_template=REF)
    return dict(schemas), definitions["$defs"]


def _operation(operation: Operation, schemas: dict[Any, Json]) -> Json:
    described: Json = {
        "operationId": operation.name,
        "summary": (operation.function.__doc__ or "").split("\n")[0],
        "security": [{"session": []} if operation.method == "GET" else {"session": [], "form_token": []}],
        "parameters": _path_parameters(operation.path)
        + (_query_parameters(operation.query) if operation.query else []),
        "responses": {"200": _answered(operation, schemas)}
        | {str(status): {"$ref": "#/components/responses/Refused"} for status in REFUSALS},
    }
    if operation.body:
        described["requestBody"] = _body("application/json", schemas[operation.body, "validation"])
    if operation.takes_file:
        described["requestBody"] = _body("multipart/form-data", FILE)
    return described


def _answered(operation: Operation, schemas: dict[Any, Json]) -> Json:
    if operation.answer is FileAnswer:
        kinds = {kind.partition(";")[0]: {"schema": {"type": "string", "format": "binary"}} for kind in KINDS.values()}
        return {"description": "The file.", "content": kinds}
    return _content(schemas[operation.answer, "serialization"], "The answer.")


def _path_parameters(path: str) -> list[Json]:
    names = [part[len("<int:") : -1] for part in path.split("/") if part.startswith("<int:")]
    number = {"type": "integer", "minimum": 1, "maximum": NUMBER_MAX}
    return [{"name": name, "in": "path", "required": True, "schema": number} for name in names]


def _query_parameters(model: type[BaseModel]) -> list[Json]:
    schema = model.model_json_schema(ref_template=REF)
    return [
        {"name": name, "in": "query", "required": name in schema.get("required", ()), "schema": _without_null(one)}
        for name, one in schema["properties"].items()
    ]


def _without_null(schema: Json) -> Json:
    """A URL has no null: an argument is there or it is not."""
    choices = [choice for choice in schema.get("anyOf", ()) if choice != {"type": "null"}]
    kept = {name: value for name, value in schema.items() if name not in ("anyOf", "title") and value is not None}
    return kept | choices[0] if choices else kept


def _content(schema: Json, description: str) -> Json:
    return {"description": description, "content": {"application/json": {"schema": schema}}}


def _body(kind: str, schema: Json) -> Json:
    return {"required": True, "content": {kind: {"schema": schema}}}
