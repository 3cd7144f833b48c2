"""The shape of the code: who may import whom, how large things are, what they are called."""

import ast
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[1]
FILE_LINES, FUNCTION_LINES, POSITIONAL, NESTING = 400, 50, 5, 4
AVOIDED = {"lead", "record", "entity", "item", "manager", "handler", "helper", "util", "data"}
GIVEN = {"data_folder"}  # the folder `data` is called so
Function = ast.FunctionDef | ast.AsyncFunctionDef
BLOCKS = (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.Match, ast.AsyncFor, ast.AsyncWith)

# part of the program -> the parts that it may import; the first prefix that fits a module names its part
PARTS = {
    "matcher.cli": "door",
    "matcher.commands": "door",
    "webapp": "door",
    "matcher.network": "network",
    "matcher.chapters": "network",
    "matcher.visitors": "network",
    "matcher.introductions": "network",
    "matcher.lists": "network",
    "matcher.postman": "network",
    "matcher.live_index": "network",
    "matcher.known": "network",
    "matcher.kit": "network",
    "matcher.exchange": "exchange",
    "matcher.store": "store",
    "matcher.migrations": "migrations",
    "matcher.engine": "engine",
    "matcher.duplicates": "duplicates",
    "matcher.facts": "facts",
    "matcher.taxonomy": "knowledge",
    "matcher.knowledge": "knowledge",
    "matcher.readers": "knowledge",
    "matcher.coach_kit": "knowledge",
    "matcher.answers": "answers",
    "matcher.looking_back": "answers",
    "matcher.settings": "settings",
    "matcher": "floor",
}
FLOOR = {"floor"}
KNOWLEDGE = {"knowledge", "answers", *FLOOR}
MAY_IMPORT = {
    "floor": FLOOR,
    "answers": {"answers", *FLOOR},
    "settings": FLOOR,
    "knowledge": KNOWLEDGE,
    "facts": {"facts", *FLOOR},
    "migrations": {"migrations", "facts"},
    "engine": {"engine", *KNOWLEDGE},
    "duplicates": {"duplicates", "answers", *FLOOR},
    "exchange": {"exchange", *KNOWLEDGE},
    "store": {"store", "facts", *KNOWLEDGE},
    "network": {"network", "exchange", "store", "engine", "duplicates", "facts", *KNOWLEDGE},
}
SIGN_IN = ("webapp.identity", "webapp.sessions")  # what Flask-Security and Flask keep: accounts and sessions
COMMANDS = ("matcher.cli", "matcher.commands")
# library -> the modules that may import it, by prefix
HOMES = {
    "networkx": ("matcher.engine.graph",),
    "numba": ("matcher.engine.kernels",),
    "scipy": ("matcher.engine",),
    "sqlalchemy": ("matcher.facts", "matcher.store", "matcher.migrations", *SIGN_IN),
    "alembic": ("matcher.store", "matcher.migrations"),
    "flask": ("webapp",),
    "flask_login": ("webapp",),
    "flask_security": ("webapp",),
    "flask_wtf": ("webapp",),
    "flask_limiter": ("webapp",),
    "apiflask": ("webapp",),
    "waitress": ("webapp", "matcher.cli"),
    "qrcode": ("matcher.exchange.camera",),
    "icalendar": ("matcher.exchange",),
    "click": COMMANDS,
    "rich": COMMANDS,
    "typst": ("matcher.exchange.pdf",),
    "rapidfuzz": ("matcher.names", "matcher.duplicates"),
    "cryptography": ("matcher.keys",),
    "smtplib": ("matcher.exchange.smtp",),
    "onnxruntime": ("matcher.knowledge.embedding",),
    "tokenizers": ("matcher.knowledge.embedding",),
}
CLOCK = re.compile(r"\b(datetime\.now|datetime\.utcnow|date\.today|datetime\.today|time\.time|now_utc)\(")
READERS = ("commands", "visitors", "store", "cli")
CLOCK_READERS = ("webapp", *(f"matcher.{name}" for name in READERS))


@dataclass(frozen=True)
class Module:
    """One source file."""

    name: str
    path: Path

    @cached_property
    def text(self) -> str:
        """What is written in it."""
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax."""
        return ast.parse(self.text)

    @cached_property
    def functions(self) -> list[Function]:
        """All its functions and methods."""
        return [node for node in ast.walk(self.tree) if isinstance(node, Function)]

    def imports(self) -> Iterator[str]:
        """Full names of what it imports, wherever it does."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{self.name} imports relatively"
                for alias in node.names:
                    yield f"{node.module}.{alias.name}"


