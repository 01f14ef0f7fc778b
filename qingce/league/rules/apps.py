from django.apps import AppConfig


class RulesConfig(AppConfig):
    name = "qingce.league.rules"

    def ready(self) -> None:
        from qingce.league.rules.catalogue import rules

        rules()  # a catalogue that cannot be understood stops the program here
