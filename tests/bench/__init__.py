"""Measurements on real data: `python -m tests.bench partners|compete|speed|industry|needs [--data FILE] [--json]`."""