def modules_in(*folders: str) -> list[Module]:
    """All source files of some top folders."""
    found = []
    for path in sorted(chain.from_iterable((TOP / folder).rglob("*.py") for folder in folders)):
        parts = path.relative_to(TOP).with_suffix("").parts
        found.append(Module(".".join(parts[:-1] if parts[-1] == "__init__" else parts), path))
    return found


PRODUCT = modules_in("matcher", "webapp")
TESTS = modules_in("tests")
BY_NAME = {module.name: module for module in PRODUCT}


def inside(name: str, prefix: str) -> bool:
    """Whether a module is another, or stands in it."""
    return name == prefix or name.startswith(f"{prefix}.")


def part_of(name: str) -> str:
    """The part of the program that a module belongs to."""
    return next(part for prefix, part in PARTS.items() if inside(name, prefix))


def own_imports(module: Module) -> set[str]:
    """The modules of the product that a module imports."""
    found = set()
    for name in module.imports():
        target = name if name in BY_NAME else name.rpartition(".")[0]
        if target in BY_NAME and target != module.name:
            found.add(target)
    return found


def listed(findings: list[str]) -> None:
    """Fail with all findings, one a line."""
    assert not findings, "\n" + "\n".join(findings)


def test_arrows() -> None:
    """Each part of the program imports only the parts below it."""
    listed(
        [
            f"{module.name} imports {target}"
            for module in PRODUCT
            for target in own_imports(module)
            if part_of(module.name) != "door" and part_of(target) not in MAY_IMPORT[part_of(module.name)]
        ]
    )


def test_doors_do_not_reach_behind_the_network() -> None:
    """Doors ask the network; they do not know the engine behind it."""
    listed(
        [
            f"{module.name} imports {target}"
            for module in PRODUCT
            for target in own_imports(module)
            if part_of(module.name) == "door" and part_of(target) in ("engine", "duplicates", "migrations")
        ]
    )


def test_webapp_and_command_are_apart() -> None:
    """Nothing in the core but the command knows the web app."""
    listed(
        [
            f"{module.name} imports {target}"
            for module in PRODUCT
            for target in own_imports(module)
            if inside(target, "webapp") and not inside(module.name, "webapp") and module.name != "matcher.cli"
        ]
    )


def test_no_import_cycles() -> None:
    """No module comes to itself by following imports, also those inside functions."""
    arrows = {module.name: own_imports(module) for module in PRODUCT}
    while True:
        imported = {target for targets in arrows.values() for target in targets}
        left = {name: targets & arrows.keys() for name, targets in arrows.items() if name in imported}
        left = {name: targets for name, targets in left.items() if targets}
        if left == arrows:
            break
        arrows = left
    listed([f"{name} -> {sorted(targets)}" for name, targets in arrows.items()])


def test_each_library_has_its_home() -> None:
    """Each library with a home is imported there only."""
    listed(
        [
            f"{module.name} imports {name}"
            for module in PRODUCT
            for name in module.imports()
            for homes in [HOMES.get(name.split(".")[0])]
            if homes and not any(inside(module.name, home) for home in homes)
        ]
    )


def test_who_reads_the_clock() -> None:
    """Only the store, the visitors and the doors ask for the time; everybody else is told it."""
    listed(
        [
            f"{module.name}:{number}: {line.strip()}"
            for module in PRODUCT
            for number, line in enumerate(module.text.splitlines(), 1)
            if CLOCK.search(line) and not any(inside(module.name, reader) for reader in CLOCK_READERS)
            if not line.startswith("def now_utc") and module.name != "matcher.units"
        ]
    )


def test_one_place_takes_days_of_instants() -> None:
    """A day is the owner's own: only their clock says which day an instant is of; a day that is read has no zone."""
    reading = ("matcher.commands", "matcher.exchange.spreadsheet_child")  # what was typed, and what stands in a cell
    day = re.compile(r"\.date\(\)|\bdate\.(today|fromtimestamp)\b|_at\.isoformat\(\)\[:10\]")
    listed(
        [
            f"{module.name}:{number}: {line.strip()}"
            for module in PRODUCT
            if module.name != "matcher.store.clock" and not any(inside(module.name, one) for one in reading)
            for number, line in enumerate(module.text.splitlines(), 1)
            if day.search(line)
        ]
        + [f"{m.name} asks for UTC's day" for m in PRODUCT if "now_utc().date()" in m.text]
    )


