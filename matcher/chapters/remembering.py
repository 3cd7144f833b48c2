"""The chapter of `Network` on the agenda: sales, promises and moments, and what is to be done on a day."""

from matcher.chapters.client_book import ClientBook


class Remembering(ClientBook):
    """The agenda: sales, promises and moments, and what is to be done on a day."""
