"""The chapter of `Network` on teaching partners whom to send: their plan, the kit, what they are given."""

from matcher.chapters.client_book import ClientBook


class Teaching(ClientBook):
    """Teaching partners whom to send: their plan, the kit, what they are given."""
