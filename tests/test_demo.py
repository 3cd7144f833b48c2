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


@contextmanager
def running(folder: Path, *, stopped_by: int) -> Iterator[tuple[subprocess.Popen[str], str, str]]:
    """A demo as it runs in an empty folder: its process, what it has printed, and its link.

    It ends as it is told to, well, and leaves no file.
    """
    folder.mkdir()
    complaints = ""
    terminal, pipe = Terminal(folder, "sqlite:///never_used.db"), subprocess.PIPE
    command = [*COMMAND, "demo"]
    with subprocess.Popen(
        command, cwd=folder, env=terminal.environment, stdout=pipe, stderr=pipe, text=True
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
            assert [path.name[:12] for path in folder.iterdir()] == ["switchboard-"]
            yield process, said, found[0]
        finally:
            process.send_signal(stopped_by)
            _, complaints = process.communicate(timeout=30)
    assert list(folder.iterdir()) == []
    assert process.returncode == 0, complaints


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


def test_link_leads_to_the_answer_once(tmp_path: Path) -> None:
    """The printed link signs in with one button and lands on the answer with the printed suggestions, only once."""
    with running(tmp_path / "demo", stopped_by=signal.SIGTERM) as (_, said, link):
        stranger, visitor = browser(), browser()
        with stranger.open(link) as answer:  # opened, but the button is not pressed yet
            token = TOKEN.search(answer.read().decode())
        assert token
        address, landed = enter(visitor, link)
        with visitor.open(f"http://{urlsplit(link).netloc}/suggestions") as page:
            shown = page.read().decode()
        form = urlencode({"csrf_token": token[1]}).encode()
        with pytest.raises(HTTPError) as refused:
            stranger.open(Request(link, form, {"Referer": link}))
        assert refused.value.code == 403
        refused.value.close()
        with stranger.open(f"http://{urlsplit(link).netloc}/suggestions") as answer:
            assert urlsplit(answer.url).path == "/sign-in"
    assert urlsplit(address).path == "/"
    assert re.search(r"<h1>Your network fills \d+ of \d+ needs\.</h1>", landed)
    names = re.findall(r"^\d\. ([^&'’\n]+?)  ", said, re.MULTILINE)
    assert names
    assert all(name in shown for name in names)


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="Only Linux tells who listens where.")
def test_two_at_once(tmp_path: Path) -> None:
    """A second demo beside the first finds a port of its own; nobody from another machine can reach either."""
    with (
        running(tmp_path / "one", stopped_by=signal.SIGINT) as (one, _, first),
        running(tmp_path / "other", stopped_by=signal.SIGHUP) as (other, _, second),
    ):
        assert urlsplit(first).netloc != urlsplit(second).netloc
        assert listening(one.pid) == listening(other.pid) == {"0100007F"}
        assert urlsplit(enter(browser(), second)[0]).path == "/"
