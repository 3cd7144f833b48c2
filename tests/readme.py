"""Plays the sessions of the README: `python -m tests.readme` writes what the commands print now into it."""

import os
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

TOP = Path(__file__).parents[1]
README = TOP / "README.md"
SESSION = re.compile(r"(?<=```console\n).*?(?=```)", re.DOTALL)


def played(text: str) -> str:
    """The text with every session's output as the commands print it, on a new database."""
    with TemporaryDirectory() as folder:
        surroundings = {
            **os.environ,
            "SWITCHBOARD_DATABASE": f"sqlite:///{folder}/switchboard.db",
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "COLUMNS": "110",
        }
        return SESSION.sub(lambda session: _play(session[0], surroundings), text)


def _play(session: str, surroundings: dict[str, str]) -> str:
    lines = []
    for command in re.findall(r"^\$ (.*)$", session, re.MULTILINE):
        done = subprocess.run(
            command, shell=True, cwd=TOP, env=surroundings, capture_output=True, text=True, check=True
        )
        lines += [f"$ {command}", *(line.rstrip() for line in done.stdout.splitlines())]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    README.write_text(played(README.read_text(encoding="utf-8")), encoding="utf-8")
