"""What `kg` can do, as functions: the same verbs as the command line, typed in full.

    from kg.verbs import build, query      # or: import kg; kg.build(...), kg.query(...)

Each takes paths and plain values, loads what it needs when it is called, and raises nothing but KgError for what is the
caller's or the data's fault. What it cannot do: talk; progress goes to the listener that is passed in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.domain import Paper, Record, Thing
from kg.errors import StoreError, UsageError, Where

if TYPE_CHECKING:
    from kg.checking import Checked
    from kg.cluster.push import Pushed
    from kg.cluster.shards import Shards
    from kg.evaluate import LinkReport, Report
    from kg.export import Exported, Filters
    from kg.flow.options import BuildReport
    from kg.flow.progress import Progress
    from kg.rdf.questions import NamedQuestion
    from kg.rdf.results import Table, Triples
    from kg.read import Reject
    from kg.store import Folder
    from kg.view import Viewed

__all__ = [
    "backup",
    "build",
    "demo",
    "evaluate",
    "export",
    "extract",
    "link",
    "open",
    "push",
    "query",
    "questions",
    "read",
    "remove",
    "sample_corpus",
    "serve",
    "shards",
    "stats",
    "validate",
    "view",
]

PathLike = str | Path


def build(
    inputs: Sequence[PathLike], output: PathLike, *, progress: Progress | None = None, **options: Any
) -> BuildReport:
    """Read, extract, link and store; on an existing folder add and update.

    options: the fields of `kg.flow.options.BuildOptions` (extractor, min_score, workers, format, columns, encoding,
    max_bytes,
    authority, own_authority, curation, scheduler, cluster).
    """
    from kg.build import build as run
    from kg.flow.options import BuildOptions

    return run(inputs, output, options=BuildOptions(**options), progress=progress)


def remove(graph: PathLike, ids: Sequence[str], *, progress: Progress | None = None) -> BuildReport:
    """Take papers out again, by any id they are known by; what is left is as if they had never been read."""
    from kg.build import remove as run

    return run(graph, ids, progress=progress)


def open(graph: PathLike) -> Folder:
    """A graph folder, opened for reading; use it in a `with`. Its `graph` is the graph, its `triples` the triples."""
    from kg.store import Folder

    return Folder.open(graph)


def sample_corpus() -> Path:
    """The sample corpus that the package carries: abstracts in our own words of well-known papers, JSON Lines."""
    return Path(__file__).parent / "sample" / "papers.jsonl"


def read(
    inputs: Sequence[PathLike], *, on_reject: Callable[[Reject], None] | None = None, **options: Any
) -> Iterator[Paper]:
    """The distinct papers behind the inputs, sorted by id. options: format, columns, encoding, max_bytes."""
    from kg.read import distinct
    from kg.read import read as entries

    told = on_reject or _ignore
    return distinct(entries(inputs, on_reject=told, **options), on_reject=told)


def _ignore(_: Reject) -> None:
    """Nobody asked what could not be read."""


def extract(
    inputs: Sequence[PathLike] | Iterable[Paper],
    *,
    extractor: str | None = None,
    min_score: float = 0.0,
    workers: int | None = None,
    on_reject: Callable[[Reject], None] | None = None,
    progress: Progress | None = None,
    **options: Any,
) -> Iterator[Record]:
    """The extraction stage alone: a record a paper, in the order of ids, or of the papers given.

    inputs: files, folders, patterns, or Papers. options: format, columns, encoding, max_bytes.
    """
    from kg.flow.extraction import records_of

    given = list(inputs)
    papers = [item for item in given if isinstance(item, Paper)]
    if not papers:
        paths = [item for item in given if not isinstance(item, Paper)]
        papers = list(read(paths, on_reject=on_reject, **options))
    return records_of(papers, extractor=extractor, min_score=min_score, workers=workers, progress=progress)


def link(
    records: PathLike | Iterable[Record],
    *,
    authority: Sequence[PathLike] = (),
    own_authority: bool = True,
    curation: PathLike | None = None,
) -> tuple[Thing, ...]:
    """The linking stage alone: one thing a node across papers, sorted by id."""
    from kg.codec import read_records
    from kg.link import link as run
    from kg.link import load_authority, read_curation

    found = read_records(records) if isinstance(records, str | Path) else records
    return run(
        found,
        authority=load_authority(authority, own=own_authority),
        curation=read_curation(curation) if curation is not None else None,
    )


def questions() -> tuple[NamedQuestion, ...]:
    """The named questions, by name."""
    from kg.rdf.questions import questions as run

    return run()


def query(
    graph: PathLike,
    question: str,
    parameters: Mapping[str, str | float] | None = None,
    *,
    timeout: float | None = 60.0,
    max_rows: int | None = 1_000_000,
    min_score: float = 0.0,
    **named: str | float,
) -> Table | Triples | bool:
    """Ask in SPARQL, from a file ("@question.rq"), or a named question with its parameters.

    parameters: of a named question, as a mapping or as keywords. timeout: seconds. max_rows: of the answer; what is more is cut, and the answer says so. min_score: keep the rows whose
    column `confidence` is at least this, in [0, 1].
    """
    from kg.answering import answered
    from kg.rdf.engine import Limits

    limits = Limits(seconds=timeout, rows=max_rows)
    return answered(graph, question, {**(parameters or {}), **named}, limits=limits, min_score=min_score)


def sparql(graph: PathLike, question: str, parameters: Mapping[str, str | float] | None = None) -> str:
    """The SPARQL behind a question: itself, the file's text, or the named question with its parameters in place."""
    from kg.answering import sparql_of

    return sparql_of(graph, question, parameters or {})


