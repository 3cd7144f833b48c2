"""What changed from one version of a kit to the next, in words that an agent can decide on."""

from collections.abc import Iterator, Mapping
from typing import Any

from matcher.answers.coached import KitChange
from matcher.coach_kit.content import limit_of
from matcher.coach_kit.scripts import title
from matcher.taxonomy import taxonomy

NAMED = {"name": "The name", "goal": "People on the list", "days_locked": "Days without selling"}
LIMITS = {"names_offered": "Names offered for a need", "open_introductions": "Introductions open at a time"}
NOTHING_SET: Mapping[str, int | None] = dict.fromkeys(LIMITS)
Told = Mapping[str, Any]


def changes(before: Told, after: Told, own: Mapping[str, int | None] = NOTHING_SET) -> tuple[KitChange, ...]:
    """What is new, different or gone in `after`: steps by week first, then the rest; `own` limits stay as they are."""
    found = [*_steps(before.get("steps", ()), after.get("steps", ()))]
    for key, name in NAMED.items():
        found += _one(name, before.get(key), after.get(key))
    found += limit_changes(before, after, own)
    found += _scripts(before.get("scripts", {}), after.get("scripts", {}))
    found += _services(before, after)
    found += _one("Words of a brand", ", ".join(before.get("brand_words", ())), ", ".join(after.get("brand_words", ())))
    return tuple(found)


def limit_changes(before: Told, after: Told, own: Mapping[str, int | None] = NOTHING_SET) -> Iterator[KitChange]:
    """What becomes of the settings of whoever takes `after`; what they set themselves is kept."""
    for key, name in LIMITS.items():
        old, new, set_by_owner = limit_of(before, key), limit_of(after, key), own[key]
        if old != new and set_by_owner is None:
            yield KitChange(how="different", what=name, before=str(old), after=str(new))
        elif old != new:
            yield KitChange(how="kept", what=name, before=str(new), after=str(set_by_owner))


def _steps(before: Any, after: Any) -> Iterator[KitChange]:
    """Steps of a week with the same title are the same; of the others, the first is held against the first."""
    weeks = sorted({step["week"] for step in (*before, *after)})
    for week in weeks:
        old = {step["title"]: step for step in before if step["week"] == week}
        new = {step["title"]: step for step in after if step["week"] == week}
        pairs = [(old[title], new[title]) for title in old.keys() & new.keys()]
        left = [old[title] for title in old if title not in new], [new[title] for title in new if title not in old]
        pairs += list(zip(*left, strict=False))
        both = min(map(len, left))
        for one, other in sorted(pairs, key=lambda pair: str(pair[1]["title"])):
            yield from _one(_heading(other), _said(one), _said(other))
        yield from (KitChange(how="gone", what=_heading(s), before=_said(s), after="") for s in left[0][both:])
        yield from (KitChange(how="new", what=_heading(s), before="", after=_said(s)) for s in left[1][both:])


def _heading(step: Told) -> str:
    return f"Week {step['week']}: {step['title']}"


def _said(step: Told) -> str:
    """A step in full, its title with it, as that may be what changed."""
    words = f"\n“{step['words']}”" if step["words"] else ""
    return f"{step['title']} ({step['minutes']} minutes)\n{step['do']}{words}"


def _one(what: str, before: object, after: object) -> Iterator[KitChange]:
    old, new = ("" if one is None else str(one) for one in (before, after))
    if old != new:
        yield KitChange(how="different" if old and new else "new" if new else "gone", what=what, before=old, after=new)


def _scripts(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[KitChange]:
    for code in sorted(before.keys() | after.keys()):
        yield from _one(f"Script “{title(code)}”", before.get(code), after.get(code))


def _services(before: Told, after: Told) -> Iterator[KitChange]:
    old, new = ({one["code"]: one for one in content.get("services", ())} for content in (before, after))
    for code in sorted(old.keys() | new.keys()):
        name = (new.get(code) or old[code])["name"]
        yield from _one(f"Service “{name}”", _of_service(old.get(code)), _of_service(new.get(code)))


def _of_service(service: Told | None) -> str:
    """A service in full, as all of it may be what changed; "" for none."""
    if service is None:
        return ""
    group = taxonomy().groups.get(service["group"], service["group"])
    return f"{service['name']} ({group})\n{service['words']}".strip()
