"""Reading: files of abstracts to papers.

    from kg.read import distinct, read
    papers = distinct(read(["library.bib", "pages/"], on_reject=print), on_reject=print)

`FORMATS` lists every input format with how it is told; parsers are imported when their format is read.
"""

from kg.read.format import Format
from kg.read.formats import FORMATS, format_named
from kg.read.identity import distinct, group, identity_keys, made_id, merge
from kg.read.inputs import Input, find_inputs
from kg.read.reading import read
from kg.read.reject import Reject, Remark, encode_reject, write_rejects
from kg.read.stream import MAX_BYTES

__all__ = [
    "FORMATS",
    "MAX_BYTES",
    "Format",
    "Input",
    "Reject",
    "Remark",
    "distinct",
    "encode_reject",
    "find_inputs",
    "format_named",
    "group",
    "identity_keys",
    "made_id",
    "merge",
    "read",
    "write_rejects",
]
