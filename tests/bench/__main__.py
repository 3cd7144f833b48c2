"""Run one measurement and print it as a table, or as JSON."""

import argparse
import json
from pathlib import Path

from tests.bench import (
    api,
    compete,
    coverage,
    duplicates,
    imports,
    industry,
    introductions,
    learning,
    mail,
    needs,
    partners,
    speed,
)
from tests.bench.tables import Report

BENCHES = {
    "partners": partners.measure,
    "compete": compete.measure,
    "speed": speed.measure,
    "industry": industry.measure,
    "needs": needs.measure,
    "learning": learning.measure,
    "coverage": coverage.measure,
    "introductions": introductions.measure,
    "introductions-mutants": introductions.measure_mutants,
    "imports": imports.measure,
    "mail": mail.measure,
    "duplicates": duplicates.measure,
    "api": api.measure,
}


def main() -> None:
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("bench", choices=BENCHES)
    parser.add_argument("--data", type=Path, help="a file of the same columns as the one measured by default")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    chosen = parser.parse_args()
    try:
        report: Report = BENCHES[chosen.bench](chosen.data)
    except FileNotFoundError as missing:
        parser.exit(1, f"There is no file {missing.filename}; name one with --data.\n")
    except KeyError as missing:
        parser.exit(1, f"The file has no column {missing}; it needs the columns of the default file.\n")
    print(json.dumps(report.as_json(), ensure_ascii=False, indent=1) if chosen.json else report.as_text())


main()
