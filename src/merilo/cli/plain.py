"""JSON for programs: one document on standard output, problems in the same shape whatever went wrong."""

from __future__ import annotations

import json
import sys
from argparse import Namespace


def show_json(plain: object) -> None:
    """Print plain values as JSON; letters that the output's encoding lacks are escaped, never lost."""
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    print(json.dumps(plain, ensure_ascii=encoding != "utf8", indent=2))


def refuse(arguments: Namespace, code: str, reason: str, file: str = "") -> None:
    """Say why nothing was done: to standard error for people, as the only problem in JSON where that was asked for."""
    if not getattr(arguments, "json", False):
        print(reason, file=sys.stderr)
        return
    place = {"file": file, "row": None, "column": None}
    show_json({"problems": [{"code": code, "severity": "error", **place, "message": reason}]})
