"""Builds the made-up assessment folders in examples/: the same bytes every time, no real organisation in them."""

from __future__ import annotations

from pathlib import Path

from tools.fictional_344n import build_344n
from tools.fictional_995n import build_995n
from tools.fictional_kaluga import build_kaluga
from tools.fictional_karelia import build_karelia
from tools.fictional_kemerovo import build_kemerovo
from tools.fictional_krasnoyarsk import build_krasnoyarsk

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"


def build() -> dict[str, bytes]:
    """Every file of every made-up folder: name inside `examples` → content."""
    examples = (*build_344n(), build_995n(), build_kaluga(), build_karelia(), build_kemerovo(), build_krasnoyarsk())
    return {name: content for example in examples for name, content in example.files().items()}


def main() -> None:
    """Write the files."""
    for name, content in build().items():
        path = EXAMPLES / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


if __name__ == "__main__":
    main()
