"""Whether a folder is what its manifest says: every hash, every count, every row that another row names.

In: a folder, live or not. Out: findings, each with what to do; none for a sound folder. What it cannot do: mend, or
tell whether the facts are true.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import FolderDamaged, FolderVersion, KgError, StoreError
from kg.store.database import DATABASE, connect, told
from kg.store.digests import digests
from kg.store.folder import Folder
from kg.store.manifest import read_manifest
from kg.store.rows import content_key, digest, thing_digest, unpack
from kg.store.triples import file_digests

__all__ = ["Finding", "check"]

_RESTORE = "restore a backup, or delete the folder and build it again from its inputs"
_REMAKE = "delete the folder {} and run `kg build -o GRAPH`: it makes the triples again"
_AGAIN = "run `kg build -o GRAPH`: it brings the folder in line"

_DANGLING = {
    "an entry names a paper that is not there": """SELECT count(*) FROM entries WHERE state <> 1 AND paper IS NOT NULL
        AND paper NOT IN (SELECT node FROM papers)""",
    "an entry became neither a paper nor a reject": """SELECT
        (SELECT count(*) FROM entries WHERE state <> 1 AND paper IS NULL)
        > (SELECT count(*) FROM rejects WHERE state <> 1 AND owner IS NOT NULL)""",
    "a paper has no entry": "SELECT count(*) FROM papers WHERE node NOT IN (SELECT paper FROM entries WHERE paper IS NOT NULL)",
    "a paper has no record": """SELECT count(*) FROM papers WHERE NOT EXISTS (SELECT 1 FROM records
        WHERE records.content = papers.content AND records.extractor = :extractor)""",
    "a paper has no count of what it contributes": "SELECT count(*) FROM papers WHERE id NOT IN (SELECT paper FROM shares)",
    "a member names a paper that is not there": "SELECT count(*) FROM members WHERE paper NOT IN (SELECT id FROM papers)",
    "a member names a thing that is not there": "SELECT count(*) FROM members WHERE thing NOT IN (SELECT id FROM things)",
    "a claim names a paper that is not there": "SELECT count(*) FROM claims WHERE paper NOT IN (SELECT id FROM papers)",
    "a fact names a paper that is not there": """SELECT count(*) FROM links WHERE part <> 'none'
        AND paper NOT IN (SELECT id FROM papers)""",
    "a fact leads from a thing that is not there": "SELECT count(*) FROM links WHERE subject NOT IN (SELECT id FROM things)",
    "a fact leads to a thing that is not there": "SELECT count(*) FROM links WHERE object NOT IN (SELECT id FROM things)",
    "a paper is not in the search index": "SELECT count(*) FROM papers WHERE node NOT IN (SELECT node FROM worded)",
    "a text of the search index has no owner": "SELECT abs((SELECT count(*) FROM words) - (SELECT count(*) FROM worded))",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What is wrong, where in the folder, and what to do about it."""

    what: str
    where: str
    to_do: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what} ({self.to_do})"


def check(folder: str | Path) -> tuple[Finding, ...]:
    """Everything that is wrong with a folder, in the order of its parts.

    Reads all of it, about a minute a gigabyte. Raises StoreError where there is no graph folder, FolderVersion for a
    form that this program does not read.
    """
    place = Path(folder)
    try:
        found = tuple(_database(place))
        if found:
            return found
        with Folder.open(place) as opened:
            return (*_manifest(place, opened), *_rows(opened), *_triples(opened))
    except FolderVersion:
        raise
    except FolderDamaged as error:
        return (Finding(what=error.what, where=str(error.where) or DATABASE, to_do=error.to_do or _RESTORE),)


def _database(place: Path) -> Iterator[Finding]:
    """SQLite's own check, which reads every page."""
    if not (place / DATABASE).is_file():
        Folder.open(place)
    with told(place):
        connection = connect(place, write=False)
        try:
            for (line,) in connection.execute("PRAGMA integrity_check(20)"):
                if line != "ok":
                    yield Finding(what=f"the database is damaged: {line}", where=DATABASE, to_do=_RESTORE)
        finally:
            connection.close()


