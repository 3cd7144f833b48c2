"""A coach's kit: what it may hold, its one spelling and its hash. It holds a programme and nobody's name.

{"name": str, "steps": [{"week": int, "title": str, "minutes": int, "do": str, "words": str}],
 "scripts": {code: text}, "services": [{"code": str, "name": str, "group": str, "words": str, a line a phrase}],
 "brand_words": [str], "limits": {"names_offered": int, "open_introductions": int}, "goal": int, "days_locked": int}
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from matcher.answers.coached import KIT_NAME_CHARACTERS
from matcher.answers.introduced import OPEN_MOST
from matcher.coach_kit.scripts import check_gaps
from matcher.coach_kit.services import known_already
from matcher.errors import Invalid
from matcher.lines import few_lines, one_line
from matcher.names import fold
from matcher.taxonomy import data_folder, read_rows, taxonomy

STEPS_MOST = 300  # a year of weeks with several steps each
WEEK_MOST = 104
MINUTES_MOST = 240
LISTED_MOST = 200  # scripts, services or brand words
TITLE_CHARACTERS = 200
TEXT_CHARACTERS = 4_000
GOAL_MOST = 1_000  # people on a list
LOCKED_MOST_DAYS = 730
LIMITS = {"names_offered": (1, 5, 3), "open_introductions": (1, OPEN_MOST, 3)}  # lowest, highest, usual (priors)
GOAL, DAYS_LOCKED = 100, 180  # usual: a list of a hundred, and half a year without selling
CODE_CHARACTERS = 40
CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")
FINGERPRINT_DIGITS = 16  # 64 bits: nobody finds a second kit with the same by trying
Told = Mapping[str, Any]


def checked(told: object) -> dict[str, Any]:
    """The content of a kit in its one spelling, every field there; Invalid says in one sentence what cannot be."""
    given = _object("kit", told, ("name", *READERS))
    name = one_line("name", _string("name", given.get("name", "")), KIT_NAME_CHARACTERS)
    if not name:
        raise Invalid("name", "Please give the programme a name.")
    return {"name": name} | {part: read(given.get(part)) for part, read in READERS.items()}


def starting_kit(name: str) -> dict[str, Any]:
    """A kit to begin with: the weeks that we ship, and what is usual for the rest."""
    shipped = data_folder() / "taxonomy" / "programme.csv"
    rows = read_rows(shipped.name) if shipped.exists() else []
    told = ("title", "do", "words")
    numbers = ("week", "minutes")
    steps = [{n: int(row[n]) for n in numbers} | {part: str(row[part] or "") for part in told} for row in rows]
    return checked({"name": name, "steps": steps})


def canonical(content: Told) -> bytes:
    """The content as bytes, the same on every machine: JSON with sorted keys and no blanks, in UTF-8."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def content_hash(content: Told) -> str:
    """SHA-256 over the canonical bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(content)).hexdigest()


def fingerprint(whole: str) -> str:
    """The first 64 bits of a hash in groups that two people can read to each other."""
    digits = whole[:FINGERPRINT_DIGITS]
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def limit_of(content: Told, name: str) -> int:
    """A limit of a kit, within what is allowed today; the usual one where the kit says nothing."""
    low, high, usual = LIMITS[name]
    return max(low, min(high, int(content.get("limits", {}).get(name, usual))))


def texts(content: object, where: str = "") -> Iterator[tuple[str, str]]:
    """(where it stands, text) of everything that is written in a kit."""
    if isinstance(content, str):
        yield where, content
    elif isinstance(content, Mapping):
        for part, value in content.items():
            yield from texts(value, f"{where}.{part}".lstrip("."))
    elif isinstance(content, list | tuple):
        for number, value in enumerate(content):
            yield from texts(value, f"{where}.{number}")


def _steps(told: object) -> list[dict[str, Any]]:
    steps = [_step(f"steps.{number}", one) for number, one in enumerate(_list("steps", told, STEPS_MOST))]
    named = Counter((step["week"], step["title"]) for step in steps)
    if twice := next((title for title, many in named.items() if many > 1), None):
        raise Invalid("steps", f"Two steps of week {twice[0]} are called “{twice[1]}”; please give one another title.")
    return sorted(steps, key=lambda step: step["week"])


def _step(field: str, told: object) -> dict[str, Any]:
    given = _object(field, told, ("week", "title", "minutes", "do", "words"))
    return {
        "week": _whole(f"{field}.week", given.get("week"), 1, WEEK_MOST),
        "title": _line(f"{field}.title", given.get("title")),
        "minutes": _whole(f"{field}.minutes", given.get("minutes", 20), 0, MINUTES_MOST),
        "do": _lines(f"{field}.do", given.get("do")),
        "words": _lines(f"{field}.words", given.get("words", ""), needed=False),
    }


def _scripts(told: object) -> dict[str, str]:
    given = _object("scripts", {} if told is None else told)
    if len(given) > LISTED_MOST:
        raise Invalid("scripts", f"Please keep it to {LISTED_MOST} scripts.")
    return {_code("scripts", code): _script(f"scripts.{code}"[:80], code, text) for code, text in sorted(given.items())}


def _script(field: str, code: str, told: object) -> str:
    text = _lines(field, told)
    check_gaps(field, code, text)
    return text


def _services(told: object) -> list[dict[str, str]]:
    services = [_service(f"services.{number}", one) for number, one in enumerate(_list("services", told, LISTED_MOST))]
    codes = Counter(service["code"] for service in services)
    if twice := next((code for code, many in codes.items() if many > 1), None):
        raise Invalid("services", f"Two services have the code “{twice}”; please give one another.")
    return services


def _service(field: str, told: object) -> dict[str, str]:
    given = _object(field, told, ("code", "name", "group", "words"))
    code, name = _code(f"{field}.code", given.get("code")), _line(f"{field}.name", given.get("name"))
    if known_already(code, name):
        raise Invalid(f"{field}.name", f"“{name}” is a service that everybody has already; please take it out.")
    if given.get("group") not in taxonomy().groups:
        raise Invalid(f"{field}.group", "Please choose one of the groups that services have.")
    return {
        "code": code,
        "name": name,
        "group": given["group"],
        "words": _lines(f"{field}.words", given.get("words", ""), needed=False),
    }


def _brand_words(told: object) -> list[str]:
    words = [_line("brand_words", word) for word in _list("brand_words", told, LISTED_MOST)]
    return list(dict.fromkeys(words))


def _limits(told: object) -> dict[str, int]:
    given = _object("limits", {} if told is None else told, tuple(LIMITS))
    return {
        name: _whole(f"limits.{name}", given.get(name, usual), low, high) for name, (low, high, usual) in LIMITS.items()
    }


def _goal(told: object) -> int:
    return _whole("goal", GOAL if told is None else told, 1, GOAL_MOST)


def _days_locked(told: object) -> int:
    return _whole("days_locked", DAYS_LOCKED if told is None else told, 0, LOCKED_MOST_DAYS)


def code_of(name: str, taken: Collection[str]) -> str:
    """The code of what has a name; Invalid for a name without letters, or with the code of something else."""
    code = fold(name).replace(" ", "_")[:CODE_CHARACTERS].strip("_")
    if not CODE.fullmatch(code):
        raise Invalid("name", "Please write a name that begins with a letter from a to z.")
    if code in taken:
        raise Invalid("name", "There is one of this name already; please give it another.")
    return code


def _object(field: str, told: object, known: tuple[str, ...] = ()) -> Told:
    if not isinstance(told, Mapping):
        raise Invalid(field, f"“{field}” must be a group of fields in curly brackets.")
    strange = next((str(name) for name in told if known and name not in known), None)
    if strange is not None:
        strange = strange[:40].encode(errors="replace").decode()  # half a sign cannot be shown
        raise Invalid(field, f"“{strange}” is nothing that a kit holds here; please take it out.")
    return told


def _list(field: str, told: object, most: int) -> list[Any]:
    if told is None:
        return []
    if not isinstance(told, list | tuple):
        raise Invalid(field, f"“{field}” must be a list.")
    if len(told) > most:
        raise Invalid(field, f"Please keep “{field}” to {most} or fewer.")
    return list(told)


def _whole(field: str, told: object, low: int, high: int) -> int:
    if not isinstance(told, int) or isinstance(told, bool) or not low <= told <= high:
        raise Invalid(field, f"“{field}” must be a whole number from {low} to {high}.")
    return told


def _string(field: str, told: object) -> str:
    if not isinstance(told, str):
        raise Invalid(field, f"“{field}” must be text.")
    return told


def _line(field: str, told: object) -> str:
    line = one_line(field, _string(field, told), TITLE_CHARACTERS)
    if not line:
        raise Invalid(field, f"Please write something for “{field}”.")
    return line


def _lines(field: str, told: object, *, needed: bool = True) -> str:
    lines = few_lines(field, _string(field, told), TEXT_CHARACTERS)
    if needed and not lines:
        raise Invalid(field, f"Please write something for “{field}”.")
    return lines


def _code(field: str, told: object) -> str:
    code = _string(field, told)
    if not CODE.fullmatch(code):
        raise Invalid(field, f"A code in “{field}” may have small letters, digits and “_” only.")
    return code


READERS: Mapping[str, Callable[[object], Any]] = {
    "steps": _steps,
    "scripts": _scripts,
    "services": _services,
    "brand_words": _brand_words,
    "limits": _limits,
    "goal": _goal,
    "days_locked": _days_locked,
}
