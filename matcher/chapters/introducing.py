"""The chapter of `Network` on introductions: who is made known to whom, who was asked and what they answered."""

from matcher.chapters.client_book import ClientBook


class Introducing(ClientBook):
    """Introductions: who is made known to whom, who was asked and what they answered."""
