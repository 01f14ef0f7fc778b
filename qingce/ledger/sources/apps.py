from django.apps import AppConfig


class SourcesConfig(AppConfig):
    name = "qingce.ledger.sources"

    def ready(self) -> None:
        from qingce.ledger.sources.registers import register_registers

        register_registers()
