"""Running the command `switchboard` in a process of its own, as somebody at a terminal would."""

import os
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.forks import FORKS

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
        command = list(map(str, words))
        with tempfile.TemporaryDirectory() as folder:
            streams = [Path(folder) / name for name in ("typed", "printed", "against")]
            streams[0].write_text(typed, encoding="utf-8")
            process = FORKS.Process(target=_run, args=(command, self.folder, self.environment, streams))
            process.start()
            process.join()
            printed, against = (stream.read_text(encoding="utf-8") for stream in streams[1:])
            return subprocess.CompletedProcess(command, process.exitcode or 0, printed, against)

    def ok(self, *words: object) -> str:
        """What a command prints that has to succeed and to say nothing against it."""
        done = self.run(*words)
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        return done.stdout


def _run(command: Sequence[str], folder: Path, environment: Mapping[str, str], streams: Sequence[Path]) -> None:
    """The command, in a folder, an environment and with streams of its own."""
    from matcher.cli import main

    for number, (stream, flags) in enumerate(zip(streams, (os.O_RDONLY, *2 * [os.O_WRONLY | os.O_CREAT]), strict=True)):
        os.dup2(os.open(stream, flags), number)
    sys.stdin, sys.stdout, sys.stderr = (
        open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115  (open as long as the process)
        for number, mode in enumerate("rww")
    )
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    tempfile.tempdir = None  # look at TMPDIR again
    sys.argv = ["switchboard", *command]
    warnings.resetwarnings()
    warnings.simplefilter("error")
    main()
