"""Foreign programs the tests call: Microsoft's validator of Office files, LibreOffice, Poppler."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def office_errors(path: Path) -> list[str]:
    """What Microsoft's validator has against a file."""
    told = os.environ.get("MERILO_OOXML_VALIDATOR")
    validator = Path(told) if told else ROOT / "node_modules" / ".bin" / "ooxml-validator"
    assert validator.exists(), f"{validator} is missing: run `make setup` or set MERILO_OOXML_VALIDATOR"
    ran = subprocess.run([str(validator), str(path)], capture_output=True, text=True, check=False)
    assert ran.stdout, ran.stderr
    answer = json.loads(ran.stdout)
    return [f"{error['path']} {error['xPath']}: {error['description']}" for error in answer["errors"]]


def as_libreoffice_prints(path: Path, folder: Path) -> Path:
    """The PDF LibreOffice makes of a document, with a profile of its own in `folder`."""
    profile = folder / "profile"
    program = _program("soffice")
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "pdf"]
    ran = subprocess.run(
        [*command, "--outdir", str(folder), str(path)], capture_output=True, text=True, check=False, timeout=300
    )
    made = folder / f"{path.stem}.pdf"
    assert made.exists(), ran.stderr
    return made


def pdf_facts(path: Path) -> dict[str, str]:
    """What pdfinfo says, name by name."""
    ran = subprocess.run([_program("pdfinfo"), str(path)], capture_output=True, text=True, check=True)
    return {name.strip(): value.strip() for name, _, value in (line.partition(":") for line in ran.stdout.splitlines())}


def pdf_tags(path: Path) -> str:
    """The structure tree with its text, as pdfinfo prints it."""
    command = [_program("pdfinfo"), "-struct-text", str(path)]
    # Poppler writes texts outside Latin in their own encoding here; the tags are plain.
    return subprocess.run(command, capture_output=True, check=True).stdout.decode(errors="replace")


def pdf_pages(path: Path) -> list[str]:
    """The text of each page, with all white space taken out."""
    command = [_program("pdftotext"), "-layout", str(path), "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return ["".join(page.split()) for page in text.split("\f")[:-1]]


def _program(name: str) -> str:
    found = shutil.which(name)
    assert found, f"{name} is missing: run `make setup`, which installs it"
    return found
