"""The page of a paper: its abstract marked up, what it introduces, its claims as a table, where it was read."""

from __future__ import annotations

import sqlite3

from kg.graph import Contribution
from kg.graph.contribution import LinkedClaim
from kg.serve import behind
from kg.serve.answers.shapes import Answer, NotHere, segments, things_by_number
from kg.serve.answers.shapes import paper as paper_shape
from kg.serve.index import Index

__all__ = ["claim_page", "claim_rows", "paper_page"]

_SLOTS = ("subject", "object", "metric", "dataset")


def paper_page(index: Index, name: str) -> Answer:
    """All about a paper, by its node ("paper/x" or "x") or its own id. Raises NotHere."""
    row, contribution = _find(index, name)
    paper = contribution.paper
    by_part = {part: [linked for linked in contribution.mentions if linked.part == part] for part in ("title", "text")}
    mentioned = index.rows(
        """SELECT things.n, introduced, times FROM mentions JOIN things ON things.n = mentions.thing
           WHERE paper = ? ORDER BY type, times DESC, label""",
        row["n"],
    )
    things = things_by_number(index, (found["n"] for found in mentioned))
    return {
        "paper": paper_shape(row),
        "title": segments(paper.title, 0, len(paper.title), by_part["title"]),
        "abstract": segments(paper.text, 0, len(paper.text), by_part["text"]),
        "venue": paper.venue,
        "date": paper.date,
        "authors": list(paper.authors),
        "author_count": paper.author_count,
        "url": paper.url,
        "doi": paper.doi,
        "arxiv": paper.arxiv,
        "code": list(paper.code),
        "other_ids": list(paper.other_ids),
        "introduces": [things[found["n"]] for found in mentioned if found["introduced"]],
        "things": [{"thing": things[found["n"]], "times": found["times"]} for found in mentioned],
        "facts": _facts(index, row["n"]),
        "claims": [_claim(index, contribution, linked) for linked in contribution.claims],
        "sources": [{"file": s.file, "format": s.format, "entry": s.entry, "line": s.line} for s in paper.sources],
        "sparql": behind.paper(row["node"]),
    }


def claim_page(index: Index, claim_id: str) -> Answer:
    """One claim, with its paper. Raises NotHere."""
    full = claim_id if claim_id.startswith("claim/") else f"claim/{claim_id}"
    row = index.row("SELECT papers.* FROM claims JOIN papers ON papers.n = claims.paper WHERE claims.id = ?", full)
    contribution = index.graph.contribution(row["id"]) if row is not None else None
    if row is None or contribution is None:
        raise NotHere(full)
    linked = next(claim for claim in contribution.claims if claim.id == full)
    return {"claim": _claim(index, contribution, linked), "paper": paper_shape(row), "sparql": behind.claim(full)}


def claim_rows(index: Index, where: str, *values: object, limit: int = 500) -> list[Answer]:
    """Claims by a condition on the table of claims, with their things, papers and sentences; in a stable order."""
    rows = index.rows(
        f"""SELECT claims.*, papers.id AS paper_id FROM claims JOIN papers ON papers.n = claims.paper
            WHERE {where} ORDER BY papers.year DESC, claims.n LIMIT ?""",
        *values,
        limit,
    )
    papers = {
        found["n"]: found
        for found in (
            index.rows(
                f"SELECT * FROM papers WHERE n IN ({', '.join('?' * len({r['paper'] for r in rows}))})",
                *sorted({r["paper"] for r in rows}),
            )
            if rows
            else ()
        )
    }
    out = []
    for row in rows:
        contribution = index.graph.contribution(row["paper_id"])
        linked = next((c for c in contribution.claims if c.id == row["id"]), None) if contribution else None
        if contribution is not None and linked is not None:
            out.append(_claim(index, contribution, linked) | {"paper": paper_shape(papers[row["paper"]])})
    return out


def _find(index: Index, name: str) -> tuple[sqlite3.Row, Contribution]:
    node = name if name.startswith("paper/") else f"paper/{name}"
    row = index.row("SELECT * FROM papers WHERE node = ?", node) or index.row("SELECT * FROM papers WHERE id = ?", name)
    contribution = index.graph.contribution(row["id"]) if row is not None else None
    if row is None or contribution is None:
        raise NotHere(node)
    return row, contribution


def _claim(index: Index, contribution: Contribution, linked: LinkedClaim) -> Answer:
    claim = linked.claim
    quantity = claim.quantity
    ids = {slot: getattr(linked, slot) for slot in _SLOTS}
    wanted = [id for id in ids.values() if id is not None]
    known = {
        row["id"]: {"id": row["id"], "label": row["label"], "type": row["type"], "papers": row["papers"]}
        for row in (
            index.rows(f"SELECT * FROM things WHERE id IN ({', '.join('?' * len(wanted))})", *wanted) if wanted else ()
        )
    }
    return {
        "id": linked.id,
        "kind": claim.kind.value,
        **{slot: _slot(getattr(claim, slot), known.get(ids[slot] or "")) for slot in _SLOTS},
        "predicate": claim.predicate,
        "value": claim.value,
        "quantity": {
            "kind": quantity.kind.value,
            "low": quantity.low,
            "high": quantity.high,
            "unit": quantity.unit,
        }
        if quantity
        else None,
        "polarity": claim.polarity.value,
        "score": round(claim.score, 4),
        "segments": segments(
            contribution.paper.text,
            claim.sentence.start,
            claim.sentence.end,
            (m for m in contribution.mentions if m.part == "text"),
        ),
    }


def _slot(words: str | None, thing: Answer | None) -> Answer | None:
    return {"text": words, "thing": thing} if words is not None else None


def _facts(index: Index, paper: int) -> list[Answer]:
    rows = index.rows(
        """SELECT DISTINCT subject.n AS sn, links.predicate, object.n AS oln, links.papers, links.score
           FROM evidence JOIN links ON links.n = evidence.link
           JOIN things subject ON subject.n = links.subject JOIN things object ON object.n = links.object
           WHERE evidence.paper = ? ORDER BY links.predicate, subject.label, object.label""",
        paper,
    )
    things = things_by_number(index, [n for row in rows for n in (row["sn"], row["oln"])])
    return [
        {
            "subject": things[row["sn"]],
            "predicate": row["predicate"],
            "object": things[row["oln"]],
            "papers": row["papers"],
            "score": row["score"],
        }
        for row in rows
    ]
