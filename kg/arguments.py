"""The command line's grammar: every command, its arguments and its help. Standard library only, so that help is fast.

What it cannot do: act; `kg.cli` binds each command to one public function.
"""

from __future__ import annotations

import argparse

__all__ = ["COMMANDS", "parser"]

_EXIT = "exit status: 0 done; 1 done, but entries were rejected and --strict was asked for; 2 your error; 3 our own"


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not 1 or more")
    return number


def _probability(text: str) -> float:
    number = float(text)
    if not 0.0 <= number <= 1.0:
        raise argparse.ArgumentTypeError(f"{text} is not from 0 to 1")
    return number


_UNITS = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30}


def _size(text: str) -> int:
    """Bytes: 5000000, 500k, 200M, 2G.

    >>> _size("2k")
    2048
    """
    unit = text[-1:].lower() if text[-1:].isalpha() else ""
    number = text[: len(text) - len(unit)]
    if unit not in _UNITS or not number.isdigit() or int(number) < 1:
        raise argparse.ArgumentTypeError(f"{text} is no size; write it like 500k, 200M or 2G")
    return int(number) * _UNITS[unit]


def _column(text: str) -> tuple[str, str]:
    field, equals, column = text.partition("=")
    if not equals or not field or not column:
        raise argparse.ArgumentTypeError(f"{text} is not FIELD=COLUMN, like title=Title")
    return field, column


def _reading(command: argparse.ArgumentParser, *, many: str = "+") -> None:
    command.add_argument("inputs", nargs=many, metavar="INPUT", help="files, folders, patterns; - for standard input")
    command.add_argument("--format", metavar="NAME", help="format of the inputs (default: told by content)")
    command.add_argument(
        "--columns", nargs="+", type=_column, metavar="FIELD=COLUMN", help="for tables: our field, their column"
    )
    command.add_argument(
        "--max-bytes", type=_size, metavar="N", help="most bytes of one file, unpacked: 500k, 200M, 2G"
    )
    command.add_argument("--encoding", metavar="NAME", help="of text files (default: UTF-8)")
    command.add_argument("--strict", action="store_true", help="exit status 1 if an entry was rejected")
    command.add_argument("--extractor", metavar="NAME", help="model or rules (default: the best that is installed)")
    command.add_argument("--min-score", type=_probability, metavar="S", help="keep what is at least this sure, 0 to 1")
    command.add_argument("--workers", type=_positive, metavar="N", help="processes that extract (default: one a core)")


def _linking(command: argparse.ArgumentParser) -> None:
    command.add_argument("--authority", action="append", metavar="FILE", help="a SKOS file to link to, beside our own")
    command.add_argument("--no-own-authority", action="store_true", help="do without our own concepts")
    command.add_argument(
        "--curation", metavar="FILE", help="your word: same, never-same, label, type; kept in the folder"
    )


def _filters(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--type", action="append", default=[], metavar="CLASS", help="only nodes of this class; repeat"
    )
    command.add_argument("--relation", action="append", default=[], metavar="NAME", help="only these edges; repeat")
    command.add_argument("--min-papers", type=int, default=0, metavar="N", help="things named by at least N papers")
    command.add_argument("--min-support", type=int, default=0, metavar="N", help="edges stated by at least N papers")
    command.add_argument("--min-score", type=_probability, default=0.0, metavar="S", help="at least this sure, 0 to 1")
    command.add_argument("--since", type=int, metavar="YEAR", help="papers of this year or later")
    command.add_argument("--until", type=int, metavar="YEAR", help="papers of this year or earlier")
    command.add_argument("--around", metavar="THING", help="only what is near a thing, by any of its names")
    command.add_argument("--depth", type=int, default=1, metavar="N", help="how near: edges from --around (default: 1)")


