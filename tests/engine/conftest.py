"""The shipped taxonomy and a made town, for all tests of the engine."""

import pytest

from matcher.answers.partners import Home
from matcher.engine.flow import Flow, flow_of
from matcher.engine.index import Index
from matcher.taxonomy import taxonomy
from tests.engine.made import columns_of, town


@pytest.fixture(scope="session")
def flow() -> Flow:
    """The flow of the shipped taxonomy."""
    return flow_of(taxonomy())


@pytest.fixture(scope="session")
def businesses(flow: Flow) -> list[Home]:
    """Six hundred businesses around one town; nobody may change them."""
    return town(flow.codes, 600)


@pytest.fixture
def index(flow: Flow, businesses: list[Home]) -> Index:
    """An index of the made town, fresh for each test."""
    return Index(flow, columns_of(businesses))
