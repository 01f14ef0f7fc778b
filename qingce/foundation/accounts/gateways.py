"""How a one-time code reaches a phone: one class for each way, chosen by `QINGCE_CODE_GATEWAY`."""

from __future__ import annotations

import logging
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from qingce.foundation.refusals import Refused

logger = logging.getLogger(__name__)
PATIENCE = 10  # seconds


class Gateway(Protocol):
    def send(self, phone: str, code: str, text: str) -> None:
        """Deliver `text`, which holds `code`; Refused when it cannot be delivered."""


class Console:
    """Writes the code to the server's log, for the sample year; the phone itself stays out of it."""

    def send(self, phone: str, code: str, text: str) -> None:
        logger.warning("one-time code for the phone ending in %s: %s", phone[-4:], code)


class Webhook:
    """Posts phone, code and text as JSON to the address of a gateway for short messages."""

    def __init__(self, address: str) -> None:
        self.address = address

    def send(self, phone: str, code: str, text: str) -> None:
        import requests  # here, for few servers ever send a code, and it takes its time to load

        asked = {"phone": phone, "code": code, "text": text}
        try:
            requests.post(self.address, json=asked, timeout=PATIENCE).raise_for_status()
        except requests.RequestException:
            logger.exception("the gateway for short messages failed")
            raise Refused(_("The code could not be sent just now; try again in a few minutes.")) from None


def gateway() -> Gateway:
    said: str = settings.CODE_GATEWAY
    if said == "console":
        return Console()
    if said.startswith(("https://", "http://")):
        return Webhook(said)
    chosen: Gateway = import_string(said)()
    return chosen
