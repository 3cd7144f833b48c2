"""What the operator decides."""

import pytest

from matcher.errors import Invalid
from matcher.settings import Settings

GOOD = {
    "SWITCHBOARD_SECRET_KEY": "3f9c1be07a64d258b1c6e90f47ad3852",
    "SWITCHBOARD_BASE_URL": "https://partners.example.org/",
    "SWITCHBOARD_TRUSTED_PROXIES": "1",
}


def test_environment_is_read() -> None:
    """All settings come from the environment, with defaults where there is a safe one."""
    found = Settings.from_environment(GOOD | {"SWITCHBOARD_SESSION_DAYS": "3"})
    assert (found.base_url, found.host, found.secure) == ("https://partners.example.org", "partners.example.org", True)
    assert (found.trusted_proxies, found.session_days, found.upload_mb) == (1, 3, 50)
    assert found.database == "sqlite:///switchboard.db"


@pytest.mark.parametrize("name", GOOD)
def test_required_setting_is_named(name: str) -> None:
    """A required setting that is missing is named in the one sentence that says so."""
    with pytest.raises(Invalid, match=name):
        Settings.from_environment({key: value for key, value in GOOD.items() if key != name})


@pytest.mark.parametrize(
    "secret",
    ["short", "change-me-" * 4, "secret" + "8f3k" * 10, "a" * 64, "your-secret-key-here-0123456789ab", "x7" * 20],
)
def test_sample_secret_refuses_to_start(secret: str) -> None:
    """A short, repeated or sample secret is refused with the command that makes a good one."""
    with pytest.raises(Invalid, match="token_hex"):
        Settings.from_environment(GOOD | {"SWITCHBOARD_SECRET_KEY": secret})


@pytest.mark.parametrize(
    "url", ["partners.example.org", "ftp://x.org", "https://", "https://a.org/path", "https://u@a.org"]
)
def test_base_url_is_checked(url: str) -> None:
    """The base URL is an http address without a path."""
    with pytest.raises(Invalid, match="BASE_URL"):
        Settings.from_environment(GOOD | {"SWITCHBOARD_BASE_URL": url})


@pytest.mark.parametrize("number", ["-1", "many", "1.5", "9999999"])
def test_numbers_are_checked(number: str) -> None:
    """A number out of its range is refused by name."""
    with pytest.raises(Invalid, match="UPLOAD_MB"):
        Settings.from_environment(GOOD | {"SWITCHBOARD_UPLOAD_MB": number})


def test_every_setting_is_documented() -> None:
    """Each field of the settings stands in their documentation with its variable."""
    for name in Settings.__dataclass_fields__:
        assert f"`{name}`: SWITCHBOARD_{name.upper()}," in str(Settings.__doc__)
