"""What a browser says of itself, in words that its owner recognises."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

register = template.Library()

# The first that is found: most browsers also name those whose pages they can show.
BROWSERS = [
    ("wxwork", _("WeCom")),
    ("MicroMessenger", _("WeChat")),
    ("DingTalk", _("DingTalk")),
    ("Edg", "Edge"),
    ("QQBrowser", _("QQ Browser")),
    ("360SE", _("360 Browser")),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
]
SYSTEMS = [
    ("HarmonyOS", _("HarmonyOS")),
    ("Android", _("Android phone")),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
]


@register.filter
def device(said: str) -> str:
    """The browser and the system that `said`, the line browsers send with a request, speaks of."""
    known = [next((str(name) for mark, name in names if mark in said), "") for names in (BROWSERS, SYSTEMS)]
    return " · ".join(filter(None, known)) or gettext("Unknown device")
