"""The link file: which subject of the later wave measures what which subject of the earlier one measured."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from merilo.assessment.errors import Problem
from merilo.assessment.located import Node, Reader, Scalar
from merilo.assessment.methodology.edition import Edition
from merilo.assessment.recheck.comparability import Link, scale_of, subjects
from merilo.shelf import read_yaml

LINK, EARLIER, NOTE = "link", "earlier", "note"


def read_links(path: Path, earlier: Edition, later: Edition, problems: list[Problem]) -> dict[str, Link]:
    """Later code → link. Every line that cannot be used is a problem: an unknown code, an earlier code that is taken,
    two scales that differ; nothing is rescaled, for a rescaled number measures nothing new."""
    node = read_yaml(path, str(path), problems)
    if node is None:
        return {}
    reader = Reader(node, problems)
    known, before = list(subjects(later)), list(subjects(earlier))
    found: dict[str, Link] = {}
    if not reader.has(LINK):
        reader.note("YAML-03", node.place, key=LINK)
    for code, written in reader.named(LINK).items():
        link = _link(reader, code, written)
        if code not in known:
            reader.note("LINK-01", written.place, code=code, edition=later.code, close=_close(code, known))
        if link is None:
            continue
        taken = next((other for other, one in found.items() if one.earlier == link.earlier), None)
        if link.earlier not in before:
            close = _close(link.earlier, before)
            reader.note("LINK-02", written.place, code=link.earlier, edition=earlier.code, close=close)
        elif taken is not None:
            reader.note("LINK-03", written.place, earlier=link.earlier, code=code, other=taken)
        elif code in known and scale_of(later, code) != scale_of(earlier, link.earlier):
            scales = {"now": _scale(later, code), "then": _scale(earlier, link.earlier)}
            reader.note("LINK-04", written.place, code=code, earlier=link.earlier, **scales)
        found[code] = link
    reader.finish()
    return found


def _link(reader: Reader, code: str, written: Node) -> Link | None:
    """`code: earlier`, or `code: {earlier: …, note: …}`."""
    if isinstance(written, Scalar):
        earlier = written.text.strip()
        if not earlier:
            reader.note("YAML-03", written.place, key=code)
        return Link(earlier) if earlier else None
    inner = reader.sub(written)
    earlier, note = inner.text(EARLIER), inner.text(NOTE, "")
    inner.finish()
    return Link(earlier, note) if earlier else None


def _close(code: str, known: list[str]) -> str:
    return ", ".join(get_close_matches(code, known, 2)) or "–"


def _scale(edition: Edition, subject: str) -> str:
    low, high = scale_of(edition, subject)
    return f"{float(low):g}–{float(high):g}"
