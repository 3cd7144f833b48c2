"""Where businesses work: circles on the map, and how much of one lies in the other."""

import numpy as np

from matcher.engine.columns import Floats

UNKNOWN_SHARE = 0.5  # of our area that a business covers when we do not know where it is (prior: as good as not)
SAME_PLACE_KM = 1e-6  # centres nearer than this count as this far apart, so that nothing is divided by 0


def lens_km2(distance_km: Floats, one_km: Floats, other_km: Floats) -> Floats:
    """Area in km2 that two circles share, by the distance of their centres and their radii; NaN if unknown."""
    small, large = np.minimum(one_km, other_km), np.maximum(one_km, other_km)
    inside = distance_km <= large - small
    apart = distance_km >= large + small
    gap = np.where(inside | apart, 1.0, np.maximum(distance_km, SAME_PLACE_KM))
    near_one = np.clip((gap**2 + small**2 - large**2) / (2 * gap * small), -1, 1)
    near_other = np.clip((gap**2 + large**2 - small**2) / (2 * gap * large), -1, 1)
    kite = (small + large - gap) * (gap + small - large) * (gap - small + large) * (gap + small + large)
    lens = small**2 * np.arccos(near_one) + large**2 * np.arccos(near_other) - np.sqrt(np.maximum(kite, 0)) / 2
    return np.asarray(np.where(inside, np.pi * small**2, np.where(apart, 0.0, lens)))


def covered_share(shared_km2: Floats, radius_km: Floats, unknown: float = UNKNOWN_SHARE) -> Floats:
    """Share (0-1) of a circle that `shared_km2` of it is; `unknown` where that is NaN."""
    share = shared_km2 / (np.pi * radius_km**2)
    return np.asarray(np.where(np.isnan(share), unknown, np.minimum(share, 1.0)))
