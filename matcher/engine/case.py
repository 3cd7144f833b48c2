"""One pair as the sentences need it."""

from dataclasses import dataclass

from matcher.answers.partners import Side
from matcher.engine.flow import Shared
from matcher.engine.index import Index
from matcher.engine.pairs import Pairs
from matcher.engine.words import service_words

Told = tuple[Side, str, str]  # side, sentence, source


@dataclass(frozen=True, kw_only=True)
class Case:
    """One pair as the sentences need it."""

    index: Index
    pairs: Pairs  # of one row
    services: tuple[str, ...]  # codes, the likeliest first
    sent: tuple[Shared, ...]  # journeys that carry our clients to them
    received: tuple[Shared, ...]

    def figure(self, name: str) -> float:
        """One number of the pair."""
        return float(getattr(self.pairs, name)[0])

    def known(self, name: str) -> float:
        """One number of what the network knows of them."""
        return float(getattr(self.pairs.known, name)[0])

    def came_true(self, name: str) -> tuple[int, int]:
        """In how many of how many cases, the old ones counting less: "2 of 3"."""
        yes, no = getattr(self.pairs.known, name)[0]
        cases = max(1, round(yes + no))
        return min(cases, round(yes)), cases

    def what(self) -> str:
        """Their main service, in running text."""
        return service_words(self.index.flow.taxonomy, self.services[0])

    def ours(self) -> str:
        """Our main service, in running text."""
        services = self.pairs.home.home.services
        return service_words(self.index.flow.taxonomy, max(services, key=lambda code: services[code]))
