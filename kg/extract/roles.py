"""Which sentences hold claims, and of which kind.

In: the sentences of an abstract, and what is known about each (does it speak of the paper's own thing, has it numbers, metrics,
datasets). Out: for each sentence the kinds of claim that it holds, with a probability each.
The model is the plainest that works: about seventy cues, each a pattern that can be read (`CUES`) or a fact of position, with a weight for every
kind (logistic regression; the weights are in `roles.tsv`, fitted on our annotated abstracts by `kg.extract.fit_cues`).
What it cannot do: sense a claim that is made without any of the words that claims are made with.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.domain import ClaimKind
from kg.extract.linear import load_table, logistic

__all__ = ["CUES", "KINDS", "SentenceFacts", "features_of", "roles_of"]

KINDS: tuple[str, ...] = ("any", "CONTRIBUTION", "RESULT", "COMPARISON", "FINDING", "LIMITATION")
"""The columns of the weights: whether there is a claim at all, then the kinds."""

_OWN = r"(?:we|our|this (?:paper|work|article|study|thesis|survey|report|book|dissertation)|in this (?:paper|work|article|study)|the (?:paper|authors?))"

CUES: tuple[tuple[str, str], ...] = (
    ("we", r"\bwe\b"),
    ("our", r"\bour\b"),
    ("this paper", r"\b(?:this|the present|in this) (?:paper|work|article|study|thesis|survey|report|book|dissertation)\b"),
    ("propose", rf"\b{_OWN}\b[^.;]{{0,60}}?\b(?:propos|introduc|present|develop|design|devis|contribut)\w*"),
    ("passive propose", r"\b(?:is|are|was|were) (?:\w+ly )?(?:proposed|introduced|presented|developed|designed|described)\b"),
    ("release", r"\b(?:releas\w+|open[- ]sourc\w+|publicly available|made available|make .{0,40}available|code (?:is|are|and|will)|github)\b"),
    ("study", rf"\b{_OWN}\b[^.;]{{0,40}}?\b(?:study|studies|studied|investigat\w+|explor\w+|examin\w+|analy[sz]\w+|address\w*|tackl\w+|consider\w*|revisit\w*|focus\w*|evaluat\w+|compar\w+|discuss\w*|review\w*|survey\w*|assess\w*|describ\w+|aim\w*|seek\w*|test\w*|conduct\w*|perform\w*)"),
    ("build", rf"\b{_OWN}\b[^.;]{{0,40}}?\b(?:build|built|creat\w+|construct\w*|collect\w*|deriv\w+|formulat\w+|defin\w+|extend\w*|establish\w*|provid\w+|offer\w*|giv\w+|implement\w*|adapt\w*|combin\w+|incorporat\w+|integrat\w+)"),
    ("use", rf"\b{_OWN}\b[^.;]{{0,30}}?\b(?:us|utili[sz]|employ|appl|leverag|adopt|exploit|train|learn|model|treat|start|first|then)\w*"),
    ("show that", r"\b(?:show|demonstrat|find|found|prov|observ|reveal|suggest|indicat|confirm|verif|establish|argu|discover|conclud|illustrat|identif|impl|hypothes|highlight|validat)\w* (?:\w+ly )?(?:that|how|why)\b"),
    ("show", r"\b(?:show|demonstrat|reveal|suggest|indicat|confirm|verif|validat|illustrat|highlight|shown)\w*\b"),
    ("prove", r"\b(?:prov(?:e|es|ed|ing|able|ably)|theorem|theoretical\w*|bounds?|guarantee\w*|converge\w*)\b"),
    ("find", rf"\b{_OWN}\b[^.;]{{0,30}}?\b(?:find|found|observ|discover|show|demonstrat|identif|argu|conclud|notic|believ)\w*"),
    ("experiments", r"\b(?:experiment\w*|evaluations?|empirical\w*|results?|simulations?|ablation)\b"),
    ("outperform", r"\b(?:outperform|surpass|exceed|beat|superior|excel)\w*"),
    ("than", r"\b(?:better|worse|higher|lower|faster|slower|fewer|less|more|larger|smaller|greater|stronger|cheaper|easier|other|rather)\b[^.;]{0,40}?\bthan\b"),
    ("compared", r"\b(?:compared (?:to|with)|in comparison|relative to|versus|vs\.?|against|over (?:the |existing |previous |prior |strong )*(?:baseline|state|method|approach|previous|prior|existing))"),
    ("competitive", r"\b(?:competitive|comparable|on par|on-par|similar (?:performance|results|accuracy)|match(?:es|ing)?|rivals?|close to|as well as)\b"),
    ("baseline", r"\bbaselines?\b"),
    ("sota", r"\b(?:state[- ]of[- ]the[- ]arts?|sota)\b"),
    ("achieve", r"\b(?:achiev|attain|obtain|yield|reach|deliver|produc|exhibit|perform)\w*\b"),
    ("achieve sota", r"\b(?:achiev|attain|obtain|yield|set|establish|new|reach|advanc)\w*\b[^.;]{0,30}\b(?:state[- ]of[- ]the[- ]arts?|sota)\b"),
    ("improve", r"\b(?:improv|enhanc|boost|increas|gain|accelerat|speed|strengthen)\w*\b"),
    ("reduce", r"\b(?:reduc|decreas|lower|sav|minimi[sz]|mitigat|alleviat|avoid|eliminat|without)\w*\b"),
    ("effective", r"\b(?:effective|effectiveness|efficacy|efficient|efficiently|effectively|robust|promising|significant|significantly|substantial|substantially|superiority|benefits?|usefulness|advantages?)\b"),
    ("can", r"\b(?:can|could|able to|capable|enabl\w+|allow\w*|allowing)\b"),
    ("is", r"^\W*(?:the |this |these |our |it |they )?[\w\s-]{0,60}?\b(?:is|are)\b"),
    ("crucial", r"\b(?:crucial|important|essential|necessary|key|useful|critical)\b"),
    ("limited", r"\b(?:limitations?|limited|fail\w*|suffer\w*|lack\w*|challeng\w*|difficult\w*|problem\w*|issues?|struggl\w*|unclear|expensive|hard|poor\w*|remain\w*|neglect\w*|ignor\w*|overlook\w*|insufficient)\b"),
    ("however", r"^\W*(?:however|but|yet|despite|although|while|unfortunately|nevertheless|still)\b"),
    ("existing", r"\b(?:existing|previous|prior|recent|recently|current|conventional|traditional|most|many|typically|usually|often|commonly|widely)\b"),
    ("has been", r"\b(?:has|have) (?:recently |also |long |not |rarely |shown|been|become|emerged|achieved|demonstrated|proven)"),
    ("in recent years", r"\b(?:in recent years|recent (?:years|advances|work|works|studies|progress|developments?)|have emerged|plays? an?|growing|increasing(?:ly)?)\b"),
    ("hope", r"\b(?:hope|future (?:work|research|directions?|studies)|plan to|envision|anticipat\w*|further (?:research|exploration)|open (?:question|problem))"),
    ("will", r"\bwill\b"),
    ("to this end", r"^\W*(?:to (?:this end|address|overcome|tackle|alleviate|solve|mitigate|handle|remedy|bridge|fill)|in (?:this|response)|motivated|inspired|based on|building on|toward)"),
    ("specifically", r"^\W*(?:specifically|concretely|in particular|more specifically|in detail|that is|namely|to do so)\b"),
    ("further", r"^\W*(?:moreover|furthermore|additionally|in addition|also|besides|further|finally|lastly|second\w*|third\w*|next|then)\b"),
    ("first", r"\b(?:first|for the first time|to (?:the best of )?our knowledge|novel|new)\b"),
    ("notably", r"^\W*(?:notably|importantly|remarkably|surprisingly|interestingly|crucially|thus|therefore|hence|consequently|as a result|overall|in summary|together)\b"),
    ("question", r"\?\s*[\"'”’)]*$"),
    ("our method", r"\b(?:our|the proposed|the resulting|proposed) (?:[\w-]+ ){0,3}(?:method|approach|model|framework|algorithm|network|architecture|system|technique|strategy|scheme|dataset|benchmark|results?|findings|analysis|experiments?|work|study|theory|formulation|evaluation)s?\b"),
    ("results show", r"\b(?:results?|experiments?|evaluations?|analys[ei]s|findings|simulations|studies|work|study|we|data|paper|theory)\b[^.;]{0,80}?\b(?:show|demonstrat|suggest|indicat|confirm|reveal|verif|validat|prov)\w*"),
    ("dataset of", r"\b(?:dataset|corpus|benchmark|collection)\w*\b[^.;]{0,60}\b(?:of|with|contain\w*|compris\w*|includ\w*|consist\w*|cover\w*|spann\w*)\b"),
    ("on datasets", r"\b(?:on|across|over|in)\b[^.;]{0,50}\b(?:datasets?|benchmarks?|tasks?|corpora|domains|languages|environments?|settings|images|data)\b"),
    ("called", r"\b(?:called|named|dubbed|termed|which we call|we call|refer to)\b"),
    ("cited", r"\b(?:19|20)\d\d\)|\[\d+\]|et al\."),
    ("they", r"^\W*(?:they|it|these|this|such|those|here)\b"),
    ("consists", r"\b(?:consists? of|compris\w+|composed of|contains?|includes?|based on)\b"),
    ("we then", r"\bwe (?:first |then |also |further |next |finally |additionally |thus |empirically |experimentally )"),
    ("learns", r"\b(?:learns?|captures?|encodes?|models?|generates?|predicts?|uses?|employs?|leverages?|exploits?|adapts?|preserves?|provides?|offers?|performs?|requires?|supports?|handles?)\b"),
    ("unlike", r"\b(?:unlike|in contrast|instead|rather than|contrary|while)\b"),
    ("such as", r"\b(?:such as|e\.g\.|including|for example)\b"),
    ("code", r"https?://|\bcode\b"),
)  # fmt: skip
"""Cues by name: patterns over one sentence, in any case."""

_COMPILED = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in CUES)
_STARTS_OWN = re.compile(
    r"\b(?:[Ww]e|[Oo]ur|[Tt]his (?:paper|work|article|study|thesis|survey|report|book|dissertation))\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceFacts:
    """What is known of one sentence beside its words. `own` holds for an introduced thing or a reference to one."""

    text: str
    own: bool = False
    own_first: bool = False
    introduces: bool = False
    quantities: int = 0
    metrics: int = 0
    datasets: int = 0
    methods: int = 0


def features_of(facts: Sequence[SentenceFacts]) -> list[tuple[str, ...]]:
    """The names of the cues that hold for each sentence; cues of the sentence before count as "prev …"."""
    begun = next((i for i, fact in enumerate(facts) if _STARTS_OWN.search(fact.text)), len(facts))
    rows: list[tuple[str, ...]] = []
    for index, fact in enumerate(facts):
        names = ["bias"]
        names += [name for name, pattern in _COMPILED if pattern.search(fact.text)]
        place = index / max(1, len(facts) - 1)
        names += [f"place {min(4, int(place * 5))}"]
        names += ["first"] if index == 0 else ["last"] if index == len(facts) - 1 else []
        names += ["begun"] if index > begun else ["begins"] if index == begun else ["before"]
        names += ["only short"] if len(facts) < 4 else []
        for name, holds in (
            ("own", fact.own), ("own first", fact.own_first), ("introduces", fact.introduces), ("number", fact.quantities > 0),
            ("numbers", fact.quantities > 1), ("metric", fact.metrics > 0), ("dataset", fact.datasets > 0),
            ("methods", fact.methods > 1), ("no method", fact.methods == 0), ("short", len(fact.text) < 80), ("long", len(fact.text) > 240),
        ):  # fmt: skip
            if holds:
                names.append(name)
        rows.append(tuple(names))
    return rows


def roles_of(facts: Sequence[SentenceFacts]) -> list[tuple[tuple[ClaimKind, float], ...]]:
    """For each sentence the kinds that it claims with their probability, the surest first; empty where it claims nothing.

    >>> [[kind.value for kind, _ in roles] for roles in roles_of([
    ...     SentenceFacts(text="Deep networks have recently become popular."),
    ...     SentenceFacts(text="We propose a new layer.", own=True, introduces=True)])]
    [[], ['CONTRIBUTION']]
    """
    weights = load_table("roles.tsv")
    limits = weights["threshold"]
    out: list[tuple[tuple[ClaimKind, float], ...]] = []
    for row in features_of(facts):
        scores = [
            logistic(sum(weights[name][column] for name in row if name in weights)) for column in range(len(KINDS))
        ]
        kinds = [(ClaimKind(KINDS[c]), scores[c]) for c in range(1, len(KINDS)) if scores[c] >= limits[c]]
        if scores[0] < limits[0]:
            kinds = []
        elif not kinds:
            best = max(range(1, len(KINDS)), key=lambda column: scores[column] / limits[column])
            kinds = [(ClaimKind(KINDS[best]), scores[best])]
        out.append(tuple(sorted(kinds, key=lambda item: (-item[1], item[0].value))))
    return out
