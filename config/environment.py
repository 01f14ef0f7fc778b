"""The environment variables that Qingce reads, each with what it means and how it is checked.

`docs/settings.md` is written from this list, and a missing or bad value stops start-up with a
sentence that says what to set.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent
TRUTHS = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False, "": False}


class SettingsRefused(SystemExit):
    """Start-up stops here; the message names the variable and what it should hold."""

    def __init__(self, sentence: str) -> None:
        super().__init__(f"qingce: {sentence}")


@dataclass(frozen=True)
class Variable:
    """One environment variable: `read` turns its text into a value or raises ValueError."""

    name: str
    meaning: str
    default: str | None = None
    read: Callable[[str], Any] = str

    def value(self, environ: Mapping[str, str]) -> Any:
        text = environ.get(self.name, self.default)
        if text is None:
            raise SettingsRefused(
                f"{self.name} is not set. {self.meaning} Set it in the environment or in "
                "var/qingce.env (bin/setup writes one)."
            )
        try:
            return self.read(text)
        except ValueError as problem:
            raise SettingsRefused(f"{self.name} is {text!r}: {problem}. {self.meaning}") from None


def truth(text: str) -> bool:
    try:
        return TRUTHS[text.strip().lower()]
    except KeyError:
        raise ValueError("expected true or false") from None


def names(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def whole_number(text: str) -> int:
    if not text.isdigit():
        raise ValueError("expected a whole number")
    return int(text)


def secret(text: str) -> str:
    if len(text) < 40:
        raise ValueError("expected at least 40 characters")
    return text


def second_factor(text: str) -> str:
    if text not in {"", "required", "offered"}:
        raise ValueError("expected required or offered")
    return text or _with_https("required", "offered")


def separate_duties(text: str) -> bool:
    return truth(text or _with_https("true", "false"))


def _with_https(then: str, otherwise: str) -> str:
    return then if truth(os.environ.get("QINGCE_HTTPS", "")) else otherwise


def credentials(text: str) -> dict[str, str]:
    """An application's id and secret, with WeCom's agent number between them; empty: switched off."""
    if not text:
        return {}
    first, *agent, last = text.split(":")
    if not first or not last or len(agent) > 1:
        raise ValueError("expected ID:SECRET (WeCom: CORPID:AGENTID:SECRET)")
    return {"client_id": first, "secret": last, "key": agent[0] if agent else ""}


def digest(text: str) -> str:
    if text not in {"sha256", "sm3"}:
        raise ValueError("expected sha256 or sm3")
    return text


def at_least_half_a_year(text: str) -> int:
    if not text.isdigit() or int(text) < 180:
        raise ValueError("expected 180 days or more")
    return int(text)


def optional_secret(text: str) -> str:
    return secret(text) if text else ""


def cipher(text: str) -> str:
    if text not in {"aes", "sm4"}:
        raise ValueError("expected aes or sm4")
    return text


def key_file(text: str) -> dict[str, str]:
    """Sealing keys by id from lines of “ID KEY”, the newest first."""
    if not text:
        return {}
    path = folder(text)
    if not path.is_file():
        raise ValueError("there is no such file")
    found: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        id, _blank, key = line.strip().partition(" ")
        if not id.isalnum() or not id.isascii() or len(id) > 20 or id in found:
            raise ValueError(f"the id {id!r} is given twice or is not letters and digits")
        found[id] = secret(key.strip())
    return found


def sealing_keys() -> dict[str, str]:
    """The ring of sealing keys by id, the newest first; QINGCE_SEALING_KEY is the oldest, with id 0."""
    keys: dict[str, str] = read("QINGCE_SEALING_KEYS_FILE")
    if first := read("QINGCE_SEALING_KEY"):
        keys.setdefault("0", first)
    if not keys:
        raise SettingsRefused(
            "QINGCE_SEALING_KEY is not set. " + VARIABLES["QINGCE_SEALING_KEY"].meaning + " Set it in "
            "the environment or in var/qingce.env (bin/setup writes one), or name a file of keys in "
            "QINGCE_SEALING_KEYS_FILE."
        )
    return keys


def folder(text: str) -> Path:
    return (ROOT / text).resolve()


def database(text: str) -> dict[str, Any]:
    """A Django database entry from `sqlite:///path` or `postgresql://user:pass@host:port/name`."""
    parts = urlsplit(text)
    if parts.scheme == "sqlite":
        path = parts.path.removeprefix("/")
        if not path:
            raise ValueError("expected sqlite:///path/to/file")
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(ROOT / path),
            # Opening the file and setting it up costs more than most questions put to it.
            "CONN_MAX_AGE": 600,
            "OPTIONS": {
                # WAL lets readers go on while one writer writes; FULL makes a confirmed save
                # survive a power cut; IMMEDIATE takes the write lock before reading.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                    "PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=268435456;"
                ),
            },
        }
    if parts.scheme in {"postgres", "postgresql"}:
        if not parts.path.strip("/"):
            raise ValueError("expected a database name after the host")
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.strip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            # All figures travel in one long question; compiling it took ten times as long as asking it.
            "OPTIONS": {"options": "-c jit=off"},
        }
    raise ValueError("expected sqlite:///… or postgresql://…")


VARIABLES = {
    variable.name: variable
    for variable in [
        Variable(
            "QINGCE_SECRET_KEY",
            "A random text of 40 characters or more that signs sessions.",
            read=secret,
        ),
        Variable(
            "QINGCE_SEALING_KEY",
            "A random text of 40 characters or more that seals ID numbers and phones; "
            "without it they cannot be read again, so keep a copy apart from the database.",
            default="",
            read=optional_secret,
        ),
        Variable(
            "QINGCE_SEALING_KEYS_FILE",
            "A file of sealing keys, one “ID KEY” a line, the newest first; see docs/privacy.md for "
            "changing keys.",
            default="",
            read=key_file,
        ),
        Variable(
            "QINGCE_CIPHER",
            "How sealed facts are encrypted: aes (AES-256-GCM, HMAC-SHA-256) or sm4 (SM4-GCM, "
            "HMAC-SM3). After a change run bin/qingce reseal.",
            default="aes",
            read=cipher,
        ),
        Variable(
            "QINGCE_DATABASE_URL",
            "Where the records are: sqlite:///var/qingce.sqlite3 or postgresql://user@host/name.",
            default="sqlite:///var/qingce.sqlite3",
            read=database,
        ),
        Variable(
            "QINGCE_REVEALS_PER_HOUR",
            "How many sealed facts one person may look at within an hour.",
            default="20",
            read=whole_number,
        ),
        Variable(
            "QINGCE_REQUEST_DAYS",
            "Working days within which a person's request about own data is answered.",
            default="15",
            read=whole_number,
        ),
        Variable("QINGCE_DATA", "Folder for uploads and imports.", default="var", read=folder),
        Variable(
            "QINGCE_CATALOGUE",
            "Folder with the committee's kinds, roles, indicators and outlines.",
            default="catalogue",
            read=folder,
        ),
        Variable("QINGCE_DEBUG", "Pages of errors with details; never in use.", "false", read=truth),
        Variable(
            "QINGCE_ALLOWED_HOSTS",
            "Names under which the site is reached, separated by commas.",
            default="127.0.0.1,localhost",
            read=names,
        ),
        Variable(
            "QINGCE_TRUSTED_ORIGINS",
            "Origins that may post forms when a proxy stands in front, separated by commas.",
            default="",
            read=names,
        ),
        Variable(
            "QINGCE_HTTPS",
            "true when the site is served over https: secure cookies and HSTS.",
            default="false",
            read=truth,
        ),
        Variable(
            "QINGCE_SECOND_FACTOR",
            "required: officers whose role the catalogue marks set up an authenticator or a passkey "
            "before anything else opens; offered: everybody may. When empty, required with QINGCE_HTTPS.",
            default="",
            read=second_factor,
        ),
        Variable(
            "QINGCE_SEPARATE_DUTIES",
            "true: nobody holds two of system administration, security and audit at the same time. "
            "When empty, true with QINGCE_HTTPS.",
            default="",
            read=separate_duties,
        ),
        Variable(
            "QINGCE_WEIXIN",
            "Signing in with WeChat, for accounts connected beforehand: APPID:SECRET.",
            default="",
            read=credentials,
        ),
        Variable(
            "QINGCE_WECOM",
            "Signing in with WeCom, for accounts connected beforehand: CORPID:AGENTID:SECRET.",
            default="",
            read=credentials,
        ),
        Variable(
            "QINGCE_DINGTALK",
            "Signing in with DingTalk, for accounts connected beforehand: APPKEY:SECRET.",
            default="",
            read=credentials,
        ),
        Variable(
            "QINGCE_CODE_GATEWAY",
            "How one-time codes reach a phone: console writes them to the log; an https address gets "
            "them by POST as JSON (phone, code, text); a dotted path names a class of your own.",
            default="console",
        ),
        Variable(
            "QINGCE_PROXIES",
            "How many proxies of your own stand in front; the log then believes the address they saw.",
            default="0",
            read=whole_number,
        ),
        Variable(
            "QINGCE_DIGEST", "Digest that chains the log of actions: sha256 or sm3.", "sha256", read=digest
        ),
        Variable(
            "QINGCE_AUDIT_DAYS",
            "Days for which the log of actions is kept, 180 at least (Cybersecurity Law, article 21).",
            default="1095",
            read=at_least_half_a_year,
        ),
        Variable("QINGCE_WORKERS", "Number of server processes.", default="2", read=whole_number),
    ]
}


def load_file(path: Path) -> None:
    """Take variables from `path` (lines of NAME=value) where the environment has none."""
    if not path.is_file():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        name, sign, value = line.partition("=")
        if sign and not name.lstrip().startswith("#"):
            os.environ.setdefault(name.strip(), value.strip())


def read(name: str) -> Any:
    return VARIABLES[name].value(os.environ)
