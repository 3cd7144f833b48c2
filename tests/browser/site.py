"""The real app on a real socket, for real browsers."""

import socket
from threading import Thread

from flask import Flask
from waitress.server import create_server

STOP_SECONDS = 30.0  # the longest wait for open requests


class Site:
    """An app served on this machine until `close`."""

    def __init__(self, app: Flask, listening: socket.socket) -> None:
        self.app = app
        self.url = address(listening)
        self._map: dict[int, object] = {}
        self._server = create_server(app, sockets=[listening], threads=4, map=self._map, ident=None)
        self._thread = Thread(target=self._server.run, name="site")
        self._thread.start()

    def close(self) -> None:
        """Answer what has been asked, then stop and leave nothing open."""
        self._server.task_dispatcher.shutdown()
        self._server.trigger.pull_trigger(self._close_all)  # in the server's own thread
        self._thread.join(STOP_SECONDS)
        assert not self._thread.is_alive()

    def _close_all(self) -> None:
        for channel in list(self._map.values()):
            channel.close()  # type: ignore[attr-defined]


def listen() -> socket.socket:
    """A socket on any free port of this machine."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    return listening


def address(listening: socket.socket) -> str:
    """The URL under which browsers reach it."""
    return f"http://127.0.0.1:{listening.getsockname()[1]}"
