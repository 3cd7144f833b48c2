"""A browser without script: keeps cookies, fills in the form's token, follows nothing by itself."""

import re
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

BASE_URL = "http://switchboard.test"
PASSWORD = "otter-lamp-quiet-71"
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
BLOCK = re.compile(r"<(?:form|div|ul|ol|dl|table|details|h[1-6])\b")  # where a browser ends the paragraph around it


class Visitor:
    """Somebody at a browser."""

    def __init__(self, app: Flask, base_url: str = BASE_URL) -> None:
        self.client = app.test_client()
        self.base_url = base_url

    def get(self, path: str, **options: Any) -> TestResponse:
        """Look at a page; no paragraph of it holds what would end the paragraph, and its style with it."""
        answer = self.client.get(path, base_url=self.base_url, buffered=True, **options)
        if answer.mimetype == "text/html":
            assert_paragraphs_are_whole(answer.text)
        return answer

    def post(self, path: str, fields: dict[str, Any] | None = None, *, form_on: str = "/sign-in") -> TestResponse:
        """Send a form whose token is taken from the page `form_on`."""
        token = self.token(form_on)
        headers = {"Referer": self.base_url + form_on}
        return self.client.post(
            path, data={"csrf_token": token, **(fields or {})}, base_url=self.base_url, headers=headers
        )

    def token(self, path: str) -> str:
        """The token in the first form of a page."""
        found = TOKEN.search(self.get(path, follow_redirects=True).text)
        assert found, f"{path} has no form"
        return found[1]

    def sign_in(self, email: str, password: str = PASSWORD, **fields: str) -> TestResponse:
        """Sign in with a password."""
        return self.post("/sign-in", {"email": email, "password": password, **fields})

    @property
    def cookie(self) -> str:
        """The value of the session's cookie, empty when there is none."""
        for name in ("switchboard", "__Host-switchboard"):
            found = self.client.get_cookie(name, domain=self.base_url.split("//")[1])
            if found:
                return str(found.value)
        return ""


def assert_paragraphs_are_whole(page: str) -> None:
    """No block, such as a form, stands within a paragraph."""
    for block in BLOCK.finditer(page):
        begun = max(page.rfind("<p>", 0, block.start()), page.rfind("<p ", 0, block.start()))
        assert begun <= page.rfind("</p>", 0, block.start()), page[begun : block.end()]
