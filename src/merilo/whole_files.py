"""A file appears whole or not at all, and is on the disk when its name is: for tables, documents and records alike."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path


def write_atomically(path: Path, write: Callable[[Path], None]) -> None:
    """Let `write` make a file beside `path`, then put it in its place in one step.

    A reader sees the old file or the new one, never half of it; after a failure the old one is still there.
    """
    # The suffix stays the last: writers of workbooks choose the format by it.
    unfinished = path.with_name(f".{path.stem}-{secrets.token_hex(4)}{path.suffix}")
    try:
        write(unfinished)
        _flush(unfinished)
        if path.exists():
            shutil.copymode(path, unfinished)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    _flush_folder(path.parent)


def write_whole(path: Path, content: bytes) -> None:
    """Put `content` at `path` in one step."""

    def write(unfinished: Path) -> None:
        unfinished.write_bytes(content)

    write_atomically(path, write)


def _flush(path: Path) -> None:
    """Make sure the bytes are on the disk before the name points to them."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    """Make sure the new name is on the disk too; Windows does not open folders and needs no such thing."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
