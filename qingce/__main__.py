"""`python -m qingce` is `bin/qingce`: exit code 0 done, 1 refused, 2 wrong usage."""

from __future__ import annotations

import os
import sys
from typing import Any

import django
from django.core.management import ManagementUtility, get_commands, load_command_class
from django.core.management.base import CommandError
from django.db import connections
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingce.foundation.audit.origin import coming_from
from qingce.foundation.loading import uncollected
from qingce.foundation.refusals import Refused

DONE, REFUSED, USAGE = 0, 1, 2
COMMANDS: dict[str, str | Promise] = {
    "import": gettext_lazy("Read spreadsheets into the ledger, each file whole or not at all"),
    "template": gettext_lazy("Write an empty spreadsheet with drop-downs, ready to be filled in"),
    "figures": gettext_lazy("Every figure of a unit in a period"),
    "figure": gettext_lazy("One figure, with the rows behind it"),
    "report": gettext_lazy("Write a report, such as the annual summary"),
    "verify": gettext_lazy("Read a summary and say which of its figures the ledger stands behind"),
    "password": gettext_lazy("Set the password of an account"),
    "access-matrix": gettext_lazy("Write who meets what at every door into docs/access-matrix.md"),
    "log": gettext_lazy("Take log entries out after their time of keeping"),
    "backup": gettext_lazy("Write everything into one file"),
    "restore": gettext_lazy("Bring back what a backup holds, all or nothing"),
    "doctor": gettext_lazy("Examine settings and data, and say what to do"),
    "reseal": gettext_lazy("Encrypt every sealed fact anew under the newest key"),
    "retention": gettext_lazy("Erase personal facts whose time is over; records and figures stay"),
    "serve": gettext_lazy("Serve the pages"),
    "migrate": gettext_lazy("Bring the database in step with this version"),
}


def main(words: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.umask(0o077)  # what the program writes is nobody else's to read
    with uncollected():
        django.setup()
    if not words or words[0] in {"help", "--help", "-h"}:
        print(overview())
        return DONE
    name, *arguments = words
    app = get_commands().get(name)
    if app is None:
        print(unknown(name), file=sys.stderr)
        return USAGE
    if not str(app).startswith("qingce."):
        ManagementUtility(["qingce", *words]).execute()
        return DONE
    return carry_out(load_command_class(str(app), name), name, arguments)


def overview() -> str:
    """What Qingce can do, one line each."""
    known = get_commands()
    lines = [f"  {name:<15}{what}" for name, what in COMMANDS.items() if name in known]
    usage = _("usage: qingce COMMAND …    (qingce COMMAND --help explains one)")
    return "\n".join([usage, "", *lines])


def unknown(name: str) -> str:
    refusal = _("qingce: there is no command “{name}”. These there are:").format(name=name)
    return f"{refusal}\n\n{overview()}"


def carry_out(command: Any, name: str, arguments: list[str]) -> int:
    """Run one of our commands; a refusal is printed as its sentence, never as a traceback."""
    command._called_from_command_line = True  # wrong usage then ends with argparse's own exit code 2
    options = vars(command.create_parser("qingce", name).parse_args(arguments))
    try:
        with coming_from(f"qingce {name}"):
            command.execute(*options.pop("args", ()), **options)
    except BrokenPipeError:
        # The reader has seen enough (`… | head`); what is still to be flushed would only complain again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (CommandError, Refused) as problem:
        print(f"qingce: {problem}", file=sys.stderr)
        return getattr(problem, "returncode", REFUSED)
    finally:
        connections.close_all()
    return DONE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
