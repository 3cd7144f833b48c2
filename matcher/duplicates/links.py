"""Where people seem to work: a business with the domain of their e-mail, or with the name of their company."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matcher.duplicates.forms import company_form, email_form, own_domain
from matcher.names import fold

HOST = re.compile(r"^(?:[a-z]+://)?(?:www\.)?([^/:?#\s]+\.[a-z]{2,})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Firms:
    """Businesses, one column a field, all of the same length."""

    names: Sequence[str]
    websites: Sequence[str]
    emails: Sequence[str]
    cities: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Workers:
    """People of whom nobody told us where they work, one column a field, all of the same length."""

    emails: Sequence[Sequence[str]]
    companies: Sequence[str]
    cities: Sequence[str]


def works_at(workers: Workers, firms: Firms) -> Iterator[tuple[int, int, str]]:
    """(Person, business, reason) by position; nobody for whom two businesses would do as well.

    A domain that anybody can have, such as gmail.com, says nothing. A name that several businesses have counts only for
    the one in the person's town.
    """
    by_domain, by_name = defaultdict(list), defaultdict(list)
    for at, (name, website, email) in enumerate(zip(firms.names, firms.websites, firms.emails, strict=True)):
        for domain in {domain_of(website), own_domain(email_form(email))} - {""}:
            by_domain[domain].append(at)
        by_name[company_form(name)].append(at)
    for at, (emails, company, city) in enumerate(zip(workers.emails, workers.companies, workers.cities, strict=True)):
        domains = [domain for domain in (own_domain(email_form(email)) for email in emails) if domain in by_domain]
        named = set(by_name.get(company_form(company), ())) if company else set()
        at_domain = {firm for domain in domains for firm in by_domain[domain]}
        found = (at_domain & named) or at_domain or named
        if len(found) > 1:
            found = {firm for firm in found if city and fold(firms.cities[firm]) == fold(city)}
        if len(found) == 1:
            (firm,) = found
            yield at, firm, _reason(domains[0] if firm in at_domain else "", firm in named)


def domain_of(website: str) -> str:
    """The domain of a website, without “www.”; "" for what is no address."""
    host = HOST.match(website.strip().casefold())
    return own_domain(f"x@{host[1]}") if host else ""


def _reason(domain: str, named: bool) -> str:
    return "; ".join(filter(None, (f"e-mail at {domain}" if domain else "", "same company name" if named else "")))
