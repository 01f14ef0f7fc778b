"""Known weaknesses of the locked packages: `python -m tools.dependencies`.

Exit code 0 none, 1 some, 3 when the service that knows them does not answer.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

LOCK = Path(__file__).resolve().parent.parent / "requirements" / "run.txt"
PATIENCE = 90  # seconds
WHOLE, WEAK, UNREACHED = 0, 1, 3


def main() -> int:
    words = [
        sys.executable,
        "-m",
        "pip_audit",
        "--requirement",
        str(LOCK),
        "--disable-pip",
        "--format",
        "json",
    ]
    words += ["--progress-spinner", "off", "--require-hashes"]
    try:
        done = subprocess.run(words, capture_output=True, text=True, timeout=PATIENCE, check=False)  # noqa: S603
        answer = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        return UNREACHED
    known = [one for one in answer["dependencies"] if "vulns" in one]
    if len(known) < len(answer["dependencies"]):
        return UNREACHED  # a package that was skipped was not looked at
    weak = [one for one in known if one["vulns"]]
    for one in weak:
        print(one["name"], one["version"], ", ".join(said["id"] for said in one["vulns"]))
    return WEAK if weak else WHOLE


if __name__ == "__main__":
    sys.exit(main())
