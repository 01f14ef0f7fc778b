from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "qingce.work.activities"

    def ready(self) -> None:
        from qingce.foundation import exchange
        from qingce.league.people import life
        from qingce.ledger import attending
        from qingce.ledger.records import families
        from qingce.work.activities.attendance import attendances
        from qingce.work.activities.life import taking_part
        from qingce.work.activities.models import Activity
        from qingce.work.activities.sheets import SHEETS
        from qingce.work.activities.sources import register_sources

        families.register("activities", letter="A", model=Activity)
        life.tells(taking_part)
        register_sources()
        attending.register(attendances)
        for sheet in SHEETS:
            exchange.register(sheet())
