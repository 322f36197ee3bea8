"""One command line carried out in this process: its exit code, what it printed, its JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from merilo.cli.main import run
from tests.folder.small_folder import build


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def sentence(self) -> str:
        """What was said on standard error, without the line breaks of usage."""
        return " ".join(self.err.split())


Merilo = Callable[..., Ran]


@pytest.fixture(autouse=True)
def _russian_system(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "ru_RU.UTF-8")
    monkeypatch.setenv("COLUMNS", "200")


@pytest.fixture
def merilo(capsys: pytest.CaptureFixture[str]) -> Merilo:
    def carry_out(*arguments: object) -> Ran:
        capsys.readouterr()
        try:
            code = run([str(one) for one in arguments])
        except SystemExit as left:  # --help and --version
            code = int(left.code or 0)
        printed = capsys.readouterr()
        return Ran(code, printed.out, printed.err)

    return carry_out


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small good assessment: three organisations, one in two forms of service, 21 questionnaires."""
    return build(tmp_path / "in")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whole commands are no unit tests: `make check` leaves them out."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.slow)
