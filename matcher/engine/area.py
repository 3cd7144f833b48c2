"""Where businesses work: circles on the map, and how much of one lies in the other."""

import numpy as np

from matcher.engine.flow import Floats

UNKNOWN_SHARE = 0.5  # of our area that a business covers when we do not know where it is (prior: as good as not)


def lens_km2(distance_km: Floats, one_km: Floats, other_km: Floats) -> Floats:
    """Area in km2 that two circles share, by the distance of their centres and their radii."""
    small, large = np.minimum(one_km, other_km), np.maximum(one_km, other_km)
    inside = distance_km <= large - small
    apart = distance_km >= large + small
    gap = np.where(inside | apart, 1.0, distance_km)
    near_one = np.clip((gap**2 + small**2 - large**2) / (2 * gap * small), -1, 1)
    near_other = np.clip((gap**2 + large**2 - small**2) / (2 * gap * large), -1, 1)
    kite = (small + large - gap) * (gap + small - large) * (gap - small + large) * (gap + small + large)
    lens = small**2 * np.arccos(near_one) + large**2 * np.arccos(near_other) - np.sqrt(np.maximum(kite, 0)) / 2
    return np.asarray(np.where(inside, np.pi * small**2, np.where(apart, 0.0, lens)))


def covered_share(distance_km: Floats, area_km: Floats, by_km: Floats) -> Floats:
    """Share (0-1) of a circle of radius `area_km` that one of radius `by_km` covers; NaN distance: unknown place."""
    known = np.nan_to_num(distance_km, nan=0.0)
    share = lens_km2(known, area_km, by_km) / (np.pi * area_km**2)
    return np.asarray(np.where(np.isnan(distance_km), UNKNOWN_SHARE, np.clip(share, 0, 1)))
