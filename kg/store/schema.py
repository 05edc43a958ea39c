"""The tables of the folder's database, and the number of their form.

Base truth is `entries` (what was read) and `kept` (the authority and curation files that later builds use again).
All else is derived from them: `papers` (entries of one identity), `records` (what was found in a text, by the text's
hash and the extractor's fingerprint), `things` and `members` (linking), `claims`, `links` (edges between things, one
row an evidence). `drafts`, `drafted`, `gone` and every state but PUBLISHED belong to a build under way: readers never
look at them, and the next build starts by forgetting them.
"""

from __future__ import annotations

from enum import IntEnum

__all__ = ["FORMAT", "MIGRATIONS", "TABLES", "State"]

FORMAT = 1
"""The form of the folder. A folder of a lower number is migrated, one of a higher number is refused."""

MIGRATIONS: dict[int, tuple[str, ...]] = {}
"""Statements that lead from the form of that number to the next; a form that is missing here cannot be migrated."""


class State(IntEnum):
    """Where an entry or a reject stands in a build under way; PUBLISHED is the only one that lasts."""

    PUBLISHED = 0
    STAGED = 1
    """Read by this build, not yet part of the graph."""
    SEEN = 2
    """Part of the graph, and read again by this build."""
    GOING = 3
    """Part of the graph until this build is done: replaced or taken out."""


TABLES = (
    "CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE kept(name TEXT PRIMARY KEY, body BLOB NOT NULL) WITHOUT ROWID",
    # What was read. `key` is the hash of the body; `paper` the node it was grouped into.
    """CREATE TABLE entries(
        serial INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, id TEXT NOT NULL, file TEXT NOT NULL,
        format TEXT NOT NULL, given INTEGER NOT NULL, content BLOB NOT NULL, body BLOB NOT NULL, paper TEXT, state INTEGER NOT NULL)""",
    "CREATE INDEX entries_paper ON entries(paper)",
    "CREATE INDEX entries_id ON entries(id)",
    "CREATE INDEX entries_state ON entries(state)",
    "CREATE TABLE identities(identity TEXT, entry INTEGER, PRIMARY KEY(identity, entry)) WITHOUT ROWID",
    "CREATE INDEX identities_entry ON identities(entry)",
    """CREATE TABLE rejects(
        serial INTEGER PRIMARY KEY, file TEXT NOT NULL, entry INTEGER, line INTEGER, body BLOB NOT NULL,
        owner INTEGER, state INTEGER NOT NULL)""",
    "CREATE INDEX rejects_owner ON rejects(owner) WHERE owner IS NOT NULL",
    "CREATE TABLE drafts(node TEXT PRIMARY KEY, id TEXT NOT NULL, content BLOB NOT NULL, body BLOB NOT NULL)",
    "CREATE TABLE drafted(entry INTEGER PRIMARY KEY, node TEXT NOT NULL)",
    "CREATE TABLE gone(node TEXT PRIMARY KEY) WITHOUT ROWID",
    """CREATE TABLE papers(
        node TEXT PRIMARY KEY, id TEXT NOT NULL UNIQUE, content BLOB NOT NULL, body BLOB NOT NULL)""",
    """CREATE TABLE shares(
        paper TEXT PRIMARY KEY, node TEXT NOT NULL, mentions INTEGER NOT NULL, facts INTEGER NOT NULL,
        set_aside INTEGER NOT NULL) WITHOUT ROWID""",
    """CREATE TABLE records(
        content BLOB NOT NULL, extractor TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY(content, extractor))""",
    """CREATE TABLE things(
        id TEXT PRIMARY KEY, type TEXT NOT NULL, label TEXT NOT NULL, concept TEXT, body BLOB NOT NULL,
        digest BLOB NOT NULL)""",
    "CREATE INDEX things_concept ON things(concept) WHERE concept IS NOT NULL",
    "CREATE TABLE members(paper TEXT, entity TEXT, thing TEXT NOT NULL, PRIMARY KEY(paper, entity)) WITHOUT ROWID",
    "CREATE INDEX members_thing ON members(thing, paper, entity)",
    "CREATE TABLE claims(id TEXT PRIMARY KEY, paper TEXT NOT NULL, kind TEXT NOT NULL) WITHOUT ROWID",
    "CREATE INDEX claims_paper ON claims(paper)",
    """CREATE TABLE links(
        subject TEXT, predicate TEXT, object TEXT, paper TEXT, start INTEGER, finish INTEGER, part TEXT, stage TEXT,
        score REAL, PRIMARY KEY(subject, predicate, object, paper, start, finish, part, stage, score)) WITHOUT ROWID""",
    "CREATE INDEX links_paper ON links(paper)",
    # What people look for by words: labels and aliases of things, titles, sentences of claims.
    'CREATE VIRTUAL TABLE words USING fts5(text, node UNINDEXED, kind UNINDEXED, tokenize = "unicode61 remove_diacritics 2")',
    "CREATE TABLE worded(serial INTEGER PRIMARY KEY, node TEXT NOT NULL)",
    "CREATE INDEX worded_node ON worded(node)",
)
