from django.apps import AppConfig


class KindsConfig(AppConfig):
    name = "qingce.ledger.kinds"
