from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembershipConfig(AppConfig):
    name = "qingce.work.membership"

    def ready(self) -> None:
        from qingce.foundation import catalogue, exchange
        from qingce.foundation.ui import navigation, panels
        from qingce.league.organisations import health
        from qingce.ledger.records import families
        from qingce.work.membership.admission.sheet.admissions import AdmissionSheet
        from qingce.work.membership.discipline.penalties import penalties
        from qingce.work.membership.models import MemberCase
        from qingce.work.membership.quota.sheet import AllotmentSheet
        from qingce.work.membership.recommending.sheet import RecommendationSheet
        from qingce.work.membership.reviews.scoring_sheets import scoring_sheets
        from qingce.work.membership.reviews.sheet import ReviewSheet
        from qingce.work.membership.sheets import SHEETS
        from qingce.work.membership.sources import register_sources
        from qingce.work.membership.transfers.kept import kept_too_long
        from qingce.work.membership.transfers.reasons import reasons

        catalogue.add(penalties, reasons, scoring_sheets)
        families.register("membership", letter="M", model=MemberCase)
        register_sources()
        health.look("kept", kept_too_long)
        health.remedy("kept", route="branch", label=_("Whose turn it is"), permission="person.see")
        panels.add("unit", route="branch-panel", title=_("Members"), permission="person.see")
        shelf = _("Members")
        for route, label, order, permission in (
            ("admissions", _("Admissions"), 30, "record.see"),
            ("recommendations", _("Recommendations"), 31, "record.see"),
            ("quota", _("Quota of new members"), 32, "record.see"),
            ("transfers", _("Transfers"), 33, "person.see"),
            ("reviews", _("Yearly review"), 34, "person.see"),
            ("leaving", _("Leaving at 28"), 35, "person.see"),
            ("matters", _("Matters"), 36, "person.see"),
        ):
            navigation.add(route, label, order=order, permission=permission, shelf=shelf)
        for sheet in (AllotmentSheet, *SHEETS, AdmissionSheet, RecommendationSheet, ReviewSheet):
            exchange.register(sheet())
