"""English spelling, as far as names of things vary in it: plurals, and British against American.

In: one lower-case word. Out: the word as it is kept in a key. The rules are regular ones with lists of exceptions;
they need not be right about English, only the same for every writing of one word.
What it cannot do: irregular plurals beyond a short list, other languages.
"""

from __future__ import annotations

import re

__all__ = ["american", "singular"]

_SAME_IN_PLURAL = frozenset(
    [
        "aids",
        "alias",
        "analytics",
        "apis",
        "apriori",
        "as",
        "atlas",
        "axis",
        "bayes",
        "bias",
        "bus",
        "calculus",
        "campus",
        "canvas",
        "census",
        "chaos",
        "chess",
        "class",
        "compass",
        "consensus",
        "corpus",
        "cosmos",
        "cross",
        "dense",
        "dropless",
        "ethos",
        "focus",
        "gas",
        "genus",
        "has",
        "hypothesis",
        "is",
        "its",
        "keras",
        "kubernetes",
        "less",
        "lens",
        "loss",
        "lens",
        "los",
        "mass",
        "means",
        "news",
        "olympics",
        "pandas",
        "paris",
        "pegasus",
        "physics",
        "plus",
        "process",
        "progress",
        "redis",
        "regress",
        "series",
        "species",
        "status",
        "stimulus",
        "success",
        "this",
        "thus",
        "torus",
        "tos",
        "us",
        "versus",
        "virus",
        "was",
        "xs",
        "yes",
    ]
)
_FIELDS = re.compile(
    r"(?:phys|dynam|robot|mathemat|graph|eth|linguist|statist|gen|econom|opt|kinet|informat|semant|mechan|analyt|acoust|"
    r"kinemat|polit|phonet|logist|pragmat|om|electron|mathemat|athlet|mosa|class|bas|trop|aesthet|haptic|athemat)ics$"
)
_IRREGULAR = {
    "analyses": "analysis",
    "appendices": "appendix",
    "axes": "axis",
    "bases": "basis",
    "biases": "bias",
    "children": "child",
    "corpora": "corpus",
    "criteria": "criterion",
    "crises": "crisis",
    "data": "data",
    "emphases": "emphasis",
    "feet": "foot",
    "foci": "focus",
    "formulae": "formula",
    "halves": "half",
    "hypotheses": "hypothesis",
    "indices": "index",
    "knives": "knife",
    "leaves": "leaf",
    "lenses": "lens",
    "lives": "life",
    "losses": "loss",
    "matrices": "matrix",
    "maxima": "maximum",
    "men": "man",
    "mice": "mouse",
    "minima": "minimum",
    "movies": "movie",
    "optima": "optimum",
    "parentheses": "parenthesis",
    "people": "person",
    "phenomena": "phenomenon",
    "radii": "radius",
    "shelves": "shelf",
    "simplices": "simplex",
    "spectra": "spectrum",
    "stimuli": "stimulus",
    "syntheses": "synthesis",
    "theses": "thesis",
    "vertices": "vertex",
    "viruses": "virus",
    "women": "woman",
}

_IZE_STEMS = (
    "anonym author bana binar canonical capital categor central character colon concept context contextual custom "
    "decentral dens diagonal digit discret emphas equal external factor final formal gener general global harmon "
    "hierarch hypothes ideal immun individual initial internal item itern kernel lemmat linear local marginal maxim "
    "meanneutral memor minim mobil model modular monet motor neutral normal optim organ orthogonal orthonormal "
    "parallel parameter parametr penal personal polar popular prior priorit quant random rational real recogn "
    "regular revital sensit serial singular social spatial special stabil standard steril styl summar symbol "
    "symmetr synchron synthes system token tensor unit util vector verbal virtual visual vocal whiten"
)
_IZE = re.compile(rf"^((?:\w*?)(?:{'|'.join(_IZE_STEMS.split())}))is(e|ed|er|ing|able|ation|ational)$")
_ISATION = re.compile(r"(?<=\w{3})isation(al)?$")
_YSE = re.compile(r"((?:anal|catal|paral|electrol|dial)y)s(e|ed|er|ing)$")
_OUR = re.compile(
    r"^(\w*(?:behavi|col|fav|flav|hon|hum|lab|neighb|rum|vap|vig|tum|harb|arm|endeav|od))our"
    r"(|ed|ing|al|hood|less|ful|able|ite|er|ly)$"
)
_LL = re.compile(
    r"^(\w*(?:label|model|signal|travel|channel|cancel|level|tunnel|fuel|total|marshal|panel|pixel|kernel))l(ed|ing|er)$"
)
_WHOLE = {
    "analogue": "analog",
    "artefact": "artifact",
    "catalogue": "catalog",
    "centre": "center",
    "centred": "centered",
    "defence": "defense",
    "dialog": "dialogue",
    "disc": "disk",
    "fibre": "fiber",
    "fulfil": "fulfill",
    "grey": "gray",
    "greyscale": "grayscale",
    "judgement": "judgment",
    "learnt": "learned",
    "licence": "license",
    "litre": "liter",
    "manoeuvre": "maneuver",
    "metre": "meter",
    "mould": "mold",
    "multicentre": "multicenter",
    "offence": "offense",
    "paediatric": "pediatric",
    "practise": "practice",
    "programme": "program",
    "sceptical": "skeptical",
    "skilful": "skillful",
    "spectre": "specter",
    "theatre": "theater",
    "tyre": "tire",
    "anaesthesia": "anesthesia",
    "haemorrhage": "hemorrhage",
    "leukaemia": "leukemia",
    "oedema": "edema",
    "oesophageal": "esophageal",
    "tumour": "tumor",
    "adaption": "adaptation",
}


def singular(word: str) -> str:
    """The singular of an English noun, by rule; words that are no plurals come back as they are.

    >>> [singular(word) for word in ("networks", "biases", "policies", "physics", "classes", "loss", "matrices")]
    ['network', 'bias', 'policy', 'physics', 'class', 'loss', 'matrix']
    """
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 4 or not word.endswith("s") or word in _SAME_IN_PLURAL or not word.isascii():
        return word
    if word.endswith(("ss", "us", "is")) or _FIELDS.search(word):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y" if len(word) > 4 else word[:-1]
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return word[:-2]
    return word[:-1]


def american(word: str) -> str:
    """The American spelling of a British one; any other word comes back as it is.

    >>> [american(word) for word in ("optimisation", "colour", "modelling", "analyse", "noise", "supervised")]
    ['optimization', 'color', 'modeling', 'analyze', 'noise', 'supervised']
    """
    if word in _WHOLE:
        return _WHOLE[word]
    word = _ISATION.sub(r"ization\1", word)
    word = _IZE.sub(r"\1iz\2", word)
    word = _YSE.sub(r"\1z\2", word)
    word = _OUR.sub(r"\1or\2", word)
    return _LL.sub(r"\1\2", word)
