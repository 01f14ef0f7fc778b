"""A small load of HTTP clients that keep their connection, over loopback."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Load:
    """What the clients saw: requests per second, 95th percentile in ms, bytes of one body."""

    per_second: float
    p95: float
    size: int


def load(port: int, path: str, *, cookie: str = "", clients: int = 8, seconds: float = 4) -> Load:
    """Ask for `path` with `clients` at once for `seconds`; the first answers do not count."""
    asyncio.run(_load(port, path, cookie, clients, 1.0))
    return asyncio.run(_load(port, path, cookie, clients, seconds))


async def _load(port: int, path: str, cookie: str, clients: int, seconds: float) -> Load:
    until = time.perf_counter() + seconds
    head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n\r\n".encode()
    seen = await asyncio.gather(*(_client(port, head, until) for _ in range(clients)))
    times = sorted(taken for client in seen for taken, _size in client)
    sizes = [size for client in seen for _taken, size in client]
    return Load(len(times) / seconds, times[int(len(times) * 0.95)] * 1000, max(sizes))


async def _client(port: int, head: bytes, until: float) -> list[tuple[float, int]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    seen = []
    while time.perf_counter() < until:
        began = time.perf_counter()
        writer.write(head)
        answer = await reader.readuntil(b"\r\n\r\n")
        if b" 200 " not in answer.split(b"\r\n", 1)[0]:
            raise RuntimeError(answer.split(b"\r\n", 1)[0].decode())
        size = await _body(reader, answer.lower())
        seen.append((time.perf_counter() - began, size))
        if b"connection: close" in answer.lower():
            writer.close()
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.close()
    return seen


async def _body(reader: asyncio.StreamReader, answer: bytes) -> int:
    for line in answer.split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return len(await reader.readexactly(int(line.split(b":")[1])))
    size = 0
    while (chunk := int(await reader.readline(), 16)) > 0:
        size += len(await reader.readexactly(chunk))
        await reader.readline()
    await reader.readline()
    return size
