"""Words that decide where a noun phrase begins and ends, without a tagger; the lists are in `lexicon.txt`.

What it cannot do: tell a noun from a verb where a word is both ("design", "transfer"); `VERB_OR_NOUN` are read as verbs
only right after "to", "we", a modal and the like.
"""

from __future__ import annotations

from kg.extract.wordlists import words_in

__all__ = [
    "ADJECTIVAL_ED",
    "ADVERBS_INSIDE",
    "BASE_VERBS",
    "BEFORE_VERB",
    "EVALUATIVE",
    "FUNCTION_WORDS",
    "GENERIC",
    "NOUN_ING",
    "NO_NAMES",
    "PLAIN_TITLES",
    "PLURAL_INSIDE",
    "PRESENTING",
    "VERB_OR_NOUN",
]

FUNCTION_WORDS = words_in("function words")
EVALUATIVE = words_in("evaluative")
BASE_VERBS = words_in("verbs")
VERB_OR_NOUN = words_in("verb or noun")
BEFORE_VERB = words_in("before verb")
NOUN_ING = words_in("noun ing")
ADJECTIVAL_ED = words_in("adjectival ed")
ADVERBS_INSIDE = words_in("adverbs inside")
PLURAL_INSIDE = words_in("plural inside")
GENERIC = words_in("generic modifiers")
PLAIN_TITLES = words_in("plain titles")
PRESENTING = words_in("presenting")
NO_NAMES = words_in("no names")
