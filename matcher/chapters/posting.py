"""The chapter of `Network` on mail: drafts in, and out only what the owner has read."""

from matcher.chapters.client_book import ClientBook


class Posting(ClientBook):
    """Mail: drafts in, and out only what the owner has read."""
