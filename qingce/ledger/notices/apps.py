from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "qingce.ledger.notices"
