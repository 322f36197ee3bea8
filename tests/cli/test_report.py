"""`merilo report`: the documents asked for, each whole, the same bytes for the same inputs."""

from __future__ import annotations

from pathlib import Path

import pytest

from merilo.render import docx
from tests.cli.conftest import Merilo
from tests.cli.listed import contents


@pytest.mark.parametrize(
    ("options", "files"),
    [
        ([], {"report.docx", "report.xlsx"}),
        (["--format", "xlsx"], {"report.xlsx"}),
        (["--format", "DOCX", "--charts-as-pictures"], {"report.docx"}),
    ],
)
def test_the_documents_asked_for(merilo: Merilo, folder: Path, options: list[str], files: set[str]) -> None:
    ran = merilo("report", folder, *options)
    assert ran.code == 0
    assert ran.out.splitlines() == ["Записано:", *(f"  {folder / 'out' / name}" for name in sorted(files))]
    assert contents(folder / "out").keys() == files


def test_the_documents_as_json(merilo: Merilo, folder: Path) -> None:
    ran = merilo("report", folder, "--format", "xlsx", "--json")
    assert (ran.code, ran.err) == (0, "")
    assert ran.json == {"written": [str(folder / "out" / "report.xlsx")], "problems": []}


@pytest.mark.slow
def test_twice_the_same_bytes(merilo: Merilo, folder: Path) -> None:
    everything = ("report", folder, "--format", "docx,xlsx,pdf")
    merilo(*everything)
    first = contents(folder / "out")
    merilo(*everything)
    assert contents(folder / "out") == first
    assert first.keys() == {"report.docx", "report.xlsx", "report.pdf"}


def test_an_unknown_format(merilo: Merilo, folder: Path) -> None:
    ran = merilo("report", folder, "--format", "odt")
    assert (ran.code, ran.err) == (1, "«odt» здесь не подходит. Есть: docx, pdf, xlsx.\n")
    assert not (folder / "out").exists()


def test_an_interrupted_report_leaves_the_old_one(
    merilo: Merilo, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    merilo("report", folder, "--format", "docx")
    before = contents(folder / "out")

    def stop(path: Path, content: bytes) -> None:
        path.with_name(f".{path.name}").write_bytes(content[:10])
        path.with_name(f".{path.name}").unlink()
        raise KeyboardInterrupt

    monkeypatch.setattr(docx, "write_whole", stop)
    ran = merilo("--lang", "en", "report", folder)
    assert (ran.code, ran.err) == (1, "Interrupted. Finished results are untouched.\n")
    assert contents(folder / "out") == before
