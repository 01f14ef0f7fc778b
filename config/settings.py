"""Django's settings; everything that differs between sites comes from `config.environment`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from config import environment

ROOT = environment.ROOT
environment.load_file(Path(os.environ.get("QINGCE_ENV_FILE", ROOT / "var" / "qingce.env")))

SECRET_KEY = environment.read("QINGCE_SECRET_KEY")
SEALING_KEYS = environment.sealing_keys()
CIPHER = environment.read("QINGCE_CIPHER")
REVEALS_PER_HOUR = environment.read("QINGCE_REVEALS_PER_HOUR")
REQUEST_DAYS = environment.read("QINGCE_REQUEST_DAYS")
DEBUG = environment.read("QINGCE_DEBUG")
ALLOWED_HOSTS = environment.read("QINGCE_ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = environment.read("QINGCE_TRUSTED_ORIGINS")
DATABASES = {"default": environment.read("QINGCE_DATABASE_URL")}
DATA = environment.read("QINGCE_DATA")
CATALOGUE = environment.read("QINGCE_CATALOGUE")
WORKERS = environment.read("QINGCE_WORKERS")
HTTPS = environment.read("QINGCE_HTTPS")
SECOND_FACTOR_REQUIRED = environment.read("QINGCE_SECOND_FACTOR") == "required"
DUTIES_SEPARATE = environment.read("QINGCE_SEPARATE_DUTIES")
CODE_GATEWAY = environment.read("QINGCE_CODE_GATEWAY")
PROVIDER_APPS = {
    "weixin": "allauth.socialaccount.providers.weixin",
    "wecom": "qingce.foundation.accounts.wecom",
    "dingtalk": "allauth.socialaccount.providers.dingtalk",
}
SOCIALACCOUNT_PROVIDERS = {
    name: {"APP": environment.read(f"QINGCE_{name.upper()}")}
    for name in PROVIDER_APPS
    if environment.read(f"QINGCE_{name.upper()}")
}
DIGEST = environment.read("QINGCE_DIGEST")
AUDIT_DAYS = environment.read("QINGCE_AUDIT_DAYS")
PROXIES = environment.read("QINGCE_PROXIES")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    # Before the libraries whose templates they replace.
    "qingce.foundation.ui",
    "qingce.foundation.accounts",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    *(PROVIDER_APPS[name] for name in SOCIALACCOUNT_PROVIDERS),
    "qingce.foundation.audit",
    "qingce.foundation.privacy",
    "qingce.foundation.exchange",
    "qingce.foundation.files",
    "qingce.foundation.upkeep",
    "qingce.league.people",
    "qingce.league.organisations",
    "qingce.league.rules",
    "qingce.league.places",
    "qingce.league.access",
    "qingce.league.register",
    "qingce.league.standing",
    "qingce.ledger.kinds",
    "qingce.ledger.records",
    "qingce.ledger.notices",
    "qingce.ledger.sources",
    "qingce.work.organising",
    "qingce.work.membership",
    "qingce.work.activities",
    "qingce.work.programmes",
    "qingce.work.cases",
    "qingce.work.publishing",
    "qingce.figures.indicators",
    "qingce.reports",
    "qingce.reports.writing",
    "qingce.desk",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "qingce.foundation.audit.origin.KnowsTheOrigin",
    "qingce.foundation.ui.permissions_policy.NothingOfTheDevice",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "qingce.foundation.accounts.middleware.Visiting",
    "qingce.league.access.middleware.EveryDoorHasALock",
    "qingce.league.rules.middleware.RulesHeldStill",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "qingce.foundation.ui.context.page",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "qingce.foundation.ui.templatetags.ui",
                "qingce.foundation.privacy.templatetags.sealed",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["qingce.foundation.accounts.backends.NameOrPhone"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in [
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    ]
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "qingce.foundation.accounts.adapter.StaffAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_FORMS = {
    "login": "qingce.foundation.accounts.forms.SignInForm",
    "change_password": "qingce.foundation.accounts.forms.NewPasswordForm",
}
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/300s/key",
    # Our own: codes that could be guessed. `key` is a phone.
    "invitation": "5/m/ip,30/h/ip",
    "code_sent": "1/m/key,5/h/key,20/h/ip",
    "code_tried": "10/m/ip,60/h/ip",
}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
MFA_ADAPTER = "qingce.foundation.accounts.adapter.SecondFactor"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Qingce"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
SOCIALACCOUNT_ADAPTER = "qingce.foundation.accounts.adapter.ConnectOnly"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "var" / "static"
MEDIA_ROOT = DATA / "files"
TESTING = "pytest" in sys.modules
STORAGES = {
    "default": {"BACKEND": "qingce.foundation.files.keeping.KeptOnce"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG or TESTING
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = DEBUG or TESTING

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# Not behind the cache: each server process has its own, and signing out elsewhere must hold in all.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# Everything comes from our own files: no inline script, no inline style, nobody else's server.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
if HTTPS:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = 31536000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True

DATA_UPLOAD_MAX_MEMORY_SIZE = 30 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

DEFAULT_EXCEPTION_REPORTER_FILTER = "qingce.foundation.privacy.reports.ReporterFilter"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"scrubbed": {"()": "qingce.foundation.privacy.reports.Formatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "scrubbed"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
