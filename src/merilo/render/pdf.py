"""A Document as a tagged PDF (PDF/UA-1), set by Typst with the fonts that lie beside it."""

from __future__ import annotations

import json
from pathlib import Path

from merilo.assessment.reporting.document import Document
from merilo.render.page_layout import Sheets, lay_out_document
from merilo.render.typst_compiler import compiler
from merilo.render.typst_input import typst_input
from merilo.whole_files import write_whole


def write_pdf(document: Document, path: Path) -> None:
    """Write the document at `path`; the same document gives the same bytes on every machine."""
    report = compiler("report.typ", document=typst_input(document, lay_out_document(document), draft=False))
    pdf = report.compile(format="pdf", pdf_standards=["ua-1"], timestamp=0)
    if not isinstance(pdf, bytes):
        raise TypeError("Typst gave no single file")
    write_whole(path, pdf)


def heading_pages(document: Document, sheets: tuple[Sheets, ...]) -> tuple[int, ...]:
    """The page each heading stands on, in order, when the sheets are set as Word sets them."""
    draft = compiler("report.typ", document=typst_input(document, sheets, draft=True))
    pages = json.loads(draft.query("<heading-page>", field="value"))
    return tuple(int(page) for page in pages)
