"""How far one competes, the owner's own word on it, and who could take work over, on pages and in the API."""

import re

from matcher.answers.partners import Filters
from tests.webapp.conftest import Town
from tests.webapp.visitors import Visitor


def _rival(town: Town) -> int:
    return town.circle.overflow(limit=1).partners[0].business_id


def _rule(visitor: Visitor, business_id: int, **fields: str) -> int:
    page = f"/businesses/{business_id}"
    return visitor.post(f"{page}/ruling", fields, form_on=page).status_code


def test_the_four_axes_are_shown(peopled: Town) -> None:
    """The page of a rival says on each axis how far the two are the same, and what the product is."""
    page = peopled.visitor("ana").get(f"/businesses/{_rival(peopled)}").text
    section = page[page.index('id="competition"') :]
    for words in ("All four multiplied", "What you both sell", "To whom", "Where", "At what price"):
        assert words in section


def test_the_owner_can_say_otherwise_and_take_it_back(peopled: Town) -> None:
    """A word on competition is kept with its reason, shown, and undone from the next page."""
    visitor, rival = peopled.visitor("ana"), _rival(peopled)
    assert _rule(visitor, rival, competes="no", reason="they lend to firms only") == 303
    page = visitor.get(f"/businesses/{rival}").text
    assert "<strong>You said that they do not compete with you.</strong> they lend to firms only" in page
    assert peopled.circle.business(rival).ruled is False
    notice = page[page.index('class="notices"') : page.index("</main>")]
    assert f'action="/businesses/{rival}/ruling/undo"' in notice
    assert visitor.post(f"/businesses/{rival}/ruling/undo", form_on=f"/businesses/{rival}").status_code == 303
    assert peopled.circle.business(rival).ruled is None


def test_undo_gives_the_earlier_word_back(peopled: Town) -> None:
    """Who changes his word is offered what he had said before, with its reason."""
    visitor, rival = peopled.visitor("ana"), _rival(peopled)
    peopled.circle.rule(rival, False, "first reason")
    assert (
        visitor.post(f"/businesses/{rival}/ruling", {"competes": "yes"}, form_on=f"/businesses/{rival}").status_code
        == 303
    )
    page = visitor.get(f"/businesses/{rival}").text
    notice = page[page.index('class="notices"') :]
    assert f'action="/businesses/{rival}/ruling"' in notice
    assert 'name="competes" value="no"' in notice
    assert 'name="reason" value="first reason"' in notice


def test_a_word_must_be_one(peopled: Town) -> None:
    """What is neither yes nor no is refused and keeps nothing."""
    visitor, rival = peopled.visitor("ana"), _rival(peopled)
    assert _rule(visitor, rival, competes="perhaps") == 400
    assert peopled.circle.business(rival).ruled is None


def test_a_partner_can_be_called_a_rival(peopled: Town) -> None:
    """A business that does not compete by our figures offers the same two answers; its header then says who said so."""
    visitor = peopled.visitor("ana")
    best = peopled.circle.suggestions(limit=1).suggestions[0].business_id
    assert "you do not compete with each other" in visitor.get(f"/businesses/{best}").text
    assert _rule(visitor, best, competes="yes") == 303
    assert "<p>You said that they compete with you.</p>" in visitor.get(f"/businesses/{best}").text


def test_a_warning_stands_before_the_yes(peopled: Town) -> None:
    """Who sells the same as a partner is marked so on its own page and on the list, with a link to the partner."""
    network, visitor = peopled.circle, peopled.visitor("ana")
    partner, other, *_ = network.suggestions(Filters(services=("real_estate_agent",))).suggestions
    network.decide(partner.business_id, "yes")
    network.set_stage(partner.business_id, "agreed")
    for path in (f"/businesses/{other.business_id}", "/suggestions?service=real_estate_agent"):
        page = visitor.get(path).text
        assert re.search(rf'href="/businesses/{partner.business_id}">[^<]*, your partner, sells', page), path


def test_the_count_of_competitors_leads_to_who_could_take_work(peopled: Town) -> None:
    """The suggestions' count links to a page with as many competitors; a search and a distance narrow it."""
    visitor, network = peopled.visitor("ana"), peopled.circle
    assert 'href="/overflow"' in visitor.get("/suggestions").text
    page = visitor.get("/overflow").text
    count = network.suggestions().left_out["competitors"]
    assert f"{count} competitor" in page
    name = network.overflow(limit=1).partners[0].name
    assert name in page
    assert "Nobody fits these filters" in visitor.get("/overflow?q=zqxzqx").text
    assert visitor.get("/overflow?within_km=1").status_code == 200
    listed = visitor.get(f"/overflow.csv?q={name.split()[0]}").text
    assert name in listed
    assert visitor.get("/overflow.xlsx").status_code == 200


def test_answered_ones_are_offered(peopled: Town) -> None:
    """A competitor to whom one said no is not on the list until one asks for those as well."""
    visitor, network, rival = peopled.visitor("ana"), peopled.circle, _rival(peopled)
    network.decide(rival, "no")
    assert f'id="b{rival}"' not in visitor.get("/overflow").text
    assert "1 more has your answer already" in visitor.get("/overflow").text
    assert f'id="b{rival}"' in visitor.get("/overflow?decided=yes").text


def test_without_a_business_of_ones_own(peopled: Town) -> None:
    """Somebody who has not said what he sells is asked for it."""
    assert "Describe your business" in peopled.visitor("cleo").get("/overflow").text
