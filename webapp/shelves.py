"""All services on the shelves of their groups, for a form."""

from matcher.taxonomy import taxonomy

Shelves = list[tuple[str, list[tuple[str, str]]]]  # group, then code and name of each of its services


def service_shelves() -> Shelves:
    """All services by group and name."""
    known = taxonomy()
    by_name = sorted(known.services.values(), key=lambda service: service.name)
    return [(name, [(s.code, s.name) for s in by_name if s.group == code]) for code, name in known.groups.items()]
