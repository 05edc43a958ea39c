"""Texts cut at their mentions."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.domain import EntityType, Mention
from kg.graph.contribution import LinkedMention
from kg.serve.answers.shapes import segments, sentence_around


@settings(deadline=None)
@given(st.text(max_size=60), st.data())
def test_segments_joined_are_the_text(text: str, data: st.DataObject) -> None:
    """Whatever overlaps, nothing of the text is lost, doubled or moved."""
    spans = data.draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=8))
    mentions = [
        LinkedMention(
            mention=Mention(start=min(s), end=max(s), text=text[min(s) : max(s)], type=EntityType.TASK), thing="thing/a"
        )
        for s in spans
    ]
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    cut = segments(text, start, end, mentions)
    assert "".join(segment[0] for segment in cut) == text[start:end]
    assert all(len(segment) in (1, 3) and segment[0] for segment in cut)


@settings(deadline=None)
@given(st.text(max_size=60), st.data())
def test_sentence_holds_what_it_is_around(text: str, data: st.DataObject) -> None:
    """The stretch asked about is always inside."""
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    first, last = sentence_around(text, start, end)
    assert 0 <= first <= start and (end <= last or end - last <= 2) and last <= len(text)


def test_longest_of_overlapping_mentions_stays() -> None:
    """Of two mentions that start together the longer one is shown."""
    text = "image sorting task"
    names = [(0, 5, "thing/image"), (0, 13, "thing/image-sorting"), (6, 13, "thing/sorting")]
    mentions = [
        LinkedMention(mention=Mention(start=a, end=b, text=text[a:b], type=EntityType.TASK), thing=t)
        for a, b, t in names
    ]
    assert segments(text, 0, len(text), mentions) == [["image sorting", "TASK", "thing/image-sorting"], [" task"]]
