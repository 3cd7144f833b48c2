"""Who may sign in, and to which network; the only place that creates accounts, memberships and sign-in links."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Literal

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError

from matcher.errors import Conflict, Invalid, NotFound
from matcher.facts import Account, Membership, Network, SignInLink, WebSession
from matcher.store import Session, Store

Role = Literal["owner", "member", "coach"]

LINK_MINUTES = 30  # long enough to find the mail or the terminal, short enough to lie about
NETWORK_NAME_CHARACTERS = 200  # the column's width


def token_hash(token: str) -> str:
    """What is stored of a token: enough to recognise it, useless to somebody who reads the database."""
    return hashlib.sha256(token.encode()).hexdigest()


def clean_email(text: str) -> str:
    """An e-mail address in the one spelling under which it is stored; nothing is looked up on the network."""
    try:
        return validate_email(text.strip(), check_deliverability=False, test_environment=True).normalized.lower()
    except EmailNotValidError as error:
        raise Invalid("email", "Please write an e-mail address such as ana@example.com.") from error


class Accounts:
    """Accounts, memberships and sign-in links of one database."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def create_account(self, email: str, *, now: datetime, password_hash: str | None = None) -> int:
        """A new account's number; Conflict when the address has one."""
        with self.store.session(writes=True) as session:
            return _add_account(session, clean_email(email), now, password_hash)

    def find_account(self, email: str) -> int | None:
        """The number of the account with this address."""
        with self.store.session() as session:
            return session.scalar(select(Account.id).where(Account.email == clean_email(email)))

    # -- networks and members --------------------------------------------------------------------
    def create_network(self, name: str, owner_id: int, *, now: datetime) -> int:
        """A new private network's number."""
        with self.store.session(writes=True) as session:
            return _add_network(session, _network_name(name), owner_id, now)

    def rename_network(self, network_id: int, name: str) -> None:
        """Give a network another name."""
        with self.store.session(network_id, writes=True) as session:
            session.execute(update(Network).where(Network.id == network_id).values(name=_network_name(name)))

    def network_name(self, network_id: int) -> str:
        """What the owner calls a network."""
        with self.store.session() as session:
            return session.scalars(select(Network.name).where(Network.id == network_id)).one()

    def memberships(self, account_id: int) -> list[Membership]:
        """All networks of an account with its role in each, oldest first."""
        query = select(Membership).where(Membership.account_id == account_id)
        with self.store.session() as session:
            return list(session.scalars(query.order_by(Membership.since_at, Membership.network_id)))

    def add_member(self, network_id: int, account_id: int, role: Role, *, now: datetime) -> None:
        """Let an account into a network."""
        try:
            with self.store.session(writes=True) as session:
                session.add(Membership(network_id=network_id, account_id=account_id, role=role, since_at=now))
        except IntegrityError as error:
            raise Conflict("This account is in the network already.") from error

    def remove_member(self, network_id: int, account_id: int) -> None:
        """Take an account out of a network; its sessions and links end in the same transaction."""
        with self.store.session(writes=True) as session:
            leaving = session.get(Membership, (network_id, account_id))
            if leaving is None:
                raise NotFound("There is no such member.")
            owners = select(func.count()).where(Membership.network_id == network_id, Membership.role == "owner")
            if leaving.role == "owner" and session.scalar(owners) == 1:
                raise Conflict("The last owner cannot leave; make somebody else an owner first.")
            session.delete(leaving)
            session.execute(delete(WebSession).where(WebSession.account_id == account_id))
            session.execute(delete(SignInLink).where(SignInLink.account_id == account_id))

    def owner_of(self, network_id: int) -> int:
        """The account that has owned a network for longest; NotFound for one that nobody owns."""
        owns = select(Membership.account_id).where(Membership.network_id == network_id, Membership.role == "owner")
        with self.store.session() as session:
            found = session.scalar(owns.order_by(Membership.since_at, Membership.account_id).limit(1))
        if found is None:
            raise NotFound("Nobody owns this network.")
        return found

    # -- signing in ------------------------------------------------------------------------------
    def issue_link(self, account_id: int, *, now: datetime, minutes: int = LINK_MINUTES) -> str:
        """A token that signs this account in once; only its hash is kept."""
        with self.store.session(writes=True) as session:
            return _add_link(session, account_id, now, minutes)

    def invite(self, email: str, network_name: str, *, now: datetime) -> str:
        """A token that signs this address in once; a new address gets an account and a network of its own."""
        address = clean_email(email)
        with self.store.session(writes=True) as session:  # one transaction: nobody is left without a network
            account_id = session.scalar(select(Account.id).where(Account.email == address))
            if account_id is None:
                account_id = _add_account(session, address, now)
                _add_network(session, _network_name(network_name or address.partition("@")[0]), account_id, now)
            return _add_link(session, account_id, now, LINK_MINUTES)

    def use_link(self, token: str, *, now: datetime) -> int | None:
        """The account that a token signs in; None when it is wrong, used or too old. Only one use wins a race."""
        link = SignInLink.token_hash == token_hash(token)
        fresh = update(SignInLink).where(link, SignInLink.used_at.is_(None), SignInLink.expires_at > now)
        with self.store.session(writes=True) as session:
            return session.scalar(fresh.values(used_at=now).returning(SignInLink.account_id))

    def sign_out_everywhere(self, account_id: int) -> None:
        """End every session and unused link of an account."""
        with self.store.session(writes=True) as session:
            session.execute(delete(WebSession).where(WebSession.account_id == account_id))
            session.execute(delete(SignInLink).where(SignInLink.account_id == account_id))


