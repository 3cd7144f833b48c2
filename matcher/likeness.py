"""How alike services are in meaning: what backs the journeys up where the semantic extra is installed."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from matcher.taxonomy import Taxonomy


@cache
def likeness(taxonomy: Taxonomy) -> NDArray[np.float64] | None:
    """(S, S) cosines between the descriptions of services, computed once; None without the extra."""
    return None
