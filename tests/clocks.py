"""A clock that a test sets, read wherever the product asks for the time."""

import sys
from datetime import datetime

import pytest


def set_clock(monkeypatch: pytest.MonkeyPatch, iso: str) -> None:
    """Let it be this instant everywhere, such as "2026-03-01T22:00Z", until the test is over."""
    at = datetime.fromisoformat(iso)
    for name, module in list(sys.modules.items()):
        if name.startswith(("matcher", "webapp")) and getattr(module, "now_utc", None) is not None:
            monkeypatch.setattr(module, "now_utc", lambda: at)
