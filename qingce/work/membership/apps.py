from django.apps import AppConfig


class MembershipConfig(AppConfig):
    name = "qingce.work.membership"

    def ready(self) -> None:
        from qingce.foundation import exchange
        from qingce.ledger.records import families
        from qingce.work.membership.models import MemberCase
        from qingce.work.membership.sheets import SHEETS
        from qingce.work.membership.sources import register_sources

        families.register("membership", letter="M", model=MemberCase)
        register_sources()
        for sheet in SHEETS:
            exchange.register(sheet())
