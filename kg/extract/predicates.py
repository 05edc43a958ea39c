"""The predicate of a claim and its polarity, by cue words.

In: the kind of a claim and its sentence. Out: one of the predicates of the guidelines, and whether the claim says yes or no.
"""

from __future__ import annotations

import re

from kg.domain import ClaimKind, Polarity

__all__ = ["polarity_of", "predicate_of"]

_CUES: dict[ClaimKind, tuple[tuple[str, str], ...]] = {
    ClaimKind.CONTRIBUTION: (
        ("surveys", r"\b(?:survey\w*|review(?:s|ed|ing)?|overview|summari[sz]e\w*|taxonomy)\b"),
        ("introduces", r"\b(?:propos\w+|introduc\w+|present\w*|develop\w*|design\w*|devis\w+|novel|call(?:ed)?)\b"),
        ("releases", r"\b(?:releas\w+|open[- ]sourc\w+|publicly available|made available|available at|public)\b"),
        ("analyses", r"\b(?:stud(?:y|ies|ied)|investigat\w+|explor\w+|examin\w+|analy[sz]\w+|address\w*|tackl\w+|evaluat\w+|compar\w+|"
                     r"discuss\w*|assess\w*|consider\w*|focus\w*|revisit\w*|conduct\w*|understand\w*|ask\w*|test\w*|validat\w*|demonstrat\w*)\b"),
    ),
    ClaimKind.RESULT: (
        ("reduces", r"\b(?:reduc\w+|decreas\w+|lower(?:s|ed|ing)|sav(?:es?|ed|ing)|mitigat\w+|alleviat\w+|cut(?:s|ting)?|minimi[sz]\w+|avoid\w*|eliminat\w+)\b"),
        ("improves", r"\b(?:improv\w+|enhanc\w+|boost\w*|increas\w+|accelerat\w+|gains?|strengthen\w*|speed\w* up)\b"),
    ),
    ClaimKind.COMPARISON: (
        ("outperforms", r"\b(?:outperform\w*|surpass\w*|exceed\w*|superior|better|beats?|improv\w+|gains?|more|higher|faster|fewer|cheaper)\b"),
        ("matches", r"\b(?:comparable|competitive|on[- ]par|match(?:es|ing)?|similar|as well as|rivals?|close to|agreement|equal\w*)\b"),
    ),
    ClaimKind.FINDING: (("proves", r"\b(?:prov(?:e|es|ed|ing|ably)|theorem|guarantee\w*|theoretical\w*|bounds?|converge\w*)\b"),),
    ClaimKind.LIMITATION: (),
}  # fmt: skip
_COMPILED = {kind: tuple((name, re.compile(p, re.IGNORECASE)) for name, p in cues) for kind, cues in _CUES.items()}
_DEFAULT = {
    ClaimKind.CONTRIBUTION: "introduces", ClaimKind.RESULT: "achieves", ClaimKind.COMPARISON: "outperforms",
    ClaimKind.FINDING: "shows", ClaimKind.LIMITATION: "lacks",
}  # fmt: skip
_WORSE = re.compile(
    r"\b(?:underperform\w*|worse than|inferior to|falls? (?:short|behind)|lags? behind|fails? to (?:match|outperform|generalize))\b",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:does not|do not|did not|cannot|can not|is not|are not|was not|were not|no (?:evidence|significant|improvement|effect|loss)|fails?|failed|"
    r"unable|neither|hardly|rarely|insufficient|never)\b",
    re.IGNORECASE,
)


def predicate_of(kind: ClaimKind, sentence: str) -> str:
    """The predicate of the guidelines that the sentence's words call for.

    >>> predicate_of(ClaimKind.RESULT, "It cuts the error and reduces cost.")
    'reduces'
    """
    if kind is ClaimKind.COMPARISON and _WORSE.search(sentence):
        return "underperforms"
    return next((name for name, pattern in _COMPILED[kind] if pattern.search(sentence)), _DEFAULT[kind])


def polarity_of(kind: ClaimKind, predicate: str, sentence: str) -> Polarity:
    """Negative for limitations, defeats and findings that deny; neutral for a match; positive otherwise.

    >>> polarity_of(ClaimKind.FINDING, "shows", "Depth does not help.").value
    'negative'
    """
    if kind is ClaimKind.LIMITATION or predicate == "underperforms":
        return Polarity.NEGATIVE
    if kind is ClaimKind.FINDING and _NOT.search(sentence):
        return Polarity.NEGATIVE
    return Polarity.NEUTRAL if predicate == "matches" else Polarity.POSITIVE
