"""Text that may stand in XML: characters that XML 1.0 forbids are left out."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def allowed(text: str) -> str:
    """The text without control characters and halves of surrogate pairs."""
    return _FORBIDDEN.sub("", text)
