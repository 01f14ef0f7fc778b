"""`python -m qingce` is `bin/qingce`: exit code 0 done, 1 refused, 2 wrong usage."""

from __future__ import annotations

import os
import sys

COMMANDS = {
    "import": "read spreadsheets into the ledger",
    "template": "write an empty spreadsheet with drop-downs",
    "figures": "every figure of a unit in a period",
    "figure": "one figure, with the rows behind it",
    "report": "write a report, such as the annual summary",
    "password": "set the password of an account",
    "serve": "serve the pages",
    "migrate": "bring the database in step with this version",
}


def main(words: list[str]) -> int:
    if not words or words[0] in {"help", "--help", "-h"}:
        print(overview())
        return 0
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.core.management import ManagementUtility, get_commands

    django.setup()
    if words[0] not in get_commands():
        print(f"qingce: there is no command {words[0]!r}\n\n{overview()}", file=sys.stderr)
        return 2
    ManagementUtility(["qingce", *words]).execute()
    return 0


def overview() -> str:
    lines = [f"  {name:<10} {what}" for name, what in COMMANDS.items()]
    return "\n".join(["usage: qingce COMMAND [--help]", "", *lines])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
