"""Fixtures that all tests share."""

from pathlib import Path

import pytest

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real files that tests measure on; they never ship with the product."""
    if not SHARED_DATA.is_dir():
        pytest.skip("Needs the folder ../shared/data beside the checkout; it does not ship with the product.")
    return SHARED_DATA
