"""Runs the web service."""

from __future__ import annotations

import uvicorn


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
