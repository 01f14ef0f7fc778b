from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "qingce.ledger.records"
