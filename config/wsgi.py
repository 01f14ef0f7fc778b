"""The door for application servers."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

from qingce.foundation import catalogue  # noqa: E402 (apps are loaded by the line above)

catalogue.demand_understood()
