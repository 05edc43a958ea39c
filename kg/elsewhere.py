"""How `kg push` and `kg shards` talk: a graph to a server, and a graph in files that no single store needs to hold."""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from pathlib import Path

from kg import terminal, verbs
from kg.errors import UsageError, Where
from kg.given import building, progress_of

__all__ = ["headers_of", "push", "shards"]


def headers_of(words: list[str]) -> dict[str, str]:
    """Headers as they are written, "Name: value"; "Name: @FILE" takes the value from a file, out of sight of other users.

    Raises UsageError for a word that is no header, and for a file that cannot be read.

    >>> headers_of(["Authorization: Basic abc"])
    {'Authorization': 'Basic abc'}
    """
    headers: dict[str, str] = {}
    for word in words:
        name, colon, value = word.partition(":")
        value = value.strip()
        if value.startswith("@"):
            try:
                value = Path(value[1:]).read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError) as error:
                raise UsageError(f"cannot be read: {error}", where=Where(file=value[1:])) from error
        if not colon or not name.strip().replace("-", "").isalnum() or not value or "\n" in value or "\r" in value:
            raise UsageError(
                f"{name.strip()!r} is not a header with a value", to_do="write 'Name: value' or 'Name: @FILE'"
            )
        headers[name.strip()] = value
    return headers


def push(given: argparse.Namespace) -> None:
    """Send a graph, and say how much went."""
    headers = headers_of(given.header)
    with ExitStack() as stack:
        listener = progress_of(given, stack)
        sent = verbs.push(given.graph, given.store, batch=given.batch, headers=headers, progress=listener)
    if given.json:
        terminal.show_json({"triples": sent.triples, "batches": sent.batches, "skipped": sent.skipped})
    elif not given.quiet:
        before = f", {sent.skipped:,} of them sent before" if sent.skipped else ""
        terminal.show(f"{given.store}: {sent.triples:,} triples in {sent.batches:,} batches{before}")


def shards(given: argparse.Namespace) -> int:
    """Make shards, and say what they hold; how many entries were rejected."""
    with ExitStack() as stack:
        listener = progress_of(given, stack)
        made = verbs.shards(
            given.inputs,
            given.output,
            shard=given.shard,
            partitions=given.partitions,
            progress=listener,
            **building(given),
        )
    if given.json:
        names = ("papers", "things", "quads", "rejected")
        terminal.show_json({name: getattr(made, name) for name in names} | {"files": len(made.files)})
    else:
        terminal.show(
            f"{given.output}: {made.papers:,} papers, {made.rejected:,} entries rejected; {made.things:,} things, "
            f"{made.quads:,} quads in {len(made.files):,} files; manifest.json has their hashes"
        )
    return made.rejected
