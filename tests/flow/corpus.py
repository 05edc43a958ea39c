"""A small corpus in our own words, as files: enough to link, compare, introduce and collide."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from kg.build import BuildOptions

__all__ = ["OPTIONS", "PAPERS", "paper", "write"]

OPTIONS = BuildOptions(extractor="rules", workers=1)

_TEXTS = (
    "We propose RippleNet, a convolutional neural network for image classification. RippleNet outperforms ResNet-50 "
    "by 1.4% accuracy on ImageNet.",
    "Recurrent neural networks are slow to train. We introduce SkipLSTM, a long short-term memory (LSTM) network that "
    "skips steps, and evaluate it on the Penn Treebank with perplexity.",
    "We show that dropout improves the accuracy of convolutional neural networks (CNNs) on CIFAR-10 and CIFAR-100. "
    "However, it does not help ResNet-50.",
    "Machine translation needs large corpora. We present LeanMT, a transformer trained on WMT14, which reaches 28.9 BLEU.",
    "We compare support vector machines and random forests for text classification. Random forests outperform support "
    "vector machines on 20 Newsgroups by 3 points of F1.",
    "Generative adversarial networks (GANs) are hard to train. We propose CalmGAN, a GAN with a bounded discriminator. "
    "On CelebA, CalmGAN achieves an FID of 12.3.",
    "This paper studies knowledge distillation for object detection. The student network is 4 times faster than Faster "
    "R-CNN on COCO with a loss of 0.6 mAP.",
    "We introduce SmallQA, a dataset of 12,000 questions for question answering. BERT reaches 61.2% exact match on it.",
    "Graph neural networks are applied to link prediction. We find that a graph convolutional network (GCN) is "
    "outperformed by a simple baseline on Cora.",
    "We present FastDepth, a neural network for depth estimation that runs at 178 frames per second on an embedded GPU.",
    "Reinforcement learning agents forget. We propose RecallRL, which adds a replay buffer to deep Q-networks (DQN) and "
    "improves the mean reward on Atari games.",
    "The LSTM is a strong baseline for speech recognition. On LibriSpeech we report a word error rate of 5.1%.",
)
_TITLES = (
    "Ripples: wide receptive fields for the recognition of images",
    "Skipping steps in recurrent networks saves most of the time",
    "A closer look at dropout in convolutional networks for images",
    "Lean machine translation with one small transformer model",
    "Forests or margins: classifying texts with classical methods",
    "Calm training of generative adversarial networks by bounds",
    "Distilling detectors of objects into small student networks",
    "SmallQA: a small dataset of questions with short answers",
    "Predicting links with graph networks: are they worth it?",
    "Fast estimation of depth on small embedded computers at home",
    "Remembering what was rewarded: replay for agents that forget",
    "Recognizing speech with recurrent networks: a strong baseline",
)


def paper(number: int, **changed: object) -> dict[str, object]:
    """The entry of one paper; `changed` fields replace those of the sample. Numbers past the texts repeat them."""
    place = number % len(_TEXTS)
    again = f" (part {number // len(_TEXTS)})" if number >= len(_TEXTS) else ""
    fields: dict[str, object] = {
        "id": f"p{number:03d}",
        "title": _TITLES[place] + again,
        "abstract": _TEXTS[place],
        "year": 2015 + place,
        "authors": ["Ada Example", f"Bo Sample {number}"],
    }
    return fields | changed


PAPERS = tuple(paper(number) for number in range(len(_TEXTS)))


def write(path: Path, papers: Iterable[dict[str, object]], *, broken: Sequence[str] = ()) -> Path:
    """A JSON Lines file of these papers, and of lines that are none."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(fields) for fields in papers]
    path.write_text("".join(f"{line}\n" for line in (*lines, *broken)), encoding="utf-8")
    return path