def test_one_place_opens_connections() -> None:
    """Connections past the wall between networks are opened by the store, and to look at the database's health."""
    way_round = re.compile(r"engine\.(connect|begin|raw_connection)\(|\.(connection|get_bind|exec_driver_sql)\(")
    listed(
        [
            f"{module.path.relative_to(TOP)}:{number}: {line.strip()}"
            for module in PRODUCT
            if module.name not in ("matcher.store", "matcher.store.health")
            and not inside(module.name, "matcher.migrations")
            for number, line in enumerate(module.text.splitlines(), 1)
            if way_round.search(line)
        ]
    )


def test_sizes_of_files() -> None:
    """No file is longer than somebody reads in one go."""
    lengths = {module.path.relative_to(TOP): len(module.text.splitlines()) for module in PRODUCT + TESTS}
    listed([f"{path}: {lines} lines" for path, lines in lengths.items() if lines > FILE_LINES])


def depth(node: ast.AST) -> int:
    """How many blocks stand inside each other; an elif is no deeper than its if."""
    deepest = 0
    for field, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not isinstance(child, Function | ast.ClassDef):
                is_elif = isinstance(node, ast.If) and isinstance(child, ast.If) and field == "orelse"
                deepest = max(deepest, depth(child) + (isinstance(child, BLOCKS) and not is_elif))
    return deepest


def positional(function: Function) -> int:
    """How many parameters a caller may give by position; a test's are fixtures, given by name."""
    if function.name.startswith("test_"):
        return 0
    return len([a for a in function.args.posonlyargs + function.args.args if a.arg not in ("self", "cls")])


def test_sizes_of_functions() -> None:
    """No function is long, takes many positional parameters or nests deeply."""
    limits: dict[str, tuple[int, Callable[[Function], int]]] = {
        "lines": (FUNCTION_LINES, lambda f: (f.end_lineno or 0) - f.lineno + 1),
        "positional parameters": (POSITIONAL, positional),
        "blocks inside each other": (NESTING, depth),
    }
    listed(
        [
            f"{module.path.relative_to(TOP)}:{function.lineno} {function.name}: {size} {what}"
            for module in PRODUCT + TESTS
            for function in module.functions
            for what, (limit, measure) in limits.items()
            for size in [measure(function)]
            if size > limit and not (inside(module.name, "matcher.migrations.versions") and what == "lines")
        ]
    )


def public(body: list[ast.stmt]) -> Iterator[Function | ast.ClassDef]:
    """Functions, classes and their methods that others may use."""
    for node in body:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node.body)


def test_everything_public_says_what_for() -> None:
    """Everything public has a docstring whose first line is a whole sentence."""
    found = []
    for module in PRODUCT:
        for node in public(module.tree.body):
            first = (ast.get_docstring(node) or "").partition("\n")[0]
            if not first.endswith((".", ":", "?", "!")):
                found.append(f"{module.path.relative_to(TOP)}:{node.lineno} {node.name}: {first!r}")
    listed(found)


def test_every_test_says_what_for() -> None:
    """Every test has a docstring of one sentence that states a behaviour."""
    found = []
    for module in TESTS:
        for function in module.functions:
            said = " ".join((ast.get_docstring(function) or "").split())
            if function.name.startswith("test_") and not re.fullmatch(r"[^.]\S*( \S+)+\.", said):
                found.append(f"{module.path.relative_to(TOP)}:{function.lineno} {function.name}: {said!r}")
    listed(found)


def words(name: str) -> set[str]:
    """The words of a snake_case or CamelCase name, in the singular."""
    parts = re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)
    return {part.lower().removesuffix("s") for part in parts} | {part.lower() for part in parts}


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("UserManager", {"manager"}),
        ("data_of", {"data"}),
        ("metadata", set()),
        ("items", {"item"}),
        ("leads", {"lead"}),
    ],
)
def test_words(name: str, found: set[str]) -> None:
    """Names are split into words before they are judged, so that metadata is not data."""
    assert words(name) & AVOIDED == found


def test_vocabulary() -> None:
    """No module, class or function of the product has a name that could mean anything."""
    found = []
    for module in PRODUCT:
        named = [node for node in ast.walk(module.tree) if isinstance(node, Function | ast.ClassDef)]
        for name in {module.name.rpartition(".")[2], *(node.name for node in named)} - GIVEN:
            if words(name) & AVOIDED:
                found.append(f"{module.path.relative_to(TOP)}: {name}")
    listed(found)


@pytest.mark.parametrize(
    "command",
    [["mypy"], ["ruff", "check", "--quiet", "."], ["ruff", "format", "--check", "--quiet", "."]],
    ids=["mypy", "ruff", "ruff-format"],
)
def test_checkers_are_content(command: list[str]) -> None:
    """The type checker and the linter find nothing, and the formatter would change nothing."""
    done = subprocess.run([sys.executable, "-m", *command], cwd=TOP, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
