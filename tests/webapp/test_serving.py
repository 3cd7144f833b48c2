"""What reaches the app through the real server."""

import http.client
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import pytest
from flask import Flask, request

from tests.webapp.conftest import MakeSettings
from webapp import create_app
from webapp.serving import LOOPBACK, ROUND_BYTES, prepare

FORWARDED = {"Host": "switchboard.test", "X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https"}


@contextmanager
def served(app: Flask) -> Iterator[http.client.HTTPConnection]:
    """A connection to the app behind a real socket."""
    server = prepare(app, host=LOOPBACK, port=0)
    thread = Thread(target=server.run)
    thread.start()
    connection = http.client.HTTPConnection(LOOPBACK, server.effective_port, timeout=20)
    try:
        yield connection
    finally:
        connection.close()
        server.trigger.pull_trigger(server.close)  # in the server's own thread
        thread.join()
        server.task_dispatcher.shutdown()
        app.extensions["switchboard"].engine.dispose()


@pytest.mark.parametrize(("proxies", "seen"), [(0, "127.0.0.1 http"), (1, "203.0.113.9 https")])
def test_proxy_is_believed_when_trusted(make_settings: MakeSettings, proxies: int, seen: str) -> None:
    """The visitor's address and scheme come from the proxy when one is trusted, and from the socket when none is."""
    app = create_app(make_settings(trusted_proxies=proxies))
    app.before_request_funcs[None].insert(0, lambda: f"{request.remote_addr} {request.scheme}")
    with served(app) as connection:
        connection.request("GET", "/", headers=FORWARDED | {"Connection": "close"})
        assert connection.getresponse().read().decode() == seen


def test_body_is_refused_before_it_is_sent(make_settings: MakeSettings) -> None:
    """A body as large as the largest file and a megabyte is refused unread; a smaller one reaches the app."""
    app = create_app(make_settings(upload_mb=1))
    app.before_request_funcs[None].insert(0, lambda: "reached")
    with served(app) as connection:
        for size, status in ((1_000_000 + ROUND_BYTES - 1, 200), (1_000_000 + ROUND_BYTES, 413)):
            body = b"x" * size if status == 200 else b""
            headers = {"Host": "switchboard.test", "Connection": "close", "Content-Length": str(size)}
            connection.request("POST", "/", body=body, headers=headers)
            assert connection.getresponse().status == status
            connection.close()
