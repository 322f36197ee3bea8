"""Typst with our templates and our fonts only, so that its pages are the same on every machine."""

from __future__ import annotations

from pathlib import Path

import typst

from merilo.render.measure import FONT_FOLDER

TEMPLATES = Path(__file__).resolve().parents[1] / "data" / "typst"


def compiler(template: str, **inputs: str) -> typst.Compiler:
    """A compiler of one template with the texts it reads."""
    return typst.Compiler(
        TEMPLATES / template,
        root=TEMPLATES,
        font_paths=[FONT_FOLDER],
        ignore_system_fonts=True,
        sys_inputs=inputs,
    )
