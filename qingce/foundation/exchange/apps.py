from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "qingce.foundation.exchange"