def is_role(session: Session, network_id: int, account_id: int, role: Role) -> bool:
    """Whether an account has this role in a network."""
    found = session.get(Membership, (network_id, account_id))
    return found is not None and found.role == role


def let_coach_in(session: Session, network_id: int, account_id: int, now: datetime) -> None:
    """Let a coach see the counts of a network, and nothing else; Conflict for who is in it already."""
    if session.get(Membership, (network_id, account_id)) is not None:
        raise Conflict("This coach is in your network already. Nobody is their own coach.")
    session.add(Membership(network_id=network_id, account_id=account_id, role="coach", since_at=now))


def let_coach_out(session: Session, network_id: int, account_id: int) -> None:
    """Let a coach see nothing any more, from this moment on; whoever has another role stays."""
    theirs = (Membership.network_id == network_id, Membership.account_id == account_id, Membership.role == "coach")
    session.execute(delete(Membership).where(*theirs))


def address_of(session: Session, account_id: int) -> str:
    """The e-mail address of an account; NotFound when it is gone."""
    found = session.scalar(select(Account.email).where(Account.id == account_id, Account.active))
    if found is None:
        raise NotFound("There is no such account.")
    return found


def _add_account(session: Session, address: str, now: datetime, password_hash: str | None = None) -> int:
    account = Account(
        email=address, password=password_hash, fs_uniquifier=secrets.token_hex(32), confirmed_at=now, created_at=now
    )
    session.add(account)
    try:
        session.flush()
    except IntegrityError as error:
        raise Conflict("There is an account with this e-mail address.") from error
    return account.id


def _add_network(session: Session, name: str, owner_id: int, now: datetime) -> int:
    network = Network(name=name, created_at=now)
    session.add(network)
    session.flush()
    session.add(Membership(network_id=network.id, account_id=owner_id, role="owner", since_at=now))
    return network.id


def _add_link(session: Session, account_id: int, now: datetime, minutes: int) -> str:
    token = secrets.token_urlsafe(32)
    session.execute(delete(SignInLink).where(SignInLink.expires_at < now))
    expires_at = now + timedelta(minutes=minutes)
    session.add(SignInLink(token_hash=token_hash(token), account_id=account_id, expires_at=expires_at))
    return token


def _network_name(text: str) -> str:
    name = " ".join(text.split())
    if not 0 < len(name) <= NETWORK_NAME_CHARACTERS:
        raise Invalid("name", f"Please give the network a name of 1 to {NETWORK_NAME_CHARACTERS} characters.")
    return name
