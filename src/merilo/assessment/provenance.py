"""The stamp every result carries: what it was computed from and with, so that it can be recomputed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class InputFile:
    """One input: its name inside the folder, its size in bytes and its SHA-256."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Stamp:
    """Edition, data and program behind a result."""

    edition: str
    edition_sha256: str
    program: str
    inputs: tuple[InputFile, ...]

    @property
    def fingerprint(self) -> str:
        """One SHA-256 over everything the result depends on."""
        lines = [self.edition, self.edition_sha256]
        lines += [f"{found.name}\t{found.size}\t{found.sha256}" for found in sorted(self.inputs, key=lambda f: f.name)]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()
