from django.apps import AppConfig


class KindsConfig(AppConfig):
    name = "qingce.ledger.kinds"

    def ready(self) -> None:
        from qingce.foundation import catalogue
        from qingce.ledger.kinds.catalogue import purposes_name_kinds, taxonomy

        catalogue.add(taxonomy, purposes_name_kinds)
