"""The demo: one command, a link, suggestions in a browser, and nothing left afterwards."""

import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, OpenerDirector, ProxyHandler, Request, build_opener

import pytest

from tests.commands import COMMAND, Terminal
from tests.webapp.visitors import TOKEN

LINK = re.compile(r"http://\S+/enter/\S+")


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    """A terminal in an empty folder."""
    return Terminal(tmp_path, "sqlite:///never_used.db")


@contextmanager
def running(terminal: Terminal, *, stopped_by: int) -> Iterator[tuple[subprocess.Popen[str], str, str]]:
    """A demo as it runs: its process, what it has printed, and its link; ends as it is told to."""
    pipe = subprocess.PIPE
    command = [*COMMAND, "demo"]
    with subprocess.Popen(
        command, cwd=terminal.folder, env=terminal.environment, stdout=pipe, stderr=pipe, text=True
    ) as process:
        try:
            assert process.stdout is not None
            said = ""
            for line in process.stdout:
                said += line
                if "Ctrl+C" in line:
                    break
            found = LINK.search(said)
            assert found, process.communicate()[1]
            yield process, said, found[0]
        finally:
            process.send_signal(stopped_by)
            process.communicate(timeout=30)


def browser() -> OpenerDirector:
    """A browser without script that keeps cookies and follows redirects."""
    return build_opener(ProxyHandler({}), HTTPCookieProcessor(CookieJar()))


def enter(visitor: OpenerDirector, link: str) -> tuple[str, str]:
    """Follow the link and press its button: the address and the page where one lands."""
    with visitor.open(link) as answer:
        token = TOKEN.search(answer.read().decode())
    assert token
    form = urlencode({"csrf_token": token[1]}).encode()
    with visitor.open(Request(link, form, {"Referer": link})) as answer:
        return answer.url, answer.read().decode()


def listening(process: int) -> set[str]:
    """The addresses on which a process listens, as Linux writes them (hexadecimal, last byte first)."""
    sockets = {
        link.readlink().name.removeprefix("socket:[").rstrip("]")
        for link in Path(f"/proc/{process}/fd").iterdir()
        if "socket:" in str(link.readlink())
    }
    tables = "".join(Path(f"/proc/{process}/net/{name}").read_text() for name in ("tcp", "tcp6"))
    lines = [line.split() for line in tables.splitlines()]
    return {line[1].partition(":")[0] for line in lines if line[3] == "0A" and line[9] in sockets}


def test_link_leads_to_the_answer(terminal: Terminal) -> None:
    """The printed link signs in with one button and lands on the answer; suggestions are those that were printed."""
    with running(terminal, stopped_by=signal.SIGTERM) as (_, said, link):
        visitor = browser()
        address, answer = enter(visitor, link)
        with visitor.open(f"http://{urlsplit(link).netloc}/suggestions") as page:
            shown = page.read().decode()
    assert urlsplit(address).path == "/"
    assert re.search(r"<h1>Your network fills \d+ of \d+ needs\.</h1>", answer)
    names = re.findall(r"^\d\. ([^&'’\n]+?)  ", said, re.MULTILINE)
    assert names
    assert all(name in shown for name in names)


def test_link_works_once(terminal: Terminal) -> None:
    """Whoever finds the link after it was used is not let in."""
    with running(terminal, stopped_by=signal.SIGTERM) as (_, _, link):
        stranger = browser()
        with stranger.open(link) as answer:  # opened, but the button is not pressed yet
            token = TOKEN.search(answer.read().decode())
        assert token
        enter(browser(), link)
        form = urlencode({"csrf_token": token[1]}).encode()
        with pytest.raises(HTTPError) as refused:
            stranger.open(Request(link, form, {"Referer": link}))
        assert refused.value.code == 403
        refused.value.close()
        with stranger.open(f"http://{urlsplit(link).netloc}/suggestions") as answer:
            assert urlsplit(answer.url).path == "/sign-in"


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="Only Linux tells who listens where.")
def test_listens_on_this_machine_only(terminal: Terminal) -> None:
    """Nobody from another machine can reach the demo."""
    with running(terminal, stopped_by=signal.SIGTERM) as (process, _, _):
        assert listening(process.pid) == {"0100007F"}


@pytest.mark.parametrize("stopped_by", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_nothing_is_left(terminal: Terminal, stopped_by: signal.Signals) -> None:
    """Stopped from the keyboard, from outside or by a closed window, the demo ends well and leaves no file."""
    with running(terminal, stopped_by=stopped_by) as (process, _, _):
        assert [path.name[:12] for path in terminal.folder.iterdir()] == ["switchboard-"]
    assert list(terminal.folder.iterdir()) == []
    assert process.returncode == 0


def test_two_at_once(terminal: Terminal) -> None:
    """A second demo beside the first finds a port of its own."""
    with (
        running(terminal, stopped_by=signal.SIGTERM) as (_, _, first),
        running(terminal, stopped_by=signal.SIGTERM) as (_, _, second),
    ):
        assert urlsplit(first).netloc != urlsplit(second).netloc
        assert urlsplit(enter(browser(), second)[0]).path == "/"
