"""Who may use which route."""

import pytest
from flask import Flask

from matcher.units import now_utc
from tests.webapp.conftest import Town
from webapp import access


def test_every_route_declares_who_may_use_it(town: Town) -> None:
    """Each method of each route names one of the five kinds of visitors."""
    declared = access.declarations(town.app)
    assert {who for methods in declared.values() for who in methods.values()} <= {
        "anyone", "signed in", "member", "owner", "nobody",
    }  # fmt: skip
    assert declared["settings.rename"] == {"POST": "owner"}


def test_undeclared_method_keeps_the_app_from_starting() -> None:
    """A route that forgets one of its methods is an error that names both."""
    app = Flask(__name__, static_folder=None)

    @app.route("/forgotten", methods=["GET", "POST"])
    @access.access(GET="anyone")
    def forgotten() -> str:
        return ""

    with pytest.raises(RuntimeError, match="POST /forgotten"):
        access.guard(app)


def test_anonymous_visitor_is_asked_to_sign_in(town: Town) -> None:
    """A member's page leads to the sign-in page, which leads back."""
    visitor = town.visitor()
    answer = visitor.get("/settings?a=1")
    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/settings?a%3D1")
    signed_in = visitor.sign_in("ana@example.com", next="/settings")
    assert (signed_in.status_code, signed_in.location) == (303, "/settings")


def test_anonymous_post_changes_nothing(town: Town) -> None:
    """A POST without signing in leads to the sign-in page and does nothing."""
    answer = town.visitor().post("/settings/network", {"name": "Mine now"})
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert town.accounts.network_name(town.network) == "Ana's circle"


def test_stranger_gets_the_same_404_as_for_nothing(town: Town) -> None:
    """Somebody without a membership cannot tell a real page from a missing one."""
    town.accounts.remove_member(town.network, town.bob)
    stranger = town.visitor("bob")
    real, missing = stranger.get("/settings"), stranger.get("/no-such-page")
    assert real.status_code == missing.status_code == 404
    assert real.data == missing.data


def test_owner_acts_are_closed_to_members(town: Town) -> None:
    """A member sees the settings but cannot rename the network."""
    bob = town.visitor("bob")
    assert bob.get("/settings").status_code == 200
    answer = bob.post("/settings/network", {"name": "Bob's"}, form_on="/settings")
    assert answer.status_code == 403
    assert town.accounts.network_name(town.network) == "Ana's circle"


def test_network_is_that_of_the_membership(town: Town) -> None:
    """Renaming changes the network of the account that asks, whatever the form says."""
    cleo = town.visitor("cleo")
    forged = {"name": "Renamed", "network": town.network, "network_id": town.network}
    cleo.post("/settings/network", forged, form_on="/settings")
    assert town.accounts.network_name(town.other) == "Renamed"
    assert town.accounts.network_name(town.network) == "Ana's circle"


def test_switching_needs_a_membership(town: Town) -> None:
    """Only a network of one's own can be switched to; another's answers like a missing one."""
    cleo = town.visitor("cleo")
    foreign = cleo.post("/settings/switch", {"network": town.network}, form_on="/settings")
    missing = cleo.post("/settings/switch", {"network": 999}, form_on="/settings")
    assert foreign.status_code == missing.status_code == 404
    assert foreign.data == missing.data
    town.accounts.add_member(town.network, town.cleo, "member", now=now_utc())
    assert cleo.post("/settings/switch", {"network": town.network}, form_on="/settings").status_code == 303
    assert "Ana&#39;s circle" in cleo.get("/settings").text


def test_removed_member_is_out_at_once(town: Town) -> None:
    """Taking somebody out of a network ends the session that is open in a browser."""
    bob = town.visitor("bob")
    assert bob.get("/settings").status_code == 200
    town.accounts.remove_member(town.network, town.bob)
    assert bob.get("/settings").status_code == 303


def test_coach_sees_no_member_page(town: Town) -> None:
    """A coach is not a member: the pages of the network are missing for them."""
    coach = town.accounts.create_account("coach@example.com", now=now_utc())
    town.accounts.add_member(town.network, coach, "coach", now=now_utc())
    token = town.accounts.issue_link(coach, now=now_utc())
    visitor = town.visitor()
    assert visitor.post(f"/enter/{token}").status_code == 303
    assert visitor.get("/settings").status_code == 404
    assert "not in a network yet" in visitor.get("/").text


def test_form_token_is_required(town: Town) -> None:
    """A POST without the form's token is refused and changes nothing."""
    ana = town.visitor("ana")
    answer = ana.client.post("/settings/network", data={"name": "Forged"}, base_url=ana.base_url)
    assert answer.status_code == 400
    assert town.accounts.network_name(town.network) == "Ana's circle"
