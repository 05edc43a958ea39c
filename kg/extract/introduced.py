"""What a paper presents as new: its method, model, dataset, benchmark, theory.

In: text, title, sentences, mentions with their entities. Out: names of entities, in the order in which they are introduced.
The cues are the verbs of presenting ("we propose X", "X is introduced"), of naming ("called X", "we refer to our method as
X"), and a title that begins with a name and a colon. What it cannot do: things that are new but presented without such words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.domain import EntityType, Mention, Span
from kg.extract.gazetteer import default_gazetteer

__all__ = ["find_introduced"]

_ADVERBS = r"(?:\w+ly,?\s|then\s|also\s|first\s|further\s|next\s|here\s|thus\s|therefore\s|hence\s|now\s|will\s|\(\w+\)\s){0,2}"
_STRONG = "propose|introduce|present|develop|design|devise|release|contribute|coin|invent|put forward"
_WEAK = "construct|create|build|describe|formulate|define|derive|establish|provide|offer|collect|suggest|curate|devote"
_PRESENT = re.compile(
    rf"\b(?:(?:[Ww]e|[Tt]his (?:paper|work|article|study|book|thesis|dissertation|report)|[Ii]t|authors?|and|to)\s{_ADVERBS}"
    rf"(?P<strong>{_STRONG})(?:s|d|ed)?|[Ww]e\s{_ADVERBS}(?P<weak>{_WEAK}|us(?:e|es)|implement)(?:s|d|ed)?)\b"
)
_ALSO = re.compile(r"\b(?:introducing|proposing|presenting|developing|designing|releasing|devising)\b")
_NAMED = re.compile(
    r"\b(?:called|named|dubbed|termed|coined|namely|refer(?:red)? to (?:\w+\s){0,4}as|which we (?:call|name|term|dub|denote)(?: as)?|"
    r"we (?:call|name|term|dub)(?: (?:it|this|our|the|them)(?: \w+){0,6})?(?: as)?|referred to as|is called|first (?:approach|method) is|second (?:approach|method) is|resulting \w+ is)\s"
    r"(?:the\s|an?\s)?[\"'“‘`*\\{a-z]{0,8}$"
)
_PASSIVE = re.compile(
    r"^\W{0,3}\s?(?:\([^)]{1,20}\)\s?)?(?:\w+\s){0,2}(?:is|are|was|were)\s(?:\w+ly\s|also\s|then\s|further\s)?"
    r"(?:proposed|introduced|presented|developed|designed|devised)\b(?!\s(?:by|in)\b)"
)
_STOPS = re.compile(
    r"\b(?:for|to|that|which|where|based|using|with|by|from|on|in|whose|via|through|when|so|as|aim|utili[sz]ing|leveraging|"
    r"employing|combining|consisting|capable|suitable|inspired|of)\b|[;:]|\.\s"
)
_OWN = re.compile(
    r"\b(?:[Oo]ur(?: (?:proposed|novel|new|resulting|final|full))?|(?:[Tt]he|[Tt]his) (?:proposed|newly proposed|introduced))\s[\"'“]?$"
)
_NOVEL = re.compile(r"\bnovel\s[\"'“]?$")
_OTHERS = re.compile(r"\b(?:recent\w*|existing|previous\w*|prior|has been|have been|many|several)\b", re.IGNORECASE)
_NEW = re.compile(r"\b(?:novel|new|newly|first)\b")


def find_introduced(title: str, text: str, sentences: Sequence[Span], mentions: Sequence[Mention]) -> tuple[str, ...]:
    """Names of the entities that the paper presents as new, in the order of their introduction; each once.

    >>> text = "We propose FooNet, a network for parsing."
    >>> found = [Mention(start=11, end=17, text="FooNet", type=EntityType.ARCH, entity="FooNet")]
    >>> find_introduced("", text, [Span(start=0, end=len(text))], found)
    ('FooNet',)
    """
    hits: dict[str, int] = {}
    for sentence in sentences:
        inside = [m for m in mentions if sentence.start <= m.start and m.end <= sentence.end]
        for mention in _in_sentence(text, sentence, inside):
            if mention.entity is not None:
                hits.setdefault(mention.entity, mention.start)
    titled = _titled(title, mentions)
    if titled is not None:
        hits.setdefault(titled, -1)
    return tuple(sorted(hits, key=lambda name: (hits[name], name)))


def _titled(title: str, mentions: Sequence[Mention]) -> str | None:
    """The entity that a title names before a colon."""
    head, colon, _ = title.partition(":")
    if not colon or len(head.split()) > 3:
        return None
    key = head.strip().lower()
    return next((m.entity for m in mentions if m.text.lower() == key and m.type is not EntityType.TASK), None)


def _in_sentence(text: str, sentence: Span, inside: Sequence[Mention]) -> list[Mention]:
    found: list[Mention] = []
    part = sentence.of(text)
    for match in _PRESENT.finditer(part):
        found += _objects(text, sentence, sentence.start + match.end(), inside, weak=match["weak"] is not None)
    for match in _ALSO.finditer(part):
        found += _objects(text, sentence, sentence.start + match.end(), inside, weak=False)
    for mention in inside:
        before = text[max(sentence.start, mention.start - 60) : mention.start]
        named = _NAMED.search(before) or (_NOVEL.search(before) and not _OTHERS.search(part))
        passive = _PASSIVE.match(text[mention.end : sentence.end])
        if named or (mention.type is not EntityType.METRIC and (_OWN.search(before) or passive)):
            found.append(mention)
    return [mention for mention in found if not _is_well_known(mention)]


def _is_well_known(mention: Mention) -> bool:
    """Whether the gazetteer has it: nobody introduces dropout any more."""
    return default_gazetteer().type_of(mention.text) is not None


def _objects(text: str, sentence: Span, verb_end: int, inside: Sequence[Mention], *, weak: bool) -> list[Mention]:
    """Mentions in the object of a presenting verb: those before the first word that begins a modifier. A weak verb
    ("build", "provide") presents something new only if the text says so or the object is a dataset."""
    rest = text[verb_end : sentence.end]
    stop = _STOPS.search(rest)
    limit = verb_end + (stop.start() if stop else len(rest))
    after = [m for m in inside if m.start >= verb_end and m.type is not EntityType.METRIC]
    direct = [m for m in after if m.start < limit]
    new = bool(_NEW.search(text[verb_end:limit]))
    if weak and not new:
        direct = [m for m in direct if m.type is EntityType.DATASET]
    chosen: list[Mention] = []
    for mention in direct:
        gap = text[verb_end if not chosen else chosen[-1].end : mention.start]
        if not chosen:
            if len(gap.split()) <= 7 and (mention.type is not EntityType.TASK or new):
                chosen.append(mention)
        elif re.fullmatch(r"\s?\(\s?|\)?,?\s(?:and|as well as)\s(?:an?\s|the\s)?(?:[\w-]+\s){0,2}", gap):
            chosen.append(mention)
        else:
            break
    return chosen
