"""Workbooks as LibreOffice computes them anew, with every value that we had cached falsified first."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path

from python_calamine import CalamineWorkbook

ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>
"""
CACHED = re.compile(rb"(</f><v>)[^<]*(</v>)")
Cells = Sequence[Sequence[object]]


def recalculate(paths: Sequence[Path], folder: Path) -> list[Path]:
    """The workbooks after LibreOffice computed every formula; a formula it left alone would give −1."""
    program = shutil.which("soffice")
    assert program, "soffice is missing: run `make setup`, which installs it"
    falsified, made = folder / "falsified", folder / "made"
    falsified.mkdir()
    for path in paths:
        _falsify(path, falsified / path.name)
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(ALWAYS, encoding="utf-8")
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "xlsx"]
    files = [str(falsified / path.name) for path in paths]
    ran = subprocess.run(
        [*command, "--outdir", str(made), *files], capture_output=True, text=True, check=False, timeout=300
    )
    found = [made / path.name for path in paths]
    assert all(path.exists() for path in found), ran.stderr
    return found


def _falsify(path: Path, target: Path) -> None:
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, CACHED.sub(rb"\g<1>-1\g<2>", old.read(name)))


def cells(path: Path) -> dict[str, Cells]:
    """The values of every sheet, from A1 on."""
    book = CalamineWorkbook.from_path(str(path))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
