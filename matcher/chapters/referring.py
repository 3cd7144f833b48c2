"""The chapter of `Network` on referrals: given and received, what became of them, and thanks."""

from matcher.chapters.client_book import ClientBook


class Referring(ClientBook):
    """Referrals: given and received, what became of them, and thanks."""
