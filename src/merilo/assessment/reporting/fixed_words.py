"""The words a renderer prints by itself – "table", "figure" – in the language of the document."""

from __future__ import annotations

from merilo.assessment.wording import Wording

FIXED_WORDS = ("table", "figure", "contents", "continued")


def fixed_words(wording: Wording) -> tuple[tuple[str, str], ...]:
    """Every word a document carries for its renderer."""
    return tuple((word, wording.say(f"REPORT-WORD-{word.upper()}")) for word in FIXED_WORDS)