def _working(command: argparse.ArgumentParser) -> None:
    command.add_argument("--log", metavar="FILE", help="write progress as JSON lines")
    command.add_argument("--scheduler", metavar="ADDRESS", help="send the work to this Dask scheduler")
    command.add_argument("--cluster", metavar="local:N", help="send the work to a Dask cluster of N workers here")


def _build(command: argparse.ArgumentParser) -> None:
    _reading(command, many="*")
    _linking(command)
    command.add_argument("-o", "--output", required=True, metavar="GRAPH", help="the graph folder; made, or added to")
    _working(command)


def _shards(command: argparse.ArgumentParser) -> None:
    _reading(command)
    _linking(command)
    command.add_argument("-o", "--output", required=True, metavar="DIR", help="a folder, or an address fsspec knows")
    command.add_argument("--shard", type=_positive, default=2000, metavar="N", help="papers of a shard (default: 2000)")
    command.add_argument(
        "--partitions", type=_positive, default=32, metavar="N", help="parts that names are hashed into (default: 32)"
    )
    _working(command)


def _push(command: argparse.ArgumentParser) -> None:
    command.add_argument("graph", metavar="GRAPH")
    command.add_argument("store", metavar="URL", help="the server's graph store, as in http://localhost:7878/store")
    command.add_argument(
        "--batch", type=_positive, default=20_000, metavar="N", help="triples of a request (default: 20,000)"
    )
    command.add_argument(
        "--header", action="append", default=[], metavar="'NAME: VALUE'", help="sent with each request; @FILE as value"
    )


def _validate(command: argparse.ArgumentParser) -> None:
    command.add_argument("graph", metavar="GRAPH")
    command.add_argument(
        "--all", action="store_true", help="SHACL for every node, not for 2,000 papers and 2,000 things spread evenly"
    )


def _remove(command: argparse.ArgumentParser) -> None:
    command.add_argument("graph", metavar="GRAPH")
    command.add_argument("ids", nargs="+", metavar="ID", help="ids of papers, as kg query GRAPH papers shows them")


def _extract(command: argparse.ArgumentParser) -> None:
    _reading(command)
    command.add_argument(
        "-o", "--output", default="-", metavar="FILE", help="JSON lines, one a paper (default: stdout)"
    )


def _link(command: argparse.ArgumentParser) -> None:
    command.add_argument("records", metavar="RECORDS", help="JSON lines, as kg extract writes them")
    command.add_argument(
        "-o", "--output", default="-", metavar="FILE", help="JSON lines, one a thing (default: stdout)"
    )
    _linking(command)


def _query(command: argparse.ArgumentParser) -> None:
    command.add_argument("graph", nargs="?", metavar="GRAPH")
    command.add_argument("question", nargs="?", metavar="SPARQL|@FILE|NAME", help="then --PARAMETER VALUE of a NAME")
    command.add_argument("--list", action="store_true", help="the named questions, with their parameters")
    command.add_argument("--show", action="store_true", help="print the SPARQL and do not run it")
    formats = ("table", "csv", "tsv", "json", "xml", "turtle", "ntriples")
    command.add_argument("--format", choices=formats, help="default: table on a terminal, csv in a pipe")
    command.add_argument("--timeout", type=float, default=60.0, metavar="S", help="seconds (default: 60)")
    command.add_argument("--max-rows", type=_positive, default=1_000_000, metavar="N", help="rows (default: 1,000,000)")
    command.add_argument(
        "--min-score",
        type=_probability,
        default=0.0,
        metavar="S",
        help="only rows whose ?confidence is at least this, 0 to 1",
    )


def _export(command: argparse.ArgumentParser) -> None:
    command.add_argument("graph", nargs="?", metavar="GRAPH")
    command.add_argument("formats", nargs="*", metavar="FORMAT", help="names from --list, or all")
    command.add_argument("-o", "--output", default=".", metavar="DIR", help="folder to write in (default: here)")
    command.add_argument("--list", action="store_true", help="the formats, and what opens them")
    _filters(command)


