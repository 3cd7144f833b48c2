"""Running the command `switchboard` in a process of its own, as somebody at a terminal would."""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

TOP = Path(__file__).resolve().parents[1]
COMMAND = (sys.executable, "-W", "error", "-c", "from matcher.cli import main; main()")


@dataclass(frozen=True)
class Terminal:
    """A folder with a new database in which commands are run."""

    folder: Path
    database: str

    @property
    def environment(self) -> dict[str, str]:
        """What commands find around them: this database, this source, a folder for temporary files."""
        own = {"SWITCHBOARD_DATABASE": self.database, "PYTHONPATH": str(TOP), "TMPDIR": str(self.folder)}
        return {**os.environ, **own, "PYTHONIOENCODING": "utf-8", "COLUMNS": "120"}

    def run(self, *words: object, typed: str = "") -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        command: Sequence[str] = [*COMMAND, *map(str, words)]
        return subprocess.run(
            command, cwd=self.folder, env=self.environment, input=typed, capture_output=True, text=True, check=False
        )

    def ok(self, *words: object) -> str:
        """What a command prints that has to succeed and to say nothing against it."""
        done = self.run(*words)
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        return done.stdout
