"""What goes wrong, as a page or as JSON: one table, one plain sentence, nothing from the request."""

from dataclasses import asdict, dataclass

from flask import Flask, Response, current_app, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError

from matcher.errors import Conflict, Invalid, MatcherError, NotAllowed, NotFound, Unavailable

STATUS: dict[type[MatcherError], int] = {NotFound: 404, Invalid: 400, NotAllowed: 403, Conflict: 409, Unavailable: 503}
RETRY_SECONDS = 60
PAGES: dict[int, tuple[str, str]] = {  # status -> title, sentence when there is no better one
    400: (
        "That did not work",
        "The request was not complete, or the form was open too long. Please go back and try again.",
    ),
    401: ("Please sign in", "Please sign in first."),
    403: ("Not for this account", "This account may not do this."),
    404: ("Not found", "This page does not exist, or it belongs to somebody else."),
    405: ("That did not work", "This page cannot be used that way."),
    409: ("Something changed meanwhile", "Please look at the page again before you go on."),
    413: ("Too large", "This is larger than this installation takes."),
    415: ("That did not work", "This kind of content is not taken here."),
    429: ("A moment, please", "There were too many tries. Please wait five minutes and try again."),
    500: ("Something broke", "This is our mistake, and it has been noted. Nothing was changed by halves."),
    503: ("Not now", "This cannot be done now. Please try again in a minute."),
}
KINDS = {  # status -> what programs are told
    400: "invalid",
    401: "sign_in",
    403: "not_allowed",
    404: "not_found",
    405: "no_such_method",
    409: "conflict",
    413: "too_large",
    415: "wrong_content",
    429: "too_many",
    500: "mistake",
    503: "unavailable",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """What went wrong, for programs: a word, the field that it is about (or nothing), and the sentence for people."""

    kind: str
    field: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiError:
    """The body of every answer of the API that is no answer."""

    error: Refusal


def install(app: Flask) -> None:
    """Answer every error in our own words."""
    app.register_error_handler(MatcherError, _matcher_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _mistake)


def _matcher_error(error: MatcherError) -> Response:
    status = next(code for kind, code in STATUS.items() if isinstance(error, kind))
    # a missing and a foreign thing must be the same bytes
    sentence = PAGES[404][1] if status == 404 else error.sentence
    return _answer(status, sentence, error.field if isinstance(error, Invalid) else None)


def _http_error(error: HTTPException) -> Response:
    if error.response is not None:
        return make_response(error.response)
    if isinstance(error, InternalServerError) and isinstance(error.original_exception, MatcherError):
        return _matcher_error(error.original_exception)  # raised after the view, when the session was saved
    status = error.code if error.code in PAGES else 400
    response = _answer(status, PAGES[status][1])
    if error.code == 405:
        response.headers.extend((name, value) for name, value in error.get_headers() if name == "Allow")
    return response


def _mistake(error: Exception) -> Response:
    current_app.logger.error("Unexpected %s", type(error).__name__, exc_info=error)
    return _answer(500, PAGES[500][1])


def _answer(status: int, sentence: str, field: str | None = None) -> Response:
    title = PAGES[status][0]
    if request.path.startswith("/api/"):
        response = jsonify(asdict(ApiError(error=Refusal(kind=KINDS[status], field=field or "", sentence=sentence))))
    elif request.routing_exception is not None and request.url_rule is None and status == 400:
        response = make_response(sentence, {"Content-Type": "text/plain; charset=utf-8"})  # no address to link to
    else:
        response = make_response(render_template("error.html", title=title, sentence=sentence))
    response.status_code = status
    if status in (429, 503):
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response
