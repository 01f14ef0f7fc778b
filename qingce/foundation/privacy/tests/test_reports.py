"""An error report and a log line tell what went wrong, and nothing that is sealed."""

from __future__ import annotations

import logging
import sys

from django.test import RequestFactory
from django.views.debug import ExceptionReporter

from qingce.foundation.privacy import masks, sealing
from qingce.foundation.privacy.fields import Sealed, digest
from qingce.foundation.privacy.reports import Formatter

NUMBER, PHONE = "990101199901010000", "13912345678"


def test_a_report_of_an_error_holds_no_sealed_fact(settings):
    request = RequestFactory().post("/people/1/", {"id_number": NUMBER, "name": "周小满"})
    report = _report(request)
    assert "周小满" in report
    for known in (NUMBER, PHONE, digest(NUMBER), *settings.SEALING_KEYS.values()):
        assert known not in report


def _report(request):
    held = Sealed(masks.PHONE, "x", plain=PHONE)
    row = {"name": "周小满", "id_number": NUMBER, "found_by": digest(NUMBER)}
    try:
        sealing.unseal("a:0:" + PHONE, held.reveal() + row["id_number"])
    except sealing.Unreadable:
        reporter = ExceptionReporter(request, *sys.exc_info())
        return reporter.get_traceback_html() + reporter.get_traceback_text()


def test_a_line_of_the_log_holds_no_sealed_fact():
    record = logging.LogRecord("x", logging.ERROR, "", 0, "no such person %s, %s", (NUMBER, PHONE), None)
    assert Formatter().format(record) == "no such person ▇, ▇"
    record = logging.LogRecord("x", logging.ERROR, "", 0, "record A2023-004711, 12345678901 rows", (), None)
    assert Formatter().format(record) == "record A2023-004711, 12345678901 rows"
