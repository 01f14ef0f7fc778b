"""`qingce reseal`: bring every sealed value under the newest key; may be stopped and run again."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from qingce.foundation.privacy import keys
from qingce.foundation.privacy.resealing import count_left, reseal, sealed_models


class Command(BaseCommand):
    help = "Encrypt every sealed fact anew under the newest key, and its digest with it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--leave-unreadable",
            action="store_true",
            help="finish although some values were sealed with a key that is lost",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        unreadable = 0
        models = sealed_models()
        with tqdm(
            total=sum(count_left(model) for model in models),
            unit=" rows",
            leave=False,
            disable=not sys.stderr.isatty(),
        ) as bar:
            for model in models:
                unreadable += reseal(model, bar.update, leave_unreadable=options["leave_unreadable"])
        if unreadable:
            raise CommandError(
                _(
                    "%d rows hold a value sealed with a key that is not here. Put that key on the ring and "
                    "run this again; if it is lost for good, add --leave-unreadable."
                )
                % unreadable
            )
        self.stdout.write(
            _("Every sealed fact is under the key “%s”. Older keys may be taken off the ring.")
            % keys.newest().id
        )
