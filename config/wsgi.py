"""The door for application servers."""

import os

from django.core.wsgi import get_wsgi_application

from qingce.foundation import catalogue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
catalogue.demand_understood()