def export(
    graph: PathLike, formats: Sequence[str], directory: PathLike, *, filters: Filters | None = None
) -> tuple[Exported, ...]:
    """Write the graph, or what the filters keep, in the formats of other tools; "all" stands for every one."""
    from kg.export import FORMATS
    from kg.export import export as run

    names = list(FORMATS) if "all" in formats else list(formats)
    if not names:
        raise UsageError("no format is named", to_do="name some of kg export --list, or all")
    with open(graph) as folder:
        return run(folder.graph, names, directory, filters=filters)


def view(
    graph: PathLike,
    path: PathLike,
    *,
    filters: Filters | None = None,
    max_nodes: int | None = None,
    explorer: bool = False,
) -> Viewed:
    """Write one HTML page that needs no network: the picture, or the whole explorer."""
    with open(graph) as folder:
        if explorer:
            from kg.serve.embed import write_explorer

            explored: Viewed = write_explorer(folder.graph, path, filters=filters)
            return explored
        from kg.view.page import view as run

        if max_nodes is None:
            return run(folder.graph, path, filters=filters)
        return run(folder.graph, path, filters=filters, max_nodes=max_nodes)


def serve(
    graph: PathLike,
    *,
    host: str = "127.0.0.1",
    port: int = 8765,
    ready: Callable[[str], None] | None = None,
    **options: Any,
) -> None:
    """Serve the explorer and the SPARQL endpoint until interrupted; `ready` is told the address.

    options: the fields of `kg.serve.options.ServeOptions` (seconds, rows, memory_mb, workers, cors, writable, …).
    """
    from kg.serve.application import serve as run
    from kg.serve.options import ServeOptions

    try:
        chosen = ServeOptions(**options)
    except ValueError as error:
        raise UsageError(str(error)) from error
    run(graph, host=host, port=port, options=chosen, ready=ready)


def validate(graph: PathLike, *, papers: int | None = 2_000) -> Checked:
    """What is wrong with a graph: the folder's integrity first, then SHACL; and how much of it SHACL has looked at.

    papers: how many papers, and how many things, SHACL looks at at most; None for all, at about a tenth of a second each.
    """
    from kg.checking import validated

    return validated(graph, papers=papers)


def stats(graph: PathLike) -> dict[str, Any]:
    """How much is in a graph: papers, entries_read, rejected, entities, mentions, relations, claims, nodes, edges, triples."""
    with open(graph) as folder:
        return folder.stats()


def evaluate(
    gold: PathLike, predicted: PathLike, *, against: PathLike | None = None, links: bool = False
) -> Report | LinkReport:
    """Precision, recall and F1 of every figure, per type; against a second prediction with a bootstrap interval.

    links: score linking in place of extraction: clusters of names as gold, things as predicted.
    Files of public sets (SciERC, CSAbstruct, CoNLL columns) are told by their content and scored as is usual for them.
    """
    from kg.evaluate import evaluate as run
    from kg.evaluate import evaluate_links

    if links:
        if against is not None:
            raise UsageError("linking is not compared with a second prediction", to_do="score each by itself")
        return evaluate_links(gold, predicted)
    return run(gold, predicted, against)


def backup(graph: PathLike, target: PathLike) -> None:
    """Copy a graph folder, also while it is in use; the copy is one published state."""
    from kg.store import backup as run

    run(Path(graph), Path(target))


def push(
    graph: PathLike,
    store: str,
    *,
    batch: int = 20_000,
    headers: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Pushed:
    """Send a graph to a SPARQL 1.1 server by the Graph Store Protocol; a push that broke off goes on where it stopped.

    store: the server's graph store, as in http://localhost:7878/store. batch: triples a request. headers: sent with each.
    """
    from kg.cluster.push import push as run

    return run(graph, store, batch=batch, headers=headers, progress=progress)


def shards(
    inputs: Sequence[PathLike],
    target: str,
    *,
    shard: int = 2_000,
    partitions: int = 32,
    progress: Progress | None = None,
    **options: Any,
) -> Shards:
    """The graph of papers as files of N-Quads below `target`, a path or an fsspec address (extra `cluster`).

    shard: papers of one. partitions: parts that names and things are hashed into. options: as for `build`. Started
    again after a stop, it keeps the shards whose papers were read.
    """
    from kg.flow.options import BuildOptions

    try:
        from kg.cluster.shards import build_shards
    except ModuleNotFoundError as error:
        to_do = "install it: pip install 'abstract-kg[cluster]'"
        raise UsageError(f"shards need {error.name}", to_do=to_do) from error
    chosen = BuildOptions(**options)
    return build_shards(inputs, target, options=chosen, shard=shard, partitions=partitions, progress=progress)


def demo(directory: PathLike = "demo", *, progress: Progress | None = None) -> BuildReport:
    """The whole way on the sample corpus: `directory`/graph and `directory`/page.html.

    Raises StoreError where the directory cannot be made.
    """
    folder = Path(directory)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"cannot be made: {error.strerror}", where=Where(file=str(folder))) from error
    report = build([sample_corpus()], folder / "graph", progress=progress)
    view(folder / "graph", folder / "page.html")
    return report
