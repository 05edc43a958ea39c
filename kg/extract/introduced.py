"""What a paper presents as new: its method, model, dataset, benchmark, theory.

In: text, title, sentences, mentions with their entities. Out: names of entities, in the order of their first mention.
For each entity the cues that hold are gathered (`kg.extract.novelty` finds them in the text: "we propose X", "X, which we call", a title that begins
with a name and a colon, a first mention before the paper speaks of itself, …) and weighed by logistic regression; the weights are in `introduced.tsv`, fitted on our
annotated abstracts by `kg.extract.fit_cues`. What it cannot do: things that are new but presented without any such sign.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.domain import Mention, Span
from kg.extract.gazetteer import default_gazetteer
from kg.extract.linear import load_table, logistic
from kg.extract.novelty import presented
from kg.extract.words import is_coined

__all__ = ["cues_of", "find_introduced"]

_NAMED = re.compile(
    r"\b(?:called|named|dubbed|termed|coined|namely|refer(?:red)? to (?:\w+\s){0,4}as|which we (?:call|name|term|dub|denote)(?: as)?|"
    r"[Ww]e (?:call|name|term|dub)(?: (?:it|this|our|the|them)(?: \w+){0,6})?(?: as)?|is called|approach is|method is|model is)\s"
    r"(?:the\s|an?\s)?[\"'“‘`*\\{a-z]{0,8}$"
)
_PASSIVE = re.compile(
    r"^\W{0,3}\s?(?:\([^)]{1,20}\)\s?)?(?:\w+\s){0,2}(?:is|are|was|were)\s(?:\w+ly\s|also\s|then\s|further\s)?"
    r"(?:proposed|introduced|presented|developed|designed|devised)\b(?!\s(?:by|in)\b)"
)
_OWN = re.compile(r"\b[Oo]ur\s(?:(?:proposed|novel|new|resulting|final|full)\s)?[\"'“]?$")
_PROPOSED = re.compile(r"\b(?:[Tt]he|[Tt]his) (?:newly )?(?:proposed|introduced|resulting)\s$")
_NOVEL = re.compile(r"\bnovel\s(?:[\w-]+\s){0,2}[\"'“]?$")
_NEW = re.compile(r"\bnew\s(?:[\w-]+\s){0,1}[\"'“]?$")
_THESE = re.compile(r"\b(?:[Tt]hese|[Tt]his|[Ss]uch an?)\s$")
_ARTICLE = re.compile(r"\b[Aa]n?\s(?:[\w-]+\s){0,2}$")
_THE = re.compile(r"\b[Tt]he\s$")
_EXISTING = re.compile(
    r"\b(?:existing|previous|prior|recent|traditional|conventional|current|popular|standard|based on|such as|including|like|over|than|"
    r"outperforms?|compared to|using|with|of)\s(?:[\w-]+\s){0,2}$",
    re.IGNORECASE,
)
_DEFINED = re.compile(r"^\s?\(\s?[A-Z][\w-]{1,11}s?\s?\)")
_APPOSED = re.compile(r"^,\s(?:an?|the|our|which|where)\s")
_SUBJECT = re.compile(
    r"^\W{0,3}\s?(?:\w+\s){0,1}(?:is|are|can|achieve|outperform|improve|enable|provide|use|employ|learn|reduce|show|allow)s?\b"
)
_OWN_WORDS = re.compile(r"\b(?:[Ww]e|[Oo]ur|[Tt]his (?:paper|work|article|study|thesis)|[Hh]ere)\b")
_MANY = 4


def find_introduced(title: str, text: str, sentences: Sequence[Span], mentions: Sequence[Mention]) -> tuple[str, ...]:
    """Names of the entities that the paper presents as new, in the order of their first mention.

    >>> from kg.domain import EntityType
    >>> text = "Parsing is hard. We propose FooNet, a network for parsing. FooNet wins."
    >>> found = [Mention(start=28, end=34, text="FooNet", type=EntityType.ARCH, entity="FooNet")]
    >>> find_introduced("FooNet: parsing", text, [Span(start=0, end=16), Span(start=17, end=58)], found)
    ('FooNet',)
    """
    table = load_table("introduced.tsv")
    (limit,) = table["threshold"]
    cues = cues_of(title, text, sentences, mentions)
    scores = {name: logistic(sum(table[cue][0] for cue in held if cue in table)) for name, held in cues.items()}
    return tuple(name for name in cues if scores[name] >= limit)


def cues_of(
    title: str, text: str, sentences: Sequence[Span], mentions: Sequence[Mention]
) -> dict[str, tuple[str, ...]]:
    """For each entity, in the order of first mentions, the cues that hold for it, sorted."""
    begun = next((s.start for s in sentences if _OWN_WORDS.search(s.of(text))), len(text))
    found: dict[str, set[str]] = {}
    places: dict[str, list[Mention]] = {}
    for mention in sorted(mentions, key=lambda m: m.start):
        if mention.entity is not None:
            places.setdefault(mention.entity, []).append(mention)
    for sentence in sentences:
        inside = [m for m in mentions if sentence.start <= m.start and m.end <= sentence.end]
        own = bool(_OWN_WORDS.search(sentence.of(text)))
        for mention, cue in presented(text, sentence, inside):
            found.setdefault(str(mention.entity), set()).add(cue)
        for mention in inside:
            if mention.entity is not None:
                found.setdefault(mention.entity, set()).update(
                    _around(text, sentence, mention, own, mention.start >= begun)
                )
    return {
        name: tuple(sorted(found.get(name, set()) | _of_entity(title, members, begun)))
        for name, members in places.items()
    }


def _around(text: str, sentence: Span, mention: Mention, own: bool, later: bool) -> set[str]:
    before = text[max(sentence.start, mention.start - 60) : mention.start]
    after = text[mention.end : min(sentence.end, mention.end + 80)]
    cues = {
        "named": _NAMED.search(before), "passive": _PASSIVE.match(after), "our": _OWN.search(before), "the proposed": _PROPOSED.search(before),
        "novel": _NOVEL.search(before), "new": _NEW.search(before) and later, "these": _THESE.search(before) and later,
        "defined": _DEFINED.match(after), "apposed": _APPOSED.match(after),
        "subject later": later and mention.start - sentence.start < 12 and _SUBJECT.match(after),
        "a, own sentence": own and _ARTICLE.search(before), "the, own sentence": own and _THE.search(before),
        "existing": _EXISTING.search(before),
    }  # fmt: skip
    return {name for name, holds in cues.items() if holds}


def _of_entity(title: str, members: Sequence[Mention], begun: int) -> set[str]:
    first = members[0]
    head, colon, _ = title.partition(":")
    cues = {"bias", f"type {first.type.value}", f"count {min(_MANY, len(members))}"}
    texts = {m.text for m in members}
    if first.start < begun:
        cues.add("before")
    if colon and head.strip().lower() in {form.lower() for form in texts}:
        cues.add("title name")
    elif any(form.lower() in title.lower() for form in texts):
        cues.add("in title")
    if any(default_gazetteer().type_of(form) is not None for form in texts):
        cues.add("well known")
    if any(is_coined(word) for form in texts for word in form.split()):
        cues.add("coined")
    if any(" " in form for form in texts) and not any(char.isupper() for char in first.text):
        cues.add("descriptive")
    return cues
