"""What the README promises is there, and what is there is in the README."""

import re
import secrets
from dataclasses import fields
from pathlib import Path

import click
import pytest

from matcher.cli import switchboard
from matcher.engine.odds import ODDS
from matcher.engine.value import FEATURES
from matcher.knowledge.embedding import available
from matcher.network import Network
from matcher.settings import Settings
from tests.readme import README, played
from webapp import create_app

TEXT = README.read_text(encoding="utf-8")


def in_code(words: str) -> set[str]:
    """Everything that a section of the README shows as code."""
    section = re.search(rf"^## {words}$(.*?)(?=^## |\Z)", TEXT, re.MULTILINE | re.DOTALL)
    assert section is not None, f"The README has no section “{words}”."
    return set(re.findall(r"`([^`\n]+)`", section[1]))


@pytest.mark.skipif(not available(), reason="the sessions are shown with the extra `semantic`")
def test_sessions_print_what_is_shown() -> None:
    """Every command of the README runs and prints what the README shows."""
    assert played(TEXT) == TEXT


def test_every_setting_is_explained() -> None:
    """The README names each setting and no others."""
    settings = {f"SWITCHBOARD_{field.name.upper()}" for field in fields(Settings)}
    assert {text for text in in_code("Settings") if text.startswith("SWITCHBOARD_")} == settings


def test_every_command_is_explained() -> None:
    """The README names each command and no others."""
    assert {text for text in in_code("Commands") if not text.startswith("-")} == set(switchboard.commands)


def test_every_command_and_option_has_a_help_text() -> None:
    """`--help` leaves no option without words."""
    for command in switchboard.commands.values():
        assert command.help
        for option in command.params:
            assert not isinstance(option, click.Option) or option.help, f"{command.name} {option.name}"


def test_every_operation_of_the_api_is_explained(tmp_path: Path) -> None:
    """The README names each method and path of the API and no others."""
    app = create_app(
        Settings(database=f"sqlite:///{tmp_path}/s.db", secret_key=secrets.token_hex(32), base_url="http://localhost")
    )
    app.extensions["switchboard"].engine.dispose()
    operations = {
        f"{method} {re.sub('<(?:int:)?(.*?)>', '{id}', rule.rule.removeprefix('/api/1'))}"
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/1")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert in_code("JSON API") - {"/api/1"} == operations


def test_every_feature_is_explained_by_its_docstring() -> None:
    """The README lists each factor of the score, and of a yes, in the words of its docstring."""
    told = {**{f.name: f.factors for f in FEATURES}, **{term.name: term.values for term in ODDS}}
    for name, function in told.items():
        assert function.__doc__ is not None
        assert function.__doc__.strip() in TEXT, name


@pytest.mark.parametrize("path", re.findall(r"\]\(([^)#:]+)\)", TEXT))
def test_links_lead_somewhere(path: str) -> None:
    """Every file that the README links to is there."""
    assert (Path(README).parent / path).exists()


def test_every_act_of_a_network_has_a_docstring() -> None:
    """Doors are written against `Network`; each of its methods says what for."""
    assert all(
        method.__doc__ for name, method in vars(Network).items() if not name.startswith("_") and callable(method)
    )
