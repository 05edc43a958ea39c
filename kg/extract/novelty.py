"""Objects of the verbs of presenting: "we propose X and Y", "this paper introduces X", "introducing X".

In: a sentence and its mentions. Out: mentions that stand in such an object, each with the cue by which.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.domain import EntityType, Mention, Span

__all__ = ["presented"]

_ADVERBS = r"(?:\w+ly,?\s|then\s|also\s|first\s|further\s|next\s|here\s|thus\s|therefore\s|hence\s|now\s|will\s|\(\w+\)\s){0,2}"
_STRONG = "propose|introduce|present|develop|design|devise|release|contribute|coin|invent|implement|put forward"
_WEAK = "construct|create|build|describe|formulate|define|derive|establish|provide|offer|collect|suggest|curate|devote|use|study"
_WORK = r"(?:paper|work|article|study|book|thesis|dissertation|report)"
_PRESENT = re.compile(
    rf"\b(?:(?:[Ww]e|[Tt]his {_WORK}|[Ii]t|authors?|and|to)\s{_ADVERBS}(?P<strong>{_STRONG})(?:s|d|ed)?|"
    rf"(?:[Ww]e|[Tt]his {_WORK})\s{_ADVERBS}(?P<weak>{_WEAK})(?:s|d|ed)?|"
    r"(?P<ing>introducing|proposing|presenting|developing|designing|releasing|devising))\b"
)
_NOTION = re.compile(
    r"\s(?:the|an?)\s(?:(?:novel|new|general)\s)?(?:notion|concept|idea|use|usage|family|class|series|set|task|problem)s?\sof\s"
)
_STOPS = re.compile(
    r"\b(?:for|to|that|which|where|based|using|with|by|from|on|in|whose|via|through|when|so|as|aim|utili[sz]ing|leveraging|"
    r"employing|combining|consisting|capable|suitable|inspired|of)\b|[;:]|\.\s"
)
_THEN_NAMED = re.compile(
    r"\)?,?\s(?:which\s(?:we|is)\s)?(?:(?:called|call|named|name|termed|term|dubbed|namely|i\.e\.)\s)?(?:as\s)?(?:the\s)?[\"'“*]{0,2}"
)
_AND = re.compile(r"\s?\(\s?|\)?,?\s(?:and|as well as)\s(?:an?\s|the\s)?(?:[\w-]+\s){0,2}")
_FAR = 7


def presented(text: str, sentence: Span, inside: Sequence[Mention]) -> Iterator[tuple[Mention, str]]:
    """Mentions in objects of presenting verbs, with "strong", "weak" or "ing" for the verb; those after a first one as "and",
    a description that a name follows as "described", mentions behind the first modifier as "modifier".
    """
    for match in _PRESENT.finditer(text, sentence.start, sentence.end):
        kind = str(match.lastgroup)
        notion = _NOTION.match(text, match.end(), sentence.end)
        begin = notion.end() if notion else match.end()
        stop = _STOPS.search(text, begin, sentence.end)
        limit = stop.start() if stop else sentence.end
        after = [m for m in inside if m.start >= begin]
        direct = [m for m in after if m.start < limit]
        if not direct and after and len(text[begin : after[0].start].split()) <= _FAR:
            yield after[0], f"{kind} modifier"
        yield from _direct(text, begin, kind, direct, after)


def _direct(
    text: str, begin: int, kind: str, direct: Sequence[Mention], after: Sequence[Mention]
) -> Iterator[tuple[Mention, str]]:
    last: Mention | None = None
    for mention in direct:
        gap = text[begin if last is None else last.end : mention.start]
        if last is None:
            if len(gap.split()) > _FAR:
                return
            named = _named_after(text, mention, after)
            if named is not None:
                yield mention, "described"
                yield named, kind
                last = named
                continue
            task = " task" if mention.type is EntityType.TASK else ""
            yield mention, kind + task
        elif mention.start < last.end:
            continue
        elif _AND.fullmatch(gap):
            yield mention, "and"
        else:
            return
        last = mention


def _named_after(text: str, mention: Mention, after: Sequence[Mention]) -> Mention | None:
    """The name that follows a description: "a simple augmentation technique, HiddenCut"."""
    following = next((m for m in after if m.start >= mention.end), None)
    if following is None or not following.text[0].isupper() or mention.text[:1].isupper():
        return None
    return following if _THEN_NAMED.fullmatch(text, mention.end, following.start) else None
