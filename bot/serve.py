"""Runs the web service."""

from __future__ import annotations

import socket

import uvicorn


def check_free(host: str, port: int) -> None:
    """Raise OSError when nobody can listen there, before anything is loaded."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))


def run(host: str, port: int, workers: int) -> None:
    """Serve until stopped; each worker opens the snapshot for itself."""
    uvicorn.run(
        "bot.channels.web:create_app",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        log_level="warning",
        server_header=False,
    )
