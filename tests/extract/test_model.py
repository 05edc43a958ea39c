"""The trained extractor: the contract, and what it shares with the rules. Skipped where its weights are not installed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg.domain import ClaimKind, Paper
from kg.errors import ModelError
from kg.extract import Extractor, fingerprint_of, load
from kg.extract.weights import weights_folder
from tests.extract import contract

installed = pytest.mark.skipif(
    weights_folder("model") is None, reason="the weights of the trained model are not installed"
)


@pytest.fixture(scope="module")
def model() -> Iterator[Extractor]:
    yield load("model")


@installed
def test_contract(model: Extractor) -> None:
    """It keeps what every extractor keeps."""
    contract.check(model)


@installed
def test_the_fingerprint_is_known_without_loading(model: Extractor) -> None:
    """What is told of an extractor before it is loaded is what it says itself."""
    assert fingerprint_of("model") == model.fingerprint


@installed
def test_claims_are_worded(model: Extractor) -> None:
    """Predicates come from the guidelines' list, numbers are parsed."""
    (record,) = model.extract(contract.PAPERS[:1])
    kinds = {claim.kind for claim in record.claims}
    assert ClaimKind.CONTRIBUTION in kinds
    assert all(claim.quantity is not None for claim in record.claims if claim.value == "95.2%")


@installed
def test_title_only(model: Extractor) -> None:
    """A paper without an abstract gives an empty record with a note, not an error."""
    (record,) = model.extract([Paper(id="x", title="Dropout for GPT-2", text="")])
    assert record.notes and not record.mentions


@pytest.mark.skipif(weights_folder("accurate") is not None, reason="the second model is installed")
def test_missing_weights_are_said() -> None:
    """Asking for a model that is not installed says so, and what to do."""
    with pytest.raises(ModelError, match="not installed"):
        load("accurate")
