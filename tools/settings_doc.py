"""The page of settings, written from the list the program reads: `python -m tools.settings_doc`."""

from __future__ import annotations

from config.environment import ROOT, VARIABLES, Variable

PAGE = ROOT / "docs" / "settings.md"
HEAD = """# Settings

Qingce takes its settings from environment variables, and where the environment has none from
`var/qingce.env` (lines of `NAME=value`), which `bin/setup` writes once with fresh secrets;
`QINGCE_ENV_FILE` names another file. A missing or bad value stops start-up with a sentence that
says what to set. Folders and files are taken from the root of the project.

This page is written by `python -m tools.settings_doc` from `config/environment.py`.

| variable | when not set | meaning |
|---|---|---|
"""
TAIL = """
Only the checks (`bin/check`) read these; they look for both by themselves.

| variable | meaning |
|---|---|
| `QINGCE_TEST_POSTGRES` | The PostgreSQL on which the tests run: postgresql://user@host/name. |
| `QINGCE_CHROMIUM` | The Chromium that the browser tests drive. |
"""


def page() -> str:
    """The whole page as text."""
    return HEAD + "".join(_row(variable) for variable in VARIABLES.values()) + TAIL


def _row(variable: Variable) -> str:
    if variable.default is None:
        default = "must be set"
    else:
        default = f"`{variable.default}`" if variable.default else "empty"
    return f"| `{variable.name}` | {default} | {variable.meaning} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
