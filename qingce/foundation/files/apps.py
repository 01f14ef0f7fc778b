from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "qingce.foundation.files"
