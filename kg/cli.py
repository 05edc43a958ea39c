"""The command line: each command calls one function of `kg.verbs` and shows what it gives.

Exit status: 0 done; 1 done, but entries were rejected and `--strict` was asked for, or `validate` found something;
2 the user's error; 3 our own. Results go to standard output, talk to standard error.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from kg import arguments, terminal, verbs
from kg.errors import KgError, UsageError, Where
from kg.given import building, filters, progress_of, reading

if TYPE_CHECKING:
    from kg.flow.options import BuildReport
    from kg.read import Reject

__all__ = ["main"]

DONE, REJECTED, YOURS, OURS = range(4)

_SHOWN_REJECTS = 5


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; its exit status. No KgError leaves this function."""
    parser = arguments.parser()
    given, rest = parser.parse_known_args(argv)
    if rest and given.command != "query":
        parser.error(f"{given.command} does not take {rest[0]}")
    given.rest = rest
    try:
        return _RUN[given.command](given)
    except KgError as error:
        terminal.say_error(error)
        return YOURS
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        terminal.say("kg: stopped; start it again and it goes on from here")
        return 130


def run() -> None:
    """The program `kg`. What is our own fault is one line and exit status 3; KG_DEBUG=1 shows the traceback."""
    if not os.environ.get("KG_DEBUG"):
        sys.excepthook = _our_fault
    sys.exit(main())


def _our_fault(kind: type[BaseException], error: BaseException, _: TracebackType | None) -> None:
    terminal.say_error(
        f"internal error: {kind.__name__}: {error}; run it again with KG_DEBUG=1 and report what it says"
    )
    sys.stdout.flush()
    os._exit(OURS)


def _build(given: argparse.Namespace) -> int:
    with ExitStack() as stack:
        progress = progress_of(given, stack)
        report = verbs.build(given.inputs, given.output, progress=progress, **building(given))
    _report(given, report, given.output)
    return REJECTED if given.strict and report.stats["rejected"] else DONE


def _report(given: argparse.Namespace, report: BuildReport, graph: str) -> None:
    if given.json:
        done = {name: getattr(report, name) for name in ("read", "rejected", "extracted", "papers", "things")}
        terminal.show_json({"stats": report.stats, "changed": done, "seconds": report.seconds})
        return
    stats = report.stats
    terminal.show(
        f"{graph}: {stats['papers']:,} papers from {stats['entries_read']:,} entries, {stats['rejected']:,} rejected; "
        f"{sum(stats['entities'].values()):,} things, {sum(stats['claims'].values()):,} claims, {stats['edges']:,} facts"
    )
    if given.quiet:
        return
    for remark in report.remarks:
        terminal.say(f"kg: {remark}")
    if stats["rejected"]:
        _say_rejects(Path(graph))


def _say_rejects(graph: Path) -> None:
    with verbs.open(graph) as folder:
        rejects = list(folder.rejects())
    for reject in rejects[:_SHOWN_REJECTS]:
        place = Where(file=reject.get("file"), line=reject.get("line"), entry=reject.get("entry"))
        terminal.say(f"rejected: {place}: {reject['reason']}")
    terminal.say(f"rejected: {len(rejects):,} in all; {graph / 'rejects.jsonl'} has each with its reason")


def _remove(given: argparse.Namespace) -> int:
    with terminal.Bars(quiet=given.quiet) as progress:
        report = verbs.remove(given.graph, given.ids, progress=progress)
    _report(given, report, given.graph)
    return DONE


def _extract(given: argparse.Namespace) -> int:
    from kg.codec import dumps

    rejects: list[Reject] = []
    with terminal.Bars(quiet=given.quiet) as progress:
        records = verbs.extract(
            given.inputs,
            extractor=given.extractor,
            min_score=given.min_score or 0.0,
            workers=given.workers,
            on_reject=rejects.append,
            progress=progress,
            **reading(given),
        )
        count = terminal.write_lines((dumps(record) for record in records), given.output)
    for reject in () if given.quiet else rejects:
        terminal.say(f"rejected: {reject}")
    if given.json and given.output != "-":
        terminal.show_json({"records": count, "rejected": len(rejects)})
    return REJECTED if given.strict and rejects else DONE


def _link(given: argparse.Namespace) -> int:
    from kg.link import thing_to_json

    things = verbs.link(
        given.records,
        authority=given.authority or (),
        own_authority=not given.no_own_authority,
        curation=given.curation,
    )
    count = terminal.write_lines((thing_to_json(thing) for thing in things), given.output)
    if given.json and given.output != "-":
        terminal.show_json({"things": count})
    return DONE


def _query(given: argparse.Namespace) -> int:
    from kg.asking import ask

    ask(given)
    return DONE


