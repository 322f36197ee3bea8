"""The program as the system starts it: exit codes, a reader that leaves, a terminal of few letters."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


def started(*arguments: str, **settings: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "merilo", *arguments]
    environment = {**os.environ, "LC_ALL": "ru_RU.UTF-8", "PYTHONUTF8": "1", **settings}
    return subprocess.run(command, capture_output=True, env=environment, check=False, timeout=120)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["--help"], 0), (["methodology", "list"], 0), (["check", "no-such-folder"], 1), (["bogus"], 2), ([], 2)],
)
def test_exit_codes(arguments: list[str], code: int) -> None:
    ran = started(*arguments)
    assert ran.returncode == code
    assert b"Traceback" not in ran.stderr


@pytest.mark.parametrize("arguments", [["methodology", "list"], ["methodology", "show", "ru-995n-2014"]])
def test_a_reader_that_leaves_early_is_no_failure(arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        command = [sys.executable, "-m", "merilo", *arguments]
        ran = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, check=False, timeout=120)
    finally:
        os.close(writing)
    assert (ran.returncode, ran.stderr) == (0, b"")


def test_a_terminal_of_few_letters_loses_signs_and_not_the_run(folder: Path) -> None:
    ran = started("explain", str(folder), "7701", PYTHONUTF8="0", PYTHONIOENCODING="cp1251")
    assert ran.returncode == 0, ran.stderr.decode("cp1251")
    assert "Итоговая оценка: 84,12" in ran.stdout.decode("cp1251")
    ran = started("explain", str(folder), "7701", "--json", PYTHONUTF8="0", PYTHONIOENCODING="cp1251")
    assert b"\\u00d7" in ran.stdout
    assert b"?" not in ran.stdout
