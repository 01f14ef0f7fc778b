"""`python -m sample --out FOLDER`: write the sample district's workbooks."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from sample.year import write


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the workbooks, ORDER.txt and LOGINS.txt; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m sample", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("var/sample"), help="folder to write to")
    folder = parser.parse_args(arguments).out
    names = write(folder)
    sys.stdout.write(f"{len(names)} workbooks written to {folder}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