def _export(given: argparse.Namespace) -> int:
    if given.list:
        from kg.export import FORMATS

        rows = [
            (name, ", ".join(form.files), form.description, ", ".join(form.loads_in)) for name, form in FORMATS.items()
        ]
        if given.json:
            terminal.show_json([dict(zip(("name", "files", "what", "opens"), row, strict=True)) for row in rows])
        else:
            terminal.show_table(("format", "files", "what it is", "what opens it"), rows)
        return DONE
    if given.graph is None:
        raise UsageError("export needs a graph", to_do="kg export GRAPH FORMAT... -o DIR; --list shows the formats")
    written = verbs.export(given.graph, given.formats, given.output, filters=filters(given))
    names = ("format", "path", "nodes", "edges", "bytes")
    if given.json:
        values = [(w.format, str(w.path), w.nodes, w.edges, w.bytes) for w in written]
        terminal.show_json([dict(zip(names, value, strict=True)) for value in values])
    elif not given.quiet:
        shown = [(w.format, str(w.path), f"{w.nodes:,}", f"{w.edges:,}", f"{w.bytes:,}") for w in written]
        terminal.show_table(names, shown)
    return DONE


def _view(given: argparse.Namespace) -> int:
    viewed = verbs.view(
        given.graph, given.output, filters=filters(given), max_nodes=given.max_nodes, explorer=given.explorer
    )
    if given.json:
        terminal.show_json({"path": str(viewed.path), "nodes": viewed.nodes, "edges": viewed.edges})
    elif not given.quiet:
        terminal.show(f"{viewed.path}: {viewed.nodes:,} nodes and {viewed.edges:,} edges; open it in any browser")
    return DONE


def _serve(given: argparse.Namespace) -> int:
    verbs.serve(
        given.graph,
        host=given.host,
        port=given.port,
        seconds=given.timeout,
        rows=given.max_rows,
        cors=tuple(given.cors),
        writable=given.writable,
        ready=lambda address: terminal.say(f"{given.graph} is at {address} ; SPARQL at {address}sparql ; Ctrl-C stops"),
    )
    return DONE


def _validate(given: argparse.Namespace) -> int:
    checked = verbs.validate(given.graph, papers=None if given.all else 2_000)
    if given.json:
        looked_at = {"papers": checked.papers, "things": checked.things}
        terminal.show_json({"conforms": checked.conforms, "findings": list(checked.findings), "shacl": looked_at})
    else:
        for finding in checked.findings:
            terminal.show(finding)
        found = f"{len(checked.findings):,} findings" if checked.findings else "nothing to complain of"
        terminal.say(f"{given.graph}: {found}")
        if checked.of_papers and not given.quiet:
            terminal.say(
                f"SHACL looked at {checked.papers:,} of {checked.of_papers:,} papers and {checked.things:,} of "
                f"{checked.of_things:,} things; the folder's checks and the rules of the whole graph see all"
            )
    return DONE if checked.conforms else REJECTED


def _stats(given: argparse.Namespace) -> int:
    values = verbs.stats(given.graph)
    if given.json:
        terminal.show_json(values)
    else:
        terminal.show(terminal.pairs(values))
    return DONE


def _evaluate(given: argparse.Namespace) -> int:
    report = verbs.evaluate(given.gold, given.predicted, against=given.against, links=given.links)
    if given.json:
        terminal.show_json(report.as_json())
    else:
        terminal.show(report.as_text())
    return DONE


def _backup(given: argparse.Namespace) -> int:
    verbs.backup(given.graph, given.target)
    if not given.quiet:
        terminal.say(f"{given.graph} is copied to {given.target}")
    return DONE


def _push(given: argparse.Namespace) -> int:
    from kg.elsewhere import push

    push(given)
    return DONE


def _shards(given: argparse.Namespace) -> int:
    from kg.elsewhere import shards

    rejected = shards(given)
    return REJECTED if given.strict and rejected else DONE


def _demo(given: argparse.Namespace) -> int:
    from kg.asking import show_answer

    with terminal.Bars(quiet=given.quiet) as progress:
        report = verbs.demo(given.output, progress=progress)
    folder = Path(given.output)
    _report(given, report, str(folder / "graph"))
    if given.json:
        return DONE
    page = (folder / "page.html").resolve().as_uri()
    terminal.show(f"page: {page}")
    terminal.show("\nkg query " + str(folder / "graph") + " outperforms --method BERT")
    show_answer(verbs.query(folder / "graph", "outperforms", method="BERT"), "table")
    terminal.show(f"next: kg serve {folder / 'graph'}   walks through it in the browser")
    return DONE


_RUN: dict[str, Callable[[argparse.Namespace], int]] = {
    "backup": _backup,
    "build": _build,
    "demo": _demo,
    "evaluate": _evaluate,
    "export": _export,
    "extract": _extract,
    "link": _link,
    "push": _push,
    "query": _query,
    "remove": _remove,
    "serve": _serve,
    "shards": _shards,
    "stats": _stats,
    "validate": _validate,
    "view": _view,
}

if __name__ == "__main__":
    run()
