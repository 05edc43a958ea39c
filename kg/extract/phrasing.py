"""Phrases of a sentence that fill the slots of a claim where no entity does.

In: a text, a sentence of it, the items in the sentence. Out: names of entities or short phrases, as written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.domain import EntityType, Span
from kg.extract.reading import Item

__all__ = ["contribution_object", "finding_object", "measured_on", "rival"]

_VERB = re.compile(
    r"\b(?:propos\w*|introduc\w*|present\w*|develop\w*|design\w*|devis\w*|releas\w*|contribut\w*|stud(?:y|ies|ied)|investigat\w*|explor\w*|"
    r"examin\w*|analy[sz]e\w*|address\w*|tackl\w*|survey\w*|review\w*|describ\w*|evaluat\w*|creat\w*|construct\w*|collect\w*|build\w*|"
    r"deriv\w*|formulat\w*|consider\w*|revisit\w*|conduct\w*|provid\w*|extend\w*|compar\w*|discuss\w*|show\w*|defin\w*|establish\w*|us(?:e|es)|"
    r"offer\w*|apply|adopt\w*|focus(?:es)? on|aims? to|seeks? to|demonstrat\w*|leverag\w*|train\w*|learn\w*|test\w*)\s+"
    r"(?:that\s|how\s|whether\s|to\s)?(?:an?\s|the\s|our\s|its\s|their\s|this\s|these\s)?(?:(?:novel|new|simple|efficient|effective|general|first)\s(?:and\s)?)*",
    re.IGNORECASE,
)
_END = re.compile(
    r"[,;:.]\s|[,;:.]$|\s\(|\s(?:which|where|that|by|using|via|based on|while|and (?:show|demonstrate|propose|find)|in order to|so that|with)\b"
)
_THAT = re.compile(
    r"\b(?:show|demonstrat|find|found|prov|observ|reveal|suggest|indicat|confirm|verif|establish|argu|discover|conclud|illustrat|highlight|"
    r"impl|validat)\w*\s(?:\w+ly\s)?(?:that|how|why)\s",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(
    r"[;.]\s|[;.]$|,\s(?:while|but|whereas|which|suggesting|indicating|leading|making|and we|demonstrating)\b|\s\("
)
_COPULA = re.compile(r"^\s*(?:\([^)]*\)\s*)?(?:\w+ly\s)?(?:is|are|was|were)\s(?:an?\s|the\s)?")
_RIVALS = re.compile(
    r"\b(?:(?:the\s|all\s|other\s|several\s|many\s|various\s|most\s|strong\s|recent\s|existing\s|previous\s|prior\s|current\s|competing\s|"
    r"standard\s|conventional\s|traditional\s)*)(?P<phrase>(?:[\w-]+\s){0,4}?(?:baselines?|state[- ]of[- ]the[- ]arts?|SOTA|methods?|approaches|models?|"
    r"algorithms?|techniques?|systems?|work|counterparts?|competitors?|alternatives?))\b",
    re.IGNORECASE,
)
_DATA = re.compile(
    r"\b(?:on|across|over|in)\s(?:the\s|a\s|an\s|all\s)?(?P<phrase>(?:[\w-]+\s){0,5}?(?:datasets?|benchmarks?|corpora|corpus|data sets?|test sets?))\b",
    re.IGNORECASE,
)
_MOST_WORDS = 18


def contribution_object(text: str, sentence: Span, items: Sequence[Item], introduced: Sequence[str]) -> list[str]:
    """What a contribution presents: introduced entities named here, else the first thing after the verb, else its phrase."""
    own = list(dict.fromkeys(i.entity for i in items if i.own and i.type is not EntityType.METRIC))
    if own:
        return own[:4]
    verb = _VERB.search(text, sentence.start, sentence.end)
    start = verb.end() if verb else sentence.start
    near = next((i for i in items if start <= i.span.start <= start + 12), None)
    if near is not None:
        return [near.entity]
    phrase = _cut(text[start : sentence.end], _END)
    return [phrase] if phrase else []


def finding_object(text: str, sentence: Span, items: Sequence[Item], subject: str | None) -> str | None:
    """What a finding says of its subject: the rest of the clause after the subject, else the clause after "that"."""
    that = _THAT.search(text, sentence.start, sentence.end)
    start = that.end() if that else sentence.start
    named = next(
        (i for i in items if i.entity == subject and i.span.start >= start and i.span.start - start < 60), None
    )
    if named is not None:
        start = named.span.end
        copula = _COPULA.match(text[start : sentence.end])
        start += copula.end() if copula else 0
    return _cut(text[start : sentence.end], _CLAUSE_END)


def rival(text: str, sentence: Span, after: int) -> str | None:
    """The methods that a comparison is against, where they have no name: "strong baselines" gives "baselines"."""
    match = _RIVALS.search(text, max(after, sentence.start), sentence.end)
    return " ".join(match["phrase"].split()) if match else None


def measured_on(text: str, sentence: Span, items: Sequence[Item]) -> list[tuple[Span, str]]:
    """Datasets of a sentence with their places: entities, else a phrase such as "two benchmark datasets"."""
    named: dict[str, Span] = {}
    for item in items:
        if item.type is EntityType.DATASET:
            named.setdefault(item.entity, item.span)
    if named:
        return [(span, name) for name, span in named.items()]
    match = _DATA.search(text, sentence.start, sentence.end)
    if match is None:
        return []
    return [(Span(start=match.start("phrase"), end=match.end("phrase")), " ".join(match["phrase"].split()))]


def _cut(rest: str, end: re.Pattern[str]) -> str | None:
    stop = end.search(rest)
    words = (rest[: stop.start()] if stop else rest).strip(" \t\n.,;:\"'“”").split()
    return " ".join(words[:_MOST_WORDS]) or None
