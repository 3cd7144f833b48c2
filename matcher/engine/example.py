"""A made example of a score for somebody who has described no business yet: one business of each shipped service."""

from dataclasses import replace

from matcher.answers.partners import Explanation, Home
from matcher.engine.explain import explain
from matcher.engine.flow import Flow
from matcher.engine.index import Index
from matcher.engine.question import Question
from matcher.engine.suggest import suggest
from matcher.engine.words import article, sentence_start, service_words
from matcher.units import SHARED

HOME = Home(name="A mortgage broker", services={"mortgage_broker": 1.0}, markets=("first_home_buyers",))


def made_example(flow: Flow) -> Explanation:
    """The best partner of a made-up mortgage broker among made-up businesses; its number is 0, as nobody has it."""
    index = Index(flow)
    for number, code in enumerate(flow.codes, 1):
        index.put(Home(business_id=number, services={code: 1.0}), SHARED)
    question = Question(home=HOME)
    (best,) = suggest(index, question, lambda _: {}, limit=1).suggestions
    name = sentence_start(article(service_words(flow.taxonomy, best.services[0])))
    found = explain(index, question, best.business_id, name=name)
    return replace(found, business_id=0, suggestion=replace(best, business_id=0, name=name))
