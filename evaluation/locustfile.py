"""A citizen for locust: asks one question after another, each in a conversation of its own."""

from __future__ import annotations

import random

from locust import FastHttpUser, task

from evaluation.labelled import load

QUESTIONS = [q.question for q in load().answerable]


class Citizen(FastHttpUser):
    """Asks without a pause: the throughput is what the server can bear."""

    @task
    def ask(self) -> None:
        self.client.post("/api/chat", json={"message": random.choice(QUESTIONS)})  # noqa: S311
