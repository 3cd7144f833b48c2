"""The API's side of what we hand out."""

import pytest

from matcher.exchange.vcard import read_vcards
from tests.webapp.conftest import Town
from tests.webapp.test_api import Program, _error, _json


def test_the_kit_and_its_texts(peopled: Town) -> None:
    """GET gives the kit, each text, the card and who has sent us people, just as the network has them."""
    ana, network = Program(peopled), peopled.circle
    told = {"phone": "555-0100", "email": "ana@example.com"}
    assert ana.send("PUT", "/kit/contact", json=told).json == ana.get("/kit").json == _json(network.kit())
    for what in ("pocket-card", "who-to-send", "newsletter"):
        found = ana.get(f"/kit/text?what={what}").json
        assert found == {"text": network.handout(what)}  # type: ignore[arg-type]
        assert "555-0100" in found["text"]
    card = ana.get("/kit/card?version=4.0")
    assert (card.mimetype, read_vcards(card.data)) == ("text/vcard", read_vcards(network.own_card()))
    assert ana.get("/kit/champions").json == _json(network.champions())
    assert _error(ana.send("PUT", "/kit/contact", json={"email": "ana"})) == (400, "invalid", "email")
    assert _error(ana.get("/kit/text?what=poster")) == (400, "invalid", "what")


def test_the_flyer_is_a_file(peopled: Town) -> None:
    """With the extra, the flyer is a PDF on either paper."""
    pytest.importorskip("typst", reason="needs the extra `pdf`")
    for paper in ("a4", "us-letter"):
        found = Program(peopled).get(f"/kit/flyer?paper={paper}")
        assert (found.mimetype, found.data[:5]) == ("application/pdf", b"%PDF-")
