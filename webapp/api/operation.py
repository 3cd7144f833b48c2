"""What turns a typed function into an operation of the API."""

import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, is_dataclass
from itertools import chain
from typing import Any, Literal, TypeVar, get_type_hints

from flask import Response, request
from flask.typing import ResponseReturnValue
from pydantic import TypeAdapter, ValidationError
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import UnsupportedMediaType

from matcher.errors import Invalid
from webapp.access import Who
from webapp.api.inputs import Body, Query
from webapp.downloads import FileAnswer, download

Method = Literal["GET", "POST", "PUT", "DELETE"]
Read = TypeVar("Read")
IN_PATH = re.compile(r"<int:(\w+)>")
# What the core or a page calls a field -> what requests call it; of several, the one that the request has.
OTHERWISE = {
    "business": ("business_id",),
    "file": ("text",),  # a list that was pasted
    "note": ("ids",),  # of several people who are made one
    "of": ("business_id", "person_id"),  # who is the same as whom it is about
    "on": ("agreed_on", "referred_on", "given_on", "opens_on"),
    "open_introductions": ("most",),
    "text": ("q",),
    "until": ("until_on",),
    "value": ("value_cents",),
}
_OPERATIONS: dict[str, "Operation"] = {}


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One method of one path. `query`, `body` and `file` are what the function asks for under these names."""

    method: Method
    path: str
    who: Who
    function: Callable[..., Any]
    query: type[Query] | None
    body: type[Body] | None
    takes_file: bool
    answer: Any  # the type that the function gives back

    @property
    def name(self) -> str:
        """The function's name: the endpoint, and `operationId` in the document."""
        return self.function.__name__

    @property
    def fields(self) -> frozenset[str]:
        """Everything that a request can hold: in its path, its query and its body, or the file."""
        told = [model.model_fields for model in (self.query, self.body) if model]
        return frozenset(chain(IN_PATH.findall(self.path), *told, ["file"] if self.takes_file else []))

    def named(self, field: str) -> str:
        """A field as the request calls it, such as "needs.0.service"; nothing when the request holds no such field."""
        first, dot, rest = field.partition(".")
        if first in self.fields:
            return field
        found = next((name for name in OTHERWISE.get(first, ()) if name in self.fields), "")
        if not found:
            return "file" if self.takes_file else ""  # what is wrong stands within the file
        return f"{found}{dot}{rest}"

    def view(self) -> Callable[..., ResponseReturnValue]:
        """The Flask view: read what the function asks for, call it, answer in JSON."""

        def answer(**arguments: Any) -> ResponseReturnValue:
            if self.query:
                arguments["query"] = _read_query(self.query)
            elif request.args:
                raise Invalid(next(iter(request.args)), "This operation takes nothing in its query.")
            if self.body:
                arguments["body"] = _read_body(self.body)
            if self.takes_file:
                arguments["file"] = _read_file()
            try:
                found = self.function(**arguments)
            except Invalid as problem:
                raise Invalid(self.named(problem.field), problem.sentence) from problem
            return download(found.content, found.name, found.form) if isinstance(found, FileAnswer) else as_json(found)

        answer.__dict__.update(access={self.method: self.who}, upload=self.takes_file)
        return answer


def operation(method: Method, path: str, who: Who = "member") -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare a function as an operation, for `who`."""

    def declare(function: Callable[..., Any]) -> Callable[..., Any]:
        hints = get_type_hints(function)
        _OPERATIONS[function.__name__] = Operation(
            method=method,
            path=path,
            who=who,
            function=function,
            query=hints.get("query"),
            body=hints.get("body"),
            takes_file=hints.get("file") is FileStorage,
            answer=hints["return"],
        )
        return function

    return declare


def operations() -> tuple[Operation, ...]:
    """All operations in the order of their declaration."""
    return tuple(_OPERATIONS.values())


def as_json(answer: Any) -> Response:
    """An answer exactly as the command prints it, in the order of its fields."""
    plain = [asdict(one) for one in answer] if isinstance(answer, list | tuple) else answer
    if is_dataclass(answer) and not isinstance(answer, type):
        plain = asdict(answer)
    return Response(json.dumps(plain, ensure_ascii=False), content_type="application/json")


def _read_query(model: type[Query]) -> Query:
    given = request.args.to_dict(flat=False)
    lists = {name for name, field in model.model_fields.items() if isinstance(field.get_default(), tuple)}
    values = {name: found if name in lists or len(found) > 1 else found[0] for name, found in given.items()}
    return _checked(lambda: model.model_validate(values))


def _read_body(model: type[Body]) -> Body:
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    return _checked(lambda: TypeAdapter(model).validate_json(request.get_data()))


def _read_file() -> FileStorage:
    if request.mimetype != "multipart/form-data":
        raise UnsupportedMediaType
    if "file" not in request.files or len(request.files) > 1 or request.form:
        raise Invalid("file", "Please send one file under the name “file”, and nothing else.")
    return request.files["file"]


def _checked(read: Callable[[], Read]) -> Read:
    """What was read; Invalid names the first field that cannot be used and says why."""
    try:
        return read()
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        field = ".".join(str(part) for part in first["loc"])[:80]
        sentence = first["msg"].removeprefix("Value error, ")
        raise Invalid(field, sentence if sentence.endswith(".") else f"{sentence}.") from error
