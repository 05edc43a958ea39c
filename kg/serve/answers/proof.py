"""Why a fact is kept: the very sentences, marked up, each with its paper."""

from __future__ import annotations

import sqlite3

from kg.domain import Evidence
from kg.graph import PAPER_PREDICATES
from kg.serve import behind
from kg.serve.answers.shapes import Answer, NotHere, cut, thing_row
from kg.serve.answers.shapes import evidence as evidence_shape
from kg.serve.index import Index

__all__ = ["fact_evidence", "link_evidence"]


def fact_evidence(index: Index, subject: str, predicate: str, target: str, *, limit: int = 20) -> Answer:
    """The evidence of one fact, the surest first. Raises NotHere for a fact that is not kept."""
    if predicate in PAPER_PREDICATES:
        return _of_paper(index, subject, predicate, target, limit)
    link = index.row(
        """SELECT links.* FROM links JOIN things s ON s.n = links.subject JOIN things o ON o.n = links.object
           WHERE s.id = ? AND links.predicate = ? AND o.id = ?""",
        subject,
        predicate,
        target,
    )
    if link is None:
        raise NotHere(f"{subject} {predicate} {target}")
    return {
        "fact": [subject, predicate, target],
        "papers": link["papers"],
        "score": link["score"],
        **link_evidence(index, link["n"], limit=limit),
        "sparql": behind.fact(subject, predicate, target),
    }


def link_evidence(index: Index, link: int, *, limit: int = 20) -> Answer:
    """The evidence of a link by its number: one item a sentence, the surest and the newest first."""
    rows = index.rows(
        """SELECT evidence.*, papers.n AS pn, papers.id, papers.node, papers.title, papers.year
           FROM evidence LEFT JOIN papers ON papers.n = evidence.paper WHERE link = ?
           ORDER BY evidence.score DESC, papers.year DESC, papers.n, start, finish""",
        link,
    )
    seen: set[tuple[object, ...]] = set()
    kept: list[sqlite3.Row] = []
    for row in rows:
        place = (row["pn"], row["part"], row["start"], row["finish"])
        if place not in seen:
            seen.add(place)
            kept.append(row)
    items = [_shape(index, row) for row in kept[:limit]]
    return {"total": len(kept), "items": items}


def _shape(index: Index, row: sqlite3.Row) -> Answer:
    item = Evidence(
        paper=row["id"] or "",
        start=row["start"],
        end=row["finish"],
        part=row["part"],
        stage=row["stage"],
        score=row["score"],
    )
    contribution = index.graph.contribution(item.paper) if item.paper else None
    return evidence_shape(index, item, contribution, row if item.paper else None)


def _of_paper(index: Index, subject: str, predicate: str, target: str, limit: int) -> Answer:
    row = index.row("SELECT * FROM papers WHERE node = ?", subject)
    contribution = index.graph.contribution(row["id"]) if row is not None else None
    fact = next(
        (f for f in contribution.facts if f.predicate == predicate and f.object == target)
        if contribution
        else iter(()),
        None,
    )
    if row is None or fact is None:
        raise NotHere(f"{subject} {predicate} {target}")
    if predicate != "claims":
        thing_row(index, target)
    items = []
    seen = set()
    for item in sorted(fact.evidence, key=lambda e: (-e.score, e.part != "title", e.start)):
        shaped = evidence_shape(index, item, contribution, row)
        said = str(shaped["segments"])
        if said not in seen:
            seen.add(said)
            items.append(shaped)
    return {
        "fact": [subject, predicate, target],
        "papers": 1,
        "score": round(fact.score, 4),
        **cut(items, limit),
        "sparql": behind.fact(subject, predicate, target),
    }
