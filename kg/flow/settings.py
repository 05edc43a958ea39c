"""What a build goes by: the extractor, the authority and the curation, as asked for now or as the folder keeps them."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import kg
from kg.errors import LinkError, Where
from kg.extract import Extractor, default_extractor, fingerprint_of, load
from kg.flow.options import BuildOptions
from kg.link import NO_CURATION, Authority, Curation, default_authority, load_authority, parse_curation
from kg.resources import ontology_file
from kg.store import Writer

__all__ = ["Settings", "extractor_of"]

_AUTHORITY = "authority/"
_CURATION = "curation"
_CHOICES = "choices"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a build goes by.

    extractor the name of the extractor; it is loaded when a text is to be read, and not before
    kept      files that are kept in the folder for later builds, by name
    linking   fingerprint of all that linking depends on besides names: where it differs, all is linked anew
    """

    options: BuildOptions
    extractor: str
    min_score: float
    authority: Authority
    curation: Curation
    kept: Mapping[str, bytes]
    linking: str
    other_extractor: bool

    @classmethod
    def of(cls, writer: Writer, options: BuildOptions) -> Settings:
        """The settings of a build on this folder.

        Raises ModelError for an extractor that is not there, LinkError for a file that is no authority or curation.
        """
        kept = _kept(writer.kept(), options)
        choices = json.loads(kept[_CHOICES])
        extractor = choices["extractor"] or default_extractor()
        manifest = writer.manifest
        return cls(
            options=options,
            extractor=extractor,
            min_score=choices["min_score"],
            authority=_authority(kept, own=choices["own_authority"]),
            curation=_curation(kept, options),
            kept=kept,
            linking=_linking(kept),
            other_extractor=manifest is not None
            and manifest.extractor != _fingerprint(extractor, choices["min_score"]),
        )

    @property
    def fingerprint(self) -> str:
        """What decides a record besides its text."""
        return _fingerprint(self.extractor, self.min_score)


def extractor_of(name: str | None) -> Extractor:
    """The extractor of that name, the default one for None; a process loads it once."""
    return _loaded(name or default_extractor())


@lru_cache(maxsize=1)
def _loaded(name: str) -> Extractor:
    return load(name, threads=1)


def _fingerprint(extractor: str, min_score: float) -> str:
    found = fingerprint_of(extractor)
    return f"{found}>={min_score}" if min_score else found


def _kept(before: Mapping[str, bytes], options: BuildOptions) -> dict[str, bytes]:
    """What the folder keeps, with what is asked for now in its place."""
    kept = dict(before)
    choices = {"extractor": None, "min_score": 0.0, "own_authority": True} | json.loads(kept.get(_CHOICES, b"{}"))
    for choice in choices:
        if getattr(options, choice) is not None:
            choices[choice] = getattr(options, choice)
    kept[_CHOICES] = json.dumps(choices, sort_keys=True).encode()
    if options.authority is not None:
        kept = {name: body for name, body in kept.items() if not name.startswith(_AUTHORITY)}
        for number, file in enumerate(options.authority):
            kept[f"{_AUTHORITY}{number:03d}{Path(file).suffix.lower()}"] = _read(file)
    if options.curation is not None:
        kept[_CURATION] = _read(options.curation)
    return kept


def _read(file: str | Path) -> bytes:
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise LinkError(f"cannot be read: {error.strerror or error}", where=Where(file=str(file))) from error


def _authority(kept: Mapping[str, bytes], *, own: bool) -> Authority:
    if own and not any(name.startswith(_AUTHORITY) for name in kept):
        return default_authority()
    with tempfile.TemporaryDirectory() as room:
        files = []
        for name in sorted(kept):
            if name.startswith(_AUTHORITY):
                files.append(Path(room) / name.removeprefix(_AUTHORITY))
                files[-1].write_bytes(kept[name])
        return load_authority(files, own=own)


def _curation(kept: Mapping[str, bytes], options: BuildOptions) -> Curation:
    body = kept.get(_CURATION)
    if body is None:
        return NO_CURATION
    file = str(options.curation) if options.curation is not None else None
    try:
        return parse_curation(body.decode("utf-8-sig").splitlines(), file=file)
    except UnicodeDecodeError as error:
        to_do = "save the curation file as UTF-8"
        raise LinkError(f"is not UTF-8: {error}", where=Where(file=file), to_do=to_do) from error


def _linking(kept: Mapping[str, bytes]) -> str:
    """Of the kept files, of our own concepts, and of the code that links."""
    package = Path(kg.__file__).parent
    whole = hashlib.sha256()
    whole.update(str(json.loads(kept[_CHOICES])["own_authority"]).encode())
    for name, body in sorted(kept.items()):
        if name == _CHOICES:
            continue
        whole.update(f"{name}\0{len(body)}\0".encode() + body)
    for file in (ontology_file("concepts.ttl"), *sorted((package / "link").glob("*.py"))):
        whole.update(file.read_bytes())
    return whole.hexdigest()[:16]
