"""`python -m merilo` and the `merilo` command."""

from __future__ import annotations

import io
import sys

from merilo.cli.main import run


def main() -> None:
    """Run the command line and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that lacks a sign (× in an old Windows code page) shows ? in its place and the work goes on.
            stream.reconfigure(errors="replace")
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