def _manifest(place: Path, opened: Folder) -> Iterator[Finding]:
    try:
        beside = read_manifest(place)
    except KgError as error:
        yield Finding(what=error.what, where="manifest.json", to_do=_AGAIN)
        return
    if beside is None:
        yield Finding(what="is missing", where="manifest.json", to_do=_AGAIN)
    elif beside != opened.manifest:
        what = f"tells of state {beside.generation}, the database of state {opened.manifest.generation}"
        yield Finding(what=what, where="manifest.json", to_do=_AGAIN)


def _rows(opened: Folder) -> Iterator[Finding]:
    connection, manifest = opened.connection, opened.manifest
    for name, found in digests(connection, manifest.extractor).items():
        if found != manifest.digests.get(name):
            yield Finding(what=f"{name} are not those that were published", where=DATABASE, to_do=_RESTORE)
    for what, query in _DANGLING.items():
        (count,) = connection.execute(query, {"extractor": manifest.extractor} if ":" in query else {}).fetchone()
        if count:
            yield Finding(what=f"{what}: {count} of them", where=DATABASE, to_do=_RESTORE)
    yield from _bodies(connection)
    for thing, stored in zip(
        opened.graph.things(), connection.execute("SELECT digest FROM things ORDER BY id"), strict=True
    ):
        if thing_digest(thing) != stored[0]:
            yield Finding(what=f"{thing.id} is not what was published", where=DATABASE, to_do=_RESTORE)
    counts, said = opened.graph.counts(), manifest.counts
    for name in ("papers", "mentions", "relations", "nodes", "edges", "set_aside"):
        if getattr(counts, name) != said.get(name):
            what = f"{getattr(counts, name)} {name}, {said.get(name)} were published"
            yield Finding(what=what, where=DATABASE, to_do=_RESTORE)


def _bodies(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Every stored value, against its hash or its own checksum."""
    for key, body in connection.execute("SELECT key, body FROM entries WHERE state <> 1 ORDER BY serial"):
        if digest(body) != key:
            yield Finding(what=f"entry {key.hex()[:12]} is not what was read", where=DATABASE, to_do=_RESTORE)
    from kg.codec import decode_paper

    for node, content, body in connection.execute("SELECT node, content, body FROM papers ORDER BY node"):
        try:
            if content_key(decode_paper(unpack(body))) != content:
                yield Finding(what=f"{node} is not what was grouped", where=DATABASE, to_do=_RESTORE)
        except (StoreError, KeyError, TypeError, ValueError) as error:
            yield Finding(what=f"{node} cannot be read: {error}", where=DATABASE, to_do=_RESTORE)
    for content, body in connection.execute("SELECT content, body FROM records ORDER BY content"):
        try:
            unpack(body)
        except StoreError as error:
            what = f"record {content.hex()[:12]} cannot be read: {error.what}"
            yield Finding(what=what, where=DATABASE, to_do=_RESTORE)


def _triples(opened: Folder) -> Iterator[Finding]:
    place, manifest = opened.triples_path, opened.manifest
    cure = _REMAKE.format(place.name)
    found = file_digests(place, {})
    for name in sorted(found.keys() | manifest.files.keys()):
        if found.get(name) != manifest.files.get(name):
            what = "is missing" if name not in found else "is not what was published"
            yield Finding(what=what, where=f"{place.name}/{name.partition(':')[0]}", to_do=cure)
            return
    try:
        count = len(opened.triples)
    except (FolderDamaged, OSError, RuntimeError) as error:
        yield Finding(what=f"cannot be read: {error}", where=place.name, to_do=cure)
        return
    if count != manifest.counts.get("triples"):
        what = f"{count} triples, {manifest.counts.get('triples')} were published"
        yield Finding(what=what, where=place.name, to_do=cure)
