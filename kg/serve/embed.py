"""The explorer as one HTML file that asks nobody: the same front end, with the answers inside.

Answers of fixed addresses (things, papers, views) are made ahead; those with free parameters (search, ways between two
things, common ground, sentences) the page finds in tables that it carries. Everything is JSON, compressed and encoded,
so that no text of a paper can become markup; scripts and styles are allowed by their hash alone, and no connection at all.
What it cannot do: SPARQL. Made for graphs up to some thousand papers; `kg serve` is for more.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from kg.errors import ExportError, Where
from kg.graph import Graph
from kg.graph.filters import Filters
from kg.serve import behind
from kg.serve.answers.about import about
from kg.serve.answers.family import family
from kg.serve.answers.gaps import gaps
from kg.serve.answers.growth import growth
from kg.serve.answers.leaderboard import leaderboard, leaderboards
from kg.serve.answers.overview import community, overview
from kg.serve.answers.paper import paper_page
from kg.serve.answers.proof import link_evidence
from kg.serve.answers.rivals import rivals
from kg.serve.answers.shapes import Answer
from kg.serve.answers.thing import thing_page
from kg.serve.index import Index, plain
from kg.serve.pages import asset

__all__ = ["explorer_page", "write_explorer"]

_SHOWN_ON_MAP = 2500
_FAMILIES = 400
_BOARDS = 60


def write_explorer(graph: Graph, path: str | Path, *, filters: Filters | None = None, title: str | None = None) -> Any:
    """Write the explorer of a graph, or of what the filters keep, as one HTML file; replaced only when all is written.

    Returns `kg.view.page.Viewed`. Raises ExportError where the file cannot be written.
    """
    from kg.graph.projection import Projection
    from kg.graph.subgraph import Subgraph
    from kg.view.page import Viewed

    target = Path(path)
    whole = graph.counts()
    kept = graph if filters is None or filters.all else Subgraph(Projection(graph, filters))
    page = explorer_page(kept, title=title or "Knowledge graph")
    counts = kept.counts()
    try:
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as file:
            try:
                file.write(page)
                file.flush()
                os.fsync(file.fileno())
                Path(file.name).chmod(0o644)
                Path(file.name).replace(target)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise
    except OSError as error:
        raise ExportError(f"cannot be written: {error.strerror}", where=Where(file=str(target))) from error
    return Viewed(
        path=target,
        nodes=counts.nodes,
        edges=counts.edges,
        all_nodes=whole.nodes,
        all_edges=whole.edges,
        bytes=len(page),
    )


def explorer_page(graph: Graph, *, title: str = "Knowledge graph") -> bytes:
    """The whole page, UTF-8. The same graph gives the same bytes."""
    index = Index.of(graph)
    text = "\n".join(_lines(index, title))
    packed = base64.b64encode(gzip.compress(text.encode("utf-8", "replace"), 9, mtime=0)).decode()
    script, style = asset("single.js").decode(), asset("explorer.css").decode()
    icon = base64.b64encode(asset("icon.svg")).decode()
    policy = f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; img-src data: blob:; base-uri 'none'"
    shown = html.escape(title)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">'
        f'<title>{shown}</title><link rel="icon" href="data:image/svg+xml;base64,{icon}"><style>{style}</style></head>'
        f'<body data-title="{shown}"><div id="app"><p>Unpacking the graph …</p></div>'
        f'<script type="application/octet-stream" id="data">{packed}</script><script>{script}</script></body></html>\n'
    ).encode()


def _lines(index: Index, title: str) -> Iterator[str]:
    """The tables, then a line an answer and a line a fact: its key, a tab, and JSON, which holds no line end."""
    yield _json(_tables(index))
    for address, answer in _answers(index, title).items():
        yield f"{address}\t{_json(answer)}"
    for fact, proof in _proofs(index):
        yield f"{fact}\t{_json(proof)}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _answers(index: Index, title: str) -> dict[str, Answer]:
    """Answers by address, as the page asks for them."""
    made: dict[str, Answer] = {
        "/api/about": about(index, title=title),
        "/api/overview": overview(index, shown=_SHOWN_ON_MAP),
        "/api/leaderboards": leaderboards(index),
        "/api/rivals": rivals(index),
        "/api/growth": growth(index, []),
    }
    kinds = [row["type"] for row in index.rows("SELECT DISTINCT type FROM things ORDER BY type")]
    for rows in kinds:
        for columns in kinds:
            made[f"/api/gaps?rows={rows}&columns={columns}"] = gaps(index, rows=rows, columns=columns)
    for row in index.rows("SELECT n FROM communities ORDER BY n"):
        made[f"/api/community/{row['n']}"] = community(index, row["n"])
    for board in made["/api/leaderboards"]["items"][:_BOARDS]:
        name = board["thing"]["id"].removeprefix("thing/")
        answer = leaderboard(index, name)
        made[f"/api/leaderboard?dataset={quote(name, safe='')}"] = answer
        for task in answer["tasks"]:
            wanted = task["id"].removeprefix("thing/")
            address = f"/api/leaderboard?dataset={quote(name, safe='')}&task={quote(wanted, safe='')}"
            made[address] = leaderboard(index, name, task=wanted)
    for row in index.rows("SELECT id, type FROM things ORDER BY n"):
        made[f"/api/{row['id']}"] = thing_page(index, row["id"], limit=10_000)
    for row in index.rows("SELECT node FROM papers ORDER BY n"):
        made[f"/api/{row['node']}"] = paper_page(index, row["node"])
    related = index.rows(
        """SELECT id FROM things WHERE n IN (SELECT subject FROM links WHERE predicate IN ('isA', 'basedOn')
           UNION SELECT object FROM links WHERE predicate IN ('isA', 'basedOn')) ORDER BY papers DESC, n LIMIT ?""",
        _FAMILIES,
    )
    for row in related:
        made[f"/api/family/{row['id'].removeprefix('thing/')}"] = family(index, row["id"])
    better = index.rows(
        """SELECT id FROM things WHERE n IN (SELECT subject FROM links WHERE predicate = 'outperforms'
           UNION SELECT object FROM links WHERE predicate = 'outperforms') ORDER BY papers DESC, n LIMIT ?""",
        _FAMILIES,
    )
    for row in better:
        name = row["id"].removeprefix("thing/")
        made[f"/api/rivals?thing={quote(name, safe='')}"] = rivals(index, thing_id=name)
    return made


def _tables(index: Index) -> dict[str, Any]:
    """What the page computes with: papers, things with their forms, links, who names what, and the sentences."""
    papers = index.rows("SELECT id, node, title, year FROM papers ORDER BY n")
    things = []
    for row in index.rows("SELECT * FROM things ORDER BY n"):
        label = plain(row["label"])
        forms = {plain(form): form for form, _ in reversed(json.loads(row["aliases"]))}
        kept = [form for key, form in sorted(forms.items()) if key != label]
        things.append({key: row[key] for key in ("id", "label", "type", "papers")} | {"forms": kept})
    links = index.rows("SELECT * FROM links ORDER BY papers DESC, score DESC, n")
    names: list[list[int]] = [[] for _ in papers]
    for row in index.rows("SELECT paper, thing FROM mentions ORDER BY paper, thing"):
        names[row["paper"]].append(row["thing"])
    return {
        "papers": [dict(row) for row in papers],
        "things": things,
        "links": [
            [row["subject"], row["predicate"], row["object"], row["papers"], row["score"], row["first"], row["last"]]
            for row in links
        ],
        "names": names,
        "years": [row["year"] for row in papers],
        "sparql": {
            "claim": behind.claim("$a"),
            "paths": behind.paths("$a", "$b"),
            "common": behind.common(["$all"]),
            "growth": behind.growth(["$all"]),
            "search": behind.search("$words"),
        },
    }


def _proofs(index: Index) -> Iterator[tuple[str, list[list[Any]]]]:
    """ "subject predicate object" and its sentences: [number of the paper, part, segments, stage, score]."""
    number = {row["node"]: row["n"] for row in index.rows("SELECT n, node FROM papers")}
    links = index.rows(
        """SELECT links.n, s.id AS s, predicate, o.id AS o FROM links
           JOIN things s ON s.n = links.subject JOIN things o ON o.n = links.object ORDER BY links.n"""
    )
    for link in links:
        proof = [
            [
                number[item["paper"]["node"]] if item["paper"] else -1,
                item["part"],
                item["segments"],
                item["stage"],
                item["score"],
            ]
            for item in link_evidence(index, link["n"], limit=12)["items"]
        ]
        yield f"{link['s']} {link['predicate']} {link['o']}", proof
