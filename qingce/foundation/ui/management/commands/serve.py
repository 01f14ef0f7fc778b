"""`bin/qingce serve`: the pages, by gunicorn, with workers forked from one loaded parent."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.core.management.base import BaseCommand, CommandError
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _
from gunicorn.app.base import BaseApplication

from qingce.foundation import catalogue
from qingce.foundation.loading import uncollected
from qingce.foundation.upkeep import databases

OPTIONS = {
    "worker_class": "gthread",
    "threads": 4,
    "preload_app": True,
    "keepalive": 0,  # a kept connection stays with its worker, and all of them may be with the same one
    "max_requests": 20_000,
    "max_requests_jitter": 2_000,
    "control_socket_disable": True,
    "loglevel": "warning",
    "proc_name": "qingce",
}


class Command(BaseCommand):
    help = "Serve the pages; Ctrl+C stops."
    # bin/check and migrate look at everything; starting looks at what serving needs.
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="default: 127.0.0.1")
        parser.add_argument("--port", type=int, default=8000, help="default: 8000")

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        with uncollected():  # what is read here is shared by the workers
            catalogue.demand_understood()
        if databases.waiting():
            raise CommandError(
                _("The database is behind this version. Run bin/qingce migrate, then serve again.")
            )
        address = _("Serving on http://{host}:{port} — Ctrl+C stops.").format(host=host, port=port)
        Server({**OPTIONS, "bind": f"{host}:{port}", "workers": settings.WORKERS}, address).run()


def warm_up(application: WSGIHandler) -> None:
    """Draw the page of signing in once, so that what the first page builds is built before the fork."""
    host = settings.ALLOWED_HOSTS[0].lstrip("*.") or "localhost"
    environ = {"PATH_INFO": resolve_url(settings.LOGIN_URL), "HTTP_HOST": host, "HTTPS": "on"}
    setup_testing_defaults(environ)
    application.get_response(WSGIRequest(environ)).close()


class Server(BaseApplication):
    """Gunicorn with options given here instead of in a file; says its address when it is ready."""

    def __init__(self, options: dict[str, Any], address: str) -> None:
        self.options = {**options, "when_ready": lambda arbiter: print(address, flush=True)}
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        application = get_wsgi_application()
        # What is there before the fork is shared by the workers as long as nobody touches it.
        with uncollected():
            warm_up(application)
        connections.close_all()
        return application
