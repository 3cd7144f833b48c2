"""Measurements on real data: `python -m tests.bench partners|compete|speed [--data FILE] [--json]`."""
