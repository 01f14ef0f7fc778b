from django.apps import AppConfig


class MembershipConfig(AppConfig):
    name = "qingce.work.membership"

    def ready(self) -> None:
        from qingce.foundation import exchange
        from qingce.ledger.records import families
        from qingce.work.membership.admission_sheet import AdmissionSheet
        from qingce.work.membership.models import MemberCase
        from qingce.work.membership.quota_sheet import AllotmentSheet
        from qingce.work.membership.recommending_sheet import RecommendationSheet
        from qingce.work.membership.sheets import SHEETS
        from qingce.work.membership.sources import register_sources

        families.register("membership", letter="M", model=MemberCase)
        register_sources()
        for sheet in (AllotmentSheet, *SHEETS, AdmissionSheet, RecommendationSheet):
            exchange.register(sheet())
