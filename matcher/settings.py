"""What the operator decides, read once from the environment; a sample value refuses to start."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from matcher.errors import Invalid

BASE_URL = "http://127.0.0.1:8320"  # where `serve` listens unless told otherwise
DATABASE = "sqlite:///switchboard.db"  # in the folder where the command is run
MOST_UPLOAD_MB = 50  # more is refused when a file is read: seven times the largest real licence list
SECRET_KEY_CHARACTERS = 32  # 128 bits and more in any usual spelling
SAMPLE_WORDS = ("change", "secret", "example", "sample", "password", "default", "your", "xxxx", "0123456789")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that differs between two installations. Each field names its variable.

    - `database`: SWITCHBOARD_DATABASE, a URL (`sqlite:///file.db`, `postgresql://...`); default
      `sqlite:///switchboard.db`.
    - `secret_key`: SWITCHBOARD_SECRET_KEY, required: at least 32 random characters; signs forms and encrypts
      two-factor secrets.
    - `base_url`: SWITCHBOARD_BASE_URL, required: where people reach it, such as `https://partners.example.org`;
      any other host is answered 400, and links are built from it alone.
    - `trusted_proxies`: SWITCHBOARD_TRUSTED_PROXIES, required: how many proxies in front pass on the visitor's
      address; 0 for none.
    - `session_days`: SWITCHBOARD_SESSION_DAYS, days until somebody has to sign in again; default 14.
    - `upload_mb`: SWITCHBOARD_UPLOAD_MB, largest file that can be imported, in 10^6 bytes; at most 50, the default.
    - `sign_in_tries`: SWITCHBOARD_SIGN_IN_TRIES, tries in 5 minutes for one account, and for one address; default 10.
    """

    database: str = DATABASE
    secret_key: str
    base_url: str
    trusted_proxies: int = 0
    session_days: int = 14
    upload_mb: int = MOST_UPLOAD_MB
    sign_in_tries: int = 10

    def __post_init__(self) -> None:
        _check_secret(self.secret_key)
        _check_base_url(self.base_url)

    @property
    def secure(self) -> bool:
        """Whether people reach it under https."""
        return self.base_url.startswith("https://")

    @property
    def host(self) -> str:
        """The only host name that is answered."""
        return urlsplit(self.base_url).hostname or ""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Settings":
        """Read all settings; Invalid names the first variable that is missing or cannot be used."""
        return cls(
            database=database_from(environment),
            secret_key=_required(environment, "SECRET_KEY"),
            base_url=_required(environment, "BASE_URL").rstrip("/"),
            trusted_proxies=_number("TRUSTED_PROXIES", _required(environment, "TRUSTED_PROXIES"), 0, 10),
            session_days=_number("SESSION_DAYS", environment.get("SWITCHBOARD_SESSION_DAYS", "14"), 1, 365),
            upload_mb=_number("UPLOAD_MB", environment.get("SWITCHBOARD_UPLOAD_MB", "50"), 1, MOST_UPLOAD_MB),
            sign_in_tries=_number("SIGN_IN_TRIES", environment.get("SWITCHBOARD_SIGN_IN_TRIES", "10"), 1, 1000),
        )


def database_from(environment: Mapping[str, str] = os.environ) -> str:
    """The database's URL, which is all that commands without web pages need."""
    return environment.get("SWITCHBOARD_DATABASE", DATABASE)


def secret_from(environment: Mapping[str, str] = os.environ) -> str:
    """The operator's secret, which commands about mail need as well; "" where there is none, Invalid for a sample."""
    secret = environment.get("SWITCHBOARD_SECRET_KEY", "").strip()
    if secret:
        _check_secret(secret)
    return secret


def _required(environment: Mapping[str, str], name: str) -> str:
    value = environment.get(f"SWITCHBOARD_{name}", "").strip()
    if not value:
        raise Invalid(name, f"Please set SWITCHBOARD_{name}; `switchboard serve --help` says to what.")
    return value


def _number(name: str, text: str, low: int, high: int) -> int:
    if not text.isascii() or not text.isdigit() or not low <= int(text) <= high:
        raise Invalid(name, f"SWITCHBOARD_{name} must be a whole number from {low} to {high}.")
    return int(text)


def _check_secret(secret: str) -> None:
    sample = any(word in secret.lower() for word in SAMPLE_WORDS) or len(set(secret)) < 10
    if len(secret) < SECRET_KEY_CHARACTERS or sample:
        raise Invalid(
            "SECRET_KEY",
            f"SWITCHBOARD_SECRET_KEY must be at least {SECRET_KEY_CHARACTERS} random characters, not a sample; "
            'make one with: python3 -c "import secrets; print(secrets.token_hex(32))"',
        )


def _check_base_url(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query or "@" in parts.netloc:
        raise Invalid("BASE_URL", "SWITCHBOARD_BASE_URL must be like https://partners.example.org, without a path.")
