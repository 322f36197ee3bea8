"""The files a result was computed from: name inside the folder, size and SHA-256."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from merilo.assessment.provenance import InputFile


def input_files(folder: Path, paths: Sequence[Path]) -> tuple[InputFile, ...]:
    """The files in the order of their paths."""
    return tuple(InputFile(str(path.relative_to(folder)), path.stat().st_size, _sha256(path)) for path in sorted(paths))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
