"""The conclusion of an audit as a document: what was recomputed, what does not hold and where, and how it was done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from merilo.assessment.provenance import Stamp
from merilo.assessment.recheck.audit import Audit
from merilo.assessment.recheck.defect import Certainty, Defect, DefectKind
from merilo.assessment.reporting.audit_words import AuditWords
from merilo.assessment.reporting.document import (
    Align,
    Block,
    Bullets,
    Column,
    Document,
    Heading,
    Paragraph,
    Row,
    Table,
    TitlePage,
)
from merilo.assessment.reporting.fixed_words import fixed_words
from merilo.assessment.reporting.title import SHORT_FINGERPRINT
from merilo.assessment.reporting.typography import typeset


@dataclass(frozen=True, slots=True)
class ConclusionHead:
    """What a conclusion says of itself: title, the document, who published it, for what period, assumptions, and
    what everything was computed from."""

    title: str
    document: str
    publisher: str
    period: str
    notes: tuple[str, ...]
    stamp: Stamp


def audit_conclusion(audit: Audit, head: ConclusionHead, words: AuditWords) -> Document:
    """The whole conclusion; `words.wording` is the catalogues `audit` and `report` in the language wanted."""
    say = words.wording.say
    notes = [say("AUDIT-DOC-EDITION", edition=head.stamp.edition)] if head.stamp.edition else []
    notes.append(say("AUDIT-DOC-FINGERPRINT", fingerprint=head.stamp.fingerprint[:SHORT_FINGERPRINT]))
    title = TitlePage(
        organisation="",
        title=say("AUDIT-DOC-TITLE"),
        subtitle=head.title,
        period=head.period,
        place_and_year="",
        notes=tuple(notes),
    )
    blocks = (*_summary(audit, head, words), *_findings(audit, words), *_unchecked(audit, words), *_method(head, words))
    return typeset(Document(title, blocks, words.wording.language, fixed_words(words.wording)))


def _summary(audit: Audit, head: ConclusionHead, words: AuditWords) -> Iterator[Block]:
    say = words.wording.say
    yield Heading(1, say("AUDIT-DOC-SUMMARY"), "summary")
    yield Paragraph(say("AUDIT-DOC-SUBJECT", document=head.document))
    if head.publisher:
        yield Paragraph(say("AUDIT-DOC-PUBLISHER", publisher=head.publisher))
    yield Paragraph(found_sentence(audit, words), strong=True)
    yield Paragraph(say("AUDIT-COMPARED", cells=audit.cells, wholes=audit.wholes, claims=audit.claims))
    if audit.defects:
        yield _by_kind(audit, words)
    if head.notes:
        yield Heading(2, say("AUDIT-DOC-NOTES"), "notes")
        yield Bullets(head.notes)


def found_sentence(audit: Audit, words: AuditWords) -> str:
    """How many findings, and how sure."""
    if not audit.defects:
        return words.wording.say("AUDIT-NOTHING")
    counted = {one.value: len(audit.of(one)) for one in Certainty}
    return words.wording.say("AUDIT-FOUND", all=len(audit.defects), **counted)


def _by_kind(audit: Audit, words: AuditWords) -> Table:
    say = words.wording.say
    counted = Counter((one.kind, one.certainty) for one in audit.defects)
    columns = (
        Column(say("AUDIT-COLUMN-KIND"), 8),
        *(Column(words.certainty(one), 2, Align.CENTER) for one in Certainty),
        Column(say("AUDIT-COLUMN-ALL"), 2, Align.CENTER),
    )
    rows = []
    for kind in DefectKind:
        numbers = [counted[kind, certainty] for certainty in Certainty]
        if any(numbers):
            rows.append(Row((words.kind(kind), *(str(one) if one else "–" for one in numbers), str(sum(numbers)))))
    return Table(say("AUDIT-DOC-BY-KIND"), columns, tuple(rows))


def _findings(audit: Audit, words: AuditWords) -> Iterator[Block]:
    if not audit.defects:
        return
    yield Heading(1, words.wording.say("AUDIT-DOC-FINDINGS"), "findings")
    for kind in DefectKind:
        mine = [one for one in audit.defects if one.kind is kind]
        if mine:
            yield _table(kind, mine, words)


def _table(kind: DefectKind, defects: list[Defect], words: AuditWords) -> Table:
    say = words.wording.say
    columns = (
        Column(say("AUDIT-COLUMN-PLACE"), 6),
        Column(say("AUDIT-COLUMN-SUBJECT"), 4),
        Column(say("AUDIT-COLUMN-PRINTED"), 2, Align.CENTER),
        Column(say("AUDIT-COLUMN-EXPECTED"), 2, Align.CENTER),
        Column(say("AUDIT-COLUMN-FINDING"), 9),
    )
    rows = []
    for one in defects:
        finding = f"{words.sentence(one)} ({words.certainty(one.certainty)})"
        subject = words.subject(one.subject) if one.subject else "–"
        rows.append(Row((words.place_of(one), subject, words.printed(one), words.expected(one), finding)))
    return Table(words.kind(kind), columns, tuple(rows))


def _unchecked(audit: Audit, words: AuditWords) -> Iterator[Block]:
    said = words.unchecked([relation.whole for relation in audit.unchecked_relations], audit.unchecked_claims)
    if said:
        yield Heading(1, words.wording.say("AUDIT-DOC-UNCHECKED"), "unchecked")
        yield Bullets(tuple(said))


def _method(head: ConclusionHead, words: AuditWords) -> Iterator[Block]:
    say = words.wording.say
    yield Heading(1, say("AUDIT-DOC-METHOD"), "method")
    yield Paragraph(say("AUDIT-DOC-METHOD-1"))
    yield Paragraph(say("AUDIT-DOC-METHOD-2"))
    yield Paragraph(say("AUDIT-DOC-METHOD-3"))
    columns = (Column(say("AUDIT-DOC-FILE"), 4), Column(say("AUDIT-DOC-SHA"), 8))
    rows = tuple(Row((one.name, one.sha256)) for one in head.stamp.inputs)
    yield Table(say("AUDIT-DOC-FILES"), columns, rows)