def _view(command: argparse.ArgumentParser) -> None:
    command.add_argument("graph", metavar="GRAPH")
    command.add_argument("-o", "--output", required=True, metavar="FILE.html", help="one page, no network needed")
    command.add_argument("--explorer", action="store_true", help="the explorer in one file, in place of the picture")
    command.add_argument("--max-nodes", type=_positive, metavar="N", help="draw at most so many nodes")
    _filters(command)


def _serve(command: argparse.ArgumentParser) -> None:
    command.add_argument("graph", metavar="GRAPH")
    command.add_argument("--port", type=int, default=8765, metavar="N", help="default: 8765; 0 for any that is free")
    command.add_argument("--host", default="127.0.0.1", metavar="H", help="default: 127.0.0.1, this machine only")
    command.add_argument(
        "--timeout", type=float, default=30.0, metavar="S", help="seconds a query may take (default: 30)"
    )
    command.add_argument("--max-rows", type=_positive, default=100_000, metavar="N", help="rows a query may give")
    command.add_argument("--cors", action="append", default=[], metavar="ORIGIN", help="pages of this origin may ask")
    command.add_argument("--writable", action="store_true", help="take SPARQL updates, into memory only")


def _stats(command: argparse.ArgumentParser) -> None:
    command.add_argument("graph", metavar="GRAPH")


def _evaluate(command: argparse.ArgumentParser) -> None:
    command.add_argument("gold", metavar="GOLD", help="records annotated by hand, JSON lines")
    command.add_argument("predicted", metavar="PREDICTED", help="records to score, JSON lines")
    command.add_argument("--against", metavar="OTHER", help="a second prediction: differences with 95 %% intervals")
    command.add_argument("--links", action="store_true", help="score linking: clusters against kg link's output")


def _demo(command: argparse.ArgumentParser) -> None:
    command.add_argument("-o", "--output", default="demo", metavar="DIR", help="folder to make (default: demo)")


def _backup(command: argparse.ArgumentParser) -> None:
    command.add_argument("graph", metavar="GRAPH")
    command.add_argument("target", metavar="TARGET", help="a folder that is not there yet")


COMMANDS = {
    "demo": (_demo, "the whole way on the sample corpus that the package carries"),
    "build": (
        _build,
        "read, extract, link, store; on an existing graph it adds and updates; without inputs it brings it up to date",
    ),
    "remove": (_remove, "take papers out again"),
    "extract": (_extract, "the extraction stage alone"),
    "link": (_link, "the linking stage alone"),
    "query": (_query, "ask in SPARQL, or a named question"),
    "export": (_export, "write the graph in the formats of other tools"),
    "view": (_view, "write one self-contained HTML page"),
    "serve": (_serve, "the explorer and a SPARQL 1.1 endpoint, on this machine"),
    "validate": (_validate, "SHACL, and the folder's own integrity"),
    "stats": (_stats, "how much is in a graph"),
    "evaluate": (_evaluate, "score records against annotated ones"),
    "backup": (_backup, "copy a graph folder, also while it is in use"),
    "push": (_push, "send a graph to a SPARQL 1.1 server; started again, it goes on"),
    "shards": (_shards, "a graph as files of N-Quads for bulk loaders; started again, it goes on"),
}
"""Each command: what adds its arguments, and its line of help."""


def parser() -> argparse.ArgumentParser:
    """The whole grammar."""
    from kg import __version__

    top = argparse.ArgumentParser(
        prog="kg",
        description="A knowledge graph from research abstracts, every fact with its sentence. Offline, on two cores.",
        epilog=_EXIT,
    )
    top.add_argument("--version", action="version", version=f"kg {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, (arguments, help_line) in COMMANDS.items():
        command = commands.add_parser(name, help=help_line, description=help_line, epilog=_EXIT, allow_abbrev=False)
        arguments(command)
        command.add_argument("--json", action="store_true", help="report as JSON on standard output")
        command.add_argument("--quiet", action="store_true", help="no progress and no talk")
    return top
