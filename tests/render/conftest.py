"""Files the tests of this folder read again and again, written once."""

from __future__ import annotations

from pathlib import Path

import pytest

from merilo.render.docx import write_docx
from merilo.render.pdf import write_pdf
from tests.render.sample import sample


@pytest.fixture(scope="session")
def word_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample as a Word file."""
    path = tmp_path_factory.mktemp("word") / "sample.docx"
    write_docx(sample(), path)
    return path


@pytest.fixture(scope="session")
def pdf_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample as a PDF file."""
    path = tmp_path_factory.mktemp("pdf") / "sample.pdf"
    write_pdf(sample(), path)
    return path
