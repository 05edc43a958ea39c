"""How good an extraction or a linking is, in figures that anyone can check.

`evaluate(gold, predicted, other)` scores records against gold records with the figures of the shared scorer, per type and per fold, and
against a second prediction with a paired bootstrap interval; it also reads the public sets (SciERC, CSAbstruct, CoNLL columns), whose figures are named
apart. `evaluate_links(clusters, things)` scores linking.
"""

from __future__ import annotations

from kg.callable_module import make_callable
from kg.evaluate.evaluation import evaluate
from kg.evaluate.links import LinkReport, evaluate_links
from kg.evaluate.report import Report

__all__ = ["LinkReport", "Report", "evaluate", "evaluate_links"]

make_callable(__name__)
