"""SKOS schemes: ours and any other."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.domain import EntityType
from kg.errors import LinkError
from kg.identifiers import ONTOLOGY
from kg.link import Concept, link, load_authority
from kg.link.authority import read_concepts
from kg.link.tally import Kind
from tests.link.given import authority, ids_by_entity, name

_SCHEME = f"""
@prefix akg: <{ONTOLOGY}> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix e: <https://example.org/> .
e:net a skos:Concept, akg:Architecture ; skos:prefLabel "Netz"@de, "glow network"@en ; skos:narrower e:deep .
e:deep a skos:Concept, akg:Architecture ; skos:prefLabel "deep glow network"@en ; skos:altLabel "DGN"@en, "glow stack"@en .
e:plain a skos:Concept ; skos:prefLabel "quiet training" ; skos:hiddenLabel "quite training" ; skos:definition "Hush." .
e:half a skos:Concept ; skos:definition "No label." .
"""


@pytest.fixture
def scheme(tmp_path: Path) -> Path:
    """A small scheme as a file."""
    path = tmp_path / "scheme.ttl"
    path.write_text(_SCHEME, encoding="utf-8")
    return path


def test_labels_types_and_hierarchy_are_read(scheme: Path) -> None:
    """English labels first, narrower turned round, a concept without label left out."""
    deep, net, plain = read_concepts(scheme)
    assert (net.label, net.others, net.type) == ("glow network", ("Netz",), EntityType.ARCH)
    assert deep.broader == (net.iri,)
    assert deep.shorts == ("DGN",)
    assert (plain.label, plain.type, plain.definition) == ("quiet training", None, "Hush.")


def test_names_become_the_concept(scheme: Path) -> None:
    """By label, hidden label and abbreviation; the thing has the concept's label, type and IRI."""
    known = load_authority([scheme], own=False)
    found = [name("a", "glow stack", "METHOD"), name("b", "DGN", "METHOD"), name("c", "Deep Glow Networks", "ARCH")]
    (thing,) = link(found, authority=known)
    assert (thing.id, thing.label, thing.type) == ("thing/deep-glow-network", "deep glow network", EntityType.ARCH)
    assert thing.concept == "https://example.org/deep"
    assert thing.broader == ("https://example.org/net",)
    assert {reason.rule for reason in thing.reasons} == {"authority", "abbreviation"}


def test_every_rdf_syntax_will_do(tmp_path: Path) -> None:
    """The ending of the file says which."""
    path = tmp_path / "one.nt"
    path.write_text(
        "<e:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/2004/02/skos/core#Concept> .\n"
        '<e:a> <http://www.w3.org/2004/02/skos/core#prefLabel> "alpha" .\n',
        encoding="utf-8",
    )
    assert [concept.label for concept in read_concepts(path)] == ["alpha"]


@pytest.mark.parametrize(("text", "what"), [("@prefix broken", "readable"), ("", "no skos:Concept")])
def test_a_bad_file_is_told_by_name(tmp_path: Path, text: str, what: str) -> None:
    """With the file and, where the parser knows it, the line."""
    path = tmp_path / "bad.ttl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LinkError, match=what) as raised:
        load_authority([path])
    assert raised.value.where.file == str(path)
    with pytest.raises(LinkError, match="readable"):
        load_authority([tmp_path / "missing.ttl"])


def test_the_first_file_wins(scheme: Path) -> None:
    """A user's label is stronger than ours; ours are still there."""
    theirs = Concept(iri="u:1", label="BERT", type=EntityType.DATASET)
    ours = Concept(iri="o:1", label="BERT", type=EntityType.DATASET)
    from kg.link import Authority

    known = Authority.of([[theirs], [ours]])
    found = known.find("bert")
    assert found is not None
    assert found.iri == "u:1"
    assert load_authority([scheme]).find("convolutional neural network") is not None


def test_a_label_of_two_concepts_is_told_by_kind() -> None:
    """And by nothing else: without the kind it is neither."""
    metric = Concept(iri="c:q", label="mean average precision", type=EntityType.METRIC, others=("MAP",))
    method = Concept(iri="c:m", label="maximum a posteriori", type=EntityType.METHOD, others=("MAP",))
    known = authority(metric, method)
    assert known.find_short("map") is None
    assert known.find_short("map", Kind.METRIC) == metric
    assert known.kinds("map") == {Kind.METRIC, Kind.MAKING}


def test_one_label_of_two_types_gives_two_ids() -> None:
    """Slugs of concepts never meet."""
    known = authority(
        Concept(iri="c:1", label="Spider", type=EntityType.DATASET),
        Concept(iri="c:2", label="Spider", type=EntityType.METHOD),
        Concept(iri="c:3", label="spider", type=EntityType.METHOD),
    )
    assert len(set(known.slugs.values())) == 3


def test_a_common_word_is_no_dataset() -> None:
    """Traffic, the dataset, and traffic, the task; but CIFAR-10 is CIFAR-10 whatever a paper takes it for."""
    known = authority(
        Concept(iri="c:t", label="Traffic", type=EntityType.DATASET),
        Concept(iri="c:c", label="CIFAR-10", type=EntityType.DATASET),
    )
    assert ids_by_entity([name("a", "traffic", "TASK")], known)["traffic"] != {"thing/traffic"}
    assert ids_by_entity([name("a", "CIFAR-10", "TASK")], known)["CIFAR-10"] == {"thing/cifar-10"}


def test_words_that_add_nothing_to_a_label_do_not_count() -> None:
    """BERT model is BERT; attention model is not attention."""
    known = authority(
        Concept(iri="c:b", label="BERT", type=EntityType.ARCH),
        Concept(iri="c:a", label="attention", type=EntityType.ARCH),
    )
    found = [name("a", "BERT models", "ARCH"), name("b", "attention models", "ARCH")]
    concepts = {thing.concept for thing in link(found, authority=known)}
    assert concepts == {"c:b", None}
