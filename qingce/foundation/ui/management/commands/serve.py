"""`bin/qingce serve`: the pages, by gunicorn, with workers forked from one loaded parent."""

from __future__ import annotations

import gc
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.core.wsgi import get_wsgi_application
from gunicorn.app.base import BaseApplication

THREADS = 4


class Command(BaseCommand):
    help = "Serve the pages."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, host: str, port: int, **options: Any) -> None:
        Server({"bind": f"{host}:{port}", **OPTIONS, "workers": settings.WORKERS}).run()


OPTIONS = {
    "worker_class": "gthread",
    "threads": THREADS,
    "preload_app": True,
    "max_requests": 20_000,
    "max_requests_jitter": 2_000,
    "accesslog": None,
    "loglevel": "warning",
    "proc_name": "qingce",
}


class Server(BaseApplication):
    """Gunicorn with options given here instead of in a file."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        application = get_wsgi_application()
        # What is loaded before the fork is shared by the workers as long as nobody touches it.
        gc.collect()
        gc.freeze()
        return application
