"""What a public notice must have gone through before a step."""

from __future__ import annotations

from django.utils.translation import gettext as _

from qingce.league.rules import Ruling
from qingce.work.membership.admission.dossier import (
    Dossier,
)
from qingce.work.membership.guarding import Found


def hung_long(dossier: Dossier, purpose: str, said: Ruling) -> Found | None:
    """Judged by the rule of the notice's own first day, which may be older than the step."""
    hung = dossier.notices.get(purpose)
    if hung is None:
        return None
    told = _("%(days)d working days, %(first)s to %(last)s") % {
        "days": hung.working_days,
        "first": hung.opens_on,
        "last": hung.closes_on,
    }
    if said.allows(hung.working_days):
        return Found(told)
    return Found(told, _("The notice hung only %d working days; put it up anew.") % hung.working_days)


def objections(dossier: Dossier, purpose: str) -> Found | None:
    hung = dossier.notices.get(purpose)
    if hung is None:
        return None
    if hung.upheld:
        return Found(_("upheld"), _("An objection to the notice was upheld; the admission ends here."))
    if hung.open_objections:
        return Found(
            _("%d open") % hung.open_objections,
            _("An objection is not settled yet; say on the page of the notice what was found."),
        )
    return Found(_("none open"))
