"""What one network knows of one business beyond the directory: the private side of a pair."""

from dataclasses import dataclass

Counts = tuple[float, float]  # how often it came true and how often not, old ones counting less
NONE_YET: Counts = (0.0, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a network knows of a business; the defaults are those of a stranger."""

    competes: bool | None = None  # the owner's own word
    competes_because: str = ""  # why, in the owner's words
    wants_to_grow: bool | None = None
    wanted_markets: tuple[str, ...] = ()  # whom they want to meet
    has_room: bool | None = None  # for more clients
    vouch_share: float | None = None  # how far we would vouch for each other, 0-1
    reputation_share: float | None = None  # how well people speak of them, 0-1
    asked_days: int | None = None  # since we last asked something of them
    accept: Counts = NONE_YET  # yes to a partnership or an introduction
    give: Counts = NONE_YET  # occasions on which they sent somebody, or did not
    close: Counts = NONE_YET  # people sent who became clients, or did not
    promise: Counts = NONE_YET  # promises kept, or not


STRANGER = Known()
