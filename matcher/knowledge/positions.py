"""Which service somebody's position names, such as “Senior Roofer at Adobe”: something to ask, never to assume."""

import re
from functools import lru_cache

from matcher.names import fold
from matcher.taxonomy import taxonomy

REMEMBERED = 10_000  # positions kept with their service (2 MB at most)
PARTS_MOST = 6  # of one position: “Owner | Broker | Coach”
WORDS_MOST = 8  # of a part; the longest synonyms have as many
AT = re.compile(r"\s+(?:at|for|with|of|@|bei|chez|en|presso|bij)\s+|\s[-–—]\s|[,;|/•·&+()]|\band\b", re.IGNORECASE)
RANKS = frozenset(
    re.findall(
        r"\w+",
        "senior junior sr jr lead head chief principal associate assistant licensed certified registered owner founder "
        "cofounder co president vice director partner managing freelance independent self employed master local your "
        "trusted experienced professional retired former",
    )
)


@lru_cache(maxsize=REMEMBERED)
def service_of_position(position: str) -> str:
    """The code of the first service that a part of a position names; empty when none does.

    Only names and synonyms of the taxonomy count, with or without ranks before them ("senior", "licensed"), and the
    last two words or more of a longer one ("residential real estate agent").
    """
    for part in AT.split(position)[:PARTS_MOST]:
        words = fold(part).split()[:WORDS_MOST]
        bare = [word for word in words if word not in RANKS]
        for some in (words, bare, *(bare[start:] for start in range(1, len(bare) - 1))):
            if some and (service := taxonomy().named(" ".join(some))):
                return service
    return ""
