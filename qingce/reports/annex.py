"""The annex 数据来源表: one row for each figure, the same in every form of the document."""

from __future__ import annotations

from django.utils.translation import gettext as _

from qingce.reports.document import Source


def heads() -> list[str]:
    return [_("No."), _("Figure"), _("Definition"), _("Value"), _("Rows")]


def cells(source: Source) -> list[str]:
    """The row of one figure, as text."""
    return [str(source.place), source.label, definition(source), value(source), str(source.rows)]


def definition(source: Source) -> str:
    said = _("%(definition)s (version %(version)s)") % {
        "definition": source.definition,
        "version": source.version,
    }
    return f"{said} = {' / '.join(source.parts)}" if source.parts else said


def value(source: Source) -> str:
    """The exact value, and how the text writes it where that differs."""
    if source.gap:
        return _("to be settled")
    if source.written == source.exact:
        return source.exact
    return _("%(exact)s (written “%(written)s”)") % {"exact": source.exact, "written": source.written}
