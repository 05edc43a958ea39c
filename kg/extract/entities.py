"""Entities of one paper: mentions that name the same thing, under the fullest name.

In: mentions of title and abstract, and the abbreviations that the text defines. Out: entities in the order of their first
mention, and the same mentions with `entity` set. Mentions are one thing if they fold alike (case, hyphens, plural), if the paper
defines one as the short form of the other, or if they differ by a last word that only says the kind ("MNIST dataset"), or
if `kg.extract.coreference` finds that one takes up the other ("RNNs" after "recurrent neural networks"). A thing goes by its name with and
without a word that only says its kind, wherever the text has that word.
What it cannot do: synonyms that share no letters.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.domain import Entity, EntityType, Mention, Span
from kg.extract.abbreviations import Abbreviation, plain_short
from kg.extract.coreference import Likely, same_things
from kg.extract.heads import head_type, singular
from kg.extract.words import is_coined

__all__ = ["bare_name", "by_form", "fold", "group_entities", "joined_forms", "natural_name", "with_kind"]

_WORD_BEHIND = re.compile(r" ([A-Za-z]+)(?![\w-])")
_SIGNS = re.compile(r"[^\w+.%]+")
_KIND_WORDS = frozenset(
    [
        "dataset",
        "benchmark",
        "corpus",
        "model",
        "network",
        "method",
        "algorithm",
        "framework",
        "approach",
        "architecture",
        "technique",
        "metric",
        "score",
        "task",
        "loss",
        "optimizer",
        "layer",
    ]
)
_OTHER_THING = frozenset({"layer", "loss", "task"})
"""Kind words that make another thing of a name: the GAN loss is no GAN."""
_MADE = frozenset({EntityType.ARCH, EntityType.METHOD})


def fold(name: str) -> str:
    """What two forms of one thing share: lower case, single spaces for hyphens and signs, each word in the singular.

    >>> fold("Graph Neural-Networks") == fold("graph neural network")
    True
    """
    return " ".join(singular(word) for word in _SIGNS.sub(" ", name.lower()).strip(" .").split())


def natural_name(form: str) -> str:
    """A form as a name: the last word in the singular, no possessive.

    >>> natural_name("graph neural networks"), natural_name("CNNs"), natural_name("GPT-2's")
    ('graph neural network', 'CNN', 'GPT-2')
    """
    bare = re.sub(r"['’]s$", "", form)
    head, space, last = bare.rpartition(" ")
    one = plain_short(last) if plain_short(last) != last else singular(last)
    return f"{head}{space}{one}"


def group_entities(
    mentions: Sequence[Mention],
    title_mentions: Sequence[Mention] = (),
    abbreviations: Sequence[Abbreviation] = (),
    *,
    text: str = "",
    sentences: Sequence[Span] = (),
    likely: Likely | None = None,
) -> tuple[tuple[Entity, ...], tuple[Mention, ...], tuple[Mention, ...]]:
    """Entities, mentions of the abstract, mentions of the title. Given the text and its sentences, forms that differ may be one thing too;
    `likely` is what a model thinks of that.

    >>> from kg.domain import EntityType
    >>> found = [Mention(start=0, end=4, text="CNNs", type=EntityType.ARCH),
    ...          Mention(start=9, end=12, text="CNN", type=EntityType.ARCH)]
    >>> group_entities(found)[0]
    (Entity(name='CNN', type=<EntityType.ARCH: 'ARCH'>, aliases=('CNNs',)),)
    """
    every = [*mentions, *title_mentions]
    parent = joined_forms({m.text for m in every}, abbreviations)
    if text:
        for part, whole in same_things(text, sentences, by_form(mentions, parent), likely):
            _unite(parent, part, whole)
    clusters: dict[str, list[Mention]] = {}
    for mention in every:
        clusters.setdefault(_root(parent, fold(mention.text)), []).append(mention)
    wider = _wider(text, mentions, parent)
    longs = {fold(pair.long_text) for pair in abbreviations}
    entities: list[Entity] = []
    names: dict[str, str] = {}
    for root, members in clusters.items():
        name = _name(members, longs, taken={e.name for e in entities})
        forms = dict.fromkeys(m.text for m in members)
        forms |= dict.fromkeys(wider.get(root, ()))
        names[root] = name
        entities.append(Entity(name=name, type=_type(members), aliases=tuple(form for form in forms if form != name)))
    kinds = {entity.name: entity.type for entity in entities}

    def placed(mention: Mention) -> Mention:
        name = names[_root(parent, fold(mention.text))]
        return replace(mention, entity=name, type=kinds[name])

    return tuple(entities), tuple(map(placed, mentions)), tuple(map(placed, title_mentions))


def _wider(text: str, mentions: Sequence[Mention], parent: Mapping[str, str]) -> dict[str, list[str]]:
    """By root, the forms without and with the word that says the kind, of those that no other thing goes by."""
    found: dict[str, dict[str, str]] = {}
    starts = {mention.start for mention in mentions}
    for mention in mentions:
        behind = None if mention.end + 1 in starts else with_kind(text, mention)
        for form in (bare_name(mention.text), behind):
            if form is not None and fold(form) not in parent:
                found.setdefault(fold(form), {}).setdefault(_root(parent, fold(mention.text)), form)
    wider: dict[str, list[str]] = {}
    for owners in found.values():
        if len(owners) == 1:
            ((root, form),) = owners.items()
            wider.setdefault(root, []).append(form)
    return wider


def bare_name(form: str) -> str | None:
    """A form without a word that only says the kind of what is a name already, None for other forms.

    >>> bare_name("GenMOP dataset"), bare_name("method TALLOR"), bare_name("hybrid neural network architecture")
    ('GenMOP', 'TALLOR', 'hybrid neural network')
    >>> bare_name("language model"), bare_name("text classification model"), bare_name("GAN loss")
    (None, None, None)
    """
    head, _, last = form.rpartition(" ")
    if _says_kind(head, last):
        return head
    first, _, rest = form.partition(" ")
    return rest if " " not in rest and _says_kind(rest, first) else None


def with_kind(text: str, mention: Mention) -> str | None:
    """The form of a mention with the word behind it in the text, where that word only says the kind; None where it does not.

    >>> found = Mention(start=4, end=10, text="GenMOP", type=EntityType.DATASET)
    >>> with_kind("the GenMOP dataset is new", found), with_kind("the GenMOP is new", found)
    ('GenMOP dataset', None)
    """
    behind = _WORD_BEHIND.match(text, mention.end)
    if behind is None or not _says_kind(mention.text, behind[1]):
        return None
    kind = head_type(behind[1])
    fits = kind is None or kind is mention.type or {kind, mention.type} == _MADE
    return f"{mention.text} {behind[1]}" if fits else None


def _says_kind(name: str, word: str) -> bool:
    """Whether a word beside a name adds nothing: the name is coined, or a phrase whose own last word names such a thing."""
    one = singular(word.lower())
    if one not in _KIND_WORDS or one in _OTHER_THING:
        return False
    if " " not in name:
        return is_coined(name)
    kind = head_type(name.rpartition(" ")[2])
    return kind is not None and kind is head_type(word)


def by_form(mentions: Sequence[Mention], parent: Mapping[str, str]) -> dict[str, list[Mention]]:
    """Mentions by the root of their folded form, in the order of the first ones."""
    groups: dict[str, list[Mention]] = {}
    for mention in sorted(mentions, key=lambda m: m.start):
        groups.setdefault(_root(parent, fold(mention.text)), []).append(mention)
    return groups


def joined_forms(forms: set[str], abbreviations: Sequence[Abbreviation]) -> dict[str, str]:
    """A forest over folded forms, each with its parent; each tree is one thing by its form and by what the text defines."""
    keys = {fold(form) for form in forms}
    parent = {key: key for key in sorted(keys)}
    for pair in abbreviations:
        short, long = fold(plain_short(pair.short_text)), fold(pair.long_text)
        if short in parent and long in parent:
            _unite(parent, short, long)
    for key in sorted(keys):
        base, _, last = key.rpartition(" ")
        if last in _KIND_WORDS - _OTHER_THING and base in parent and (" " not in base or _has_digit(base)):
            _unite(parent, key, base)
    return parent


def _has_digit(base: str) -> bool:
    return any(char.isdigit() for char in base)


def _root(parent: Mapping[str, str], key: str) -> str:
    while parent[key] != key:
        key = parent[key]
    return key


def _unite(parent: dict[str, str], one: str, other: str) -> None:
    a, b = sorted((_root(parent, one), _root(parent, other)))
    parent[b] = a


def _name(members: Sequence[Mention], longs: set[str], taken: set[str]) -> str:
    """The fullest form: a defined long form, else the one with most words; then the most frequent, then the first."""
    forms = [m.text for m in members]
    best = max(dict.fromkeys(forms), key=lambda f: (fold(f) in longs, len(f.split()), forms.count(f), -forms.index(f)))
    name = natural_name(best)
    return best if name in taken else name


def _type(members: Sequence[Mention]) -> EntityType:
    votes: dict[EntityType, float] = {}
    for mention in members:
        votes[mention.type] = votes.get(mention.type, 0.0) + mention.score
    return max(sorted(votes), key=lambda kind: votes[kind])
