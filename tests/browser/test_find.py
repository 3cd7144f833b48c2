"""Finding a browser for the tests."""

from pathlib import Path

import pytest

from tests.browser import find


def test_the_named_one_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """The browser that the environment names is taken before any other."""
    monkeypatch.setenv("CHROMIUM", "/somewhere/chromium")
    assert find.named() == Path("/somewhere/chromium")
    monkeypatch.delenv("CHROMIUM")
    assert find.named() is None


def test_then_the_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without a name, the first browser on the PATH is taken."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find.on_path() is None
    program = tmp_path / "chromium-browser"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    assert find.on_path() == program


def test_then_the_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A browser that was fetched before is taken from the cache: ours first, then Playwright's."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv("PLAYWRIGHT_BROWSERS_PATH", raising=False)
    assert find.cached() is None
    for path in ("ms-playwright/chromium-1200/chrome-linux/chrome", "switchboard/browser/chromium"):
        program = tmp_path / path
        program.parent.mkdir(parents=True)
        program.touch(0o755)
        assert find.cached() == program


def test_a_broken_one_is_not_taken(tmp_path: Path) -> None:
    """A program that does not open a page is not a browser."""
    assert not find.starts(tmp_path / "missing")
    program = tmp_path / "chromium"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    assert not find.starts(program)
