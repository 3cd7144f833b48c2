"""Imported once, by the process that others are forked from: all that commands read from `data` is read already."""

import os
from datetime import date

os.environ["COLUMNS"] = "120"  # the width of a terminal, which is looked at when printing is imported

import matcher.cli  # noqa: F401
from matcher.engine.flow import flow_of
from matcher.knowledge.quick_add import read_line
from matcher.taxonomy import taxonomy

read_line("Ana, Tucson, needs a plumber", {}, date(2026, 1, 1))
flow_of(taxonomy())
