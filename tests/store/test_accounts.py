"""Accounts, memberships and sign-in links."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from matcher.errors import Conflict, Invalid, NotFound
from matcher.store import Store
from matcher.store.accounts import Accounts, clean_email
from matcher.units import now_utc

NOW = now_utc()


@pytest.fixture
def accounts(store: Store) -> Accounts:
    """Accounts of a fresh database, on both engines."""
    return Accounts(store)


def test_address_is_one_account(accounts: Accounts) -> None:
    """However it is spelt, an address has one account."""
    number = accounts.create_account(" Ana@Example.com", now=NOW)
    assert accounts.find_account("ana@EXAMPLE.com") == number
    with pytest.raises(Conflict):
        accounts.create_account("ana@example.com", now=NOW)
    assert accounts.find_account("bob@example.com") is None


@pytest.mark.parametrize(
    "text", ["", "ana", "ana@", "ana@example", "a b@example.com", "ana@example.com\r\nBcc: x@y.org"]
)
def test_what_is_no_address_is_refused(text: str) -> None:
    """Something else than an e-mail address gets one sentence."""
    with pytest.raises(Invalid, match="e-mail"):
        clean_email(text)


def test_memberships_come_oldest_first(accounts: Accounts) -> None:
    """An account finds all its networks, the oldest first, and never another's."""
    ana, bob = accounts.create_account("ana@example.com", now=NOW), accounts.create_account("bob@example.com", now=NOW)
    own = accounts.create_network("Own", ana, now=NOW)
    other = accounts.create_network("Other", bob, now=NOW)
    accounts.add_member(other, ana, "member", now=NOW + timedelta(days=1))
    assert [(m.network_id, m.role) for m in accounts.memberships(ana)] == [(own, "owner"), (other, "member")]
    assert [m.network_id for m in accounts.memberships(bob)] == [other]
    with pytest.raises(Conflict):
        accounts.add_member(other, ana, "coach", now=NOW)


def test_last_owner_stays(accounts: Accounts) -> None:
    """A network always has an owner: the last cannot be taken out, one of two can."""
    ana, bob = accounts.create_account("ana@example.com", now=NOW), accounts.create_account("bob@example.com", now=NOW)
    network = accounts.create_network("Own", ana, now=NOW)
    with pytest.raises(Conflict, match="last owner"):
        accounts.remove_member(network, ana)
    accounts.add_member(network, bob, "owner", now=NOW)
    accounts.remove_member(network, ana)
    assert accounts.memberships(ana) == []
    with pytest.raises(NotFound):
        accounts.remove_member(network, ana)


def test_removal_kills_links(accounts: Accounts) -> None:
    """A sign-in link that was not used yet dies with the membership."""
    ana, bob = accounts.create_account("ana@example.com", now=NOW), accounts.create_account("bob@example.com", now=NOW)
    network = accounts.create_network("Own", ana, now=NOW)
    accounts.add_member(network, bob, "member", now=NOW)
    token = accounts.issue_link(bob, now=NOW)
    accounts.remove_member(network, bob)
    assert accounts.use_link(token, now=NOW) is None


def test_link_works_once_and_in_time(accounts: Accounts) -> None:
    """A link works once, until it expires, and says for whom."""
    ana = accounts.create_account("ana@example.com", now=NOW)
    token, late = accounts.issue_link(ana, now=NOW), accounts.issue_link(ana, now=NOW, minutes=5)
    assert accounts.use_link(late, now=NOW + timedelta(minutes=6)) is None
    assert accounts.use_link(token, now=NOW + timedelta(minutes=6)) == ana
    assert accounts.use_link(token, now=NOW + timedelta(minutes=6)) is None
    assert accounts.use_link(token + "x", now=NOW) is None


@pytest.mark.parametrize("table", ["account", "network", "membership", "sign_in_link"])
def test_invitation_is_all_or_nothing(accounts: Accounts, table: str) -> None:
    """An invitation that ends in the middle leaves no account, so that the next one gives a network as well."""

    def stop(*told: Any) -> None:
        if told[2].startswith(f"INSERT INTO {table} "):
            raise KeyboardInterrupt

    event.listen(accounts.store.engine, "before_cursor_execute", stop)
    with pytest.raises(KeyboardInterrupt):
        accounts.invite("ana@example.com", "Own", now=NOW)
    event.remove(accounts.store.engine, "before_cursor_execute", stop)
    assert accounts.find_account("ana@example.com") is None
    number = accounts.use_link(accounts.invite("ana@example.com", "Own", now=NOW), now=NOW)
    assert number is not None
    assert [m.role for m in accounts.memberships(number)] == ["owner"]
