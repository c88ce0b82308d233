"""Killed without warning, at many moments; nothing is fetched twice, nothing is lost."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest
from fake_portal import held

from ingest.fetch.command import DONE


def start(portal, out, **settings):
    return subprocess.Popen(
        [sys.executable, "-m", "ingest.fetch", "--all", "--out", out, "--base-url", portal.url],
        env=os.environ | {"THUTUC_PORTAL_DELAY": "0.01"} | settings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def kill_when(run, reached):
    while not reached():
        assert run.poll() is None, "the run ended before it was killed"
        time.sleep(0.002)
    run.kill()
    run.wait()


@pytest.mark.parametrize("answered", [1, 13, 31])
def test_killed_among_the_details(open_portal, fetch, out, answered):
    portal = open_portal(60, latency=0.01)
    kill_when(start(portal, out), lambda: portal.asked().total() >= answered)
    time.sleep(0.05)
    before, there = portal.asked(), held(out)
    pages = len(portal.pages())
    assert len(there) >= answered - 3
    code, counts, _ = fetch(portal)
    assert (code, counts["already"], counts["fetched"]) == (DONE, len(there), 60 - len(there))
    assert held(out) == {p["code"]: p for p in portal.procedures}
    assert len(portal.pages()) == pages  # the list was not read again
    again = {key for key, times in portal.asked().items() if times > 1}
    on_disk = {p["id"] for p in there.values()}
    assert not again & on_disk  # nothing that had arrived was fetched twice
    assert again <= set(before) and len(again) <= 3  # only what was on its way


def test_killed_in_the_list(open_portal, fetch, out, monkeypatch):
    monkeypatch.setenv("THUTUC_PORTAL_PAGE_SIZE", "3")
    portal = open_portal(30, latency=0.01)
    kill_when(start(portal, out), lambda: len(portal.pages()) >= 5)
    time.sleep(0.05)
    assert not portal.asked()
    code, counts, _ = fetch(portal)
    assert (code, counts["listed"], counts["fetched"]) == (DONE, 30, 30)
    cursors = [p["lastId"] for p in portal.pages()]
    assert len(cursors) - len(set(cursors)) <= 1  # only the page on its way
    assert set(portal.asked().values()) == {1}


def test_killed_again_and_again(open_portal, fetch, out):
    portal = open_portal(40, latency=0.005)
    for goal in (8, 18, 28):
        kill_when(start(portal, out), lambda goal=goal: portal.asked().total() >= goal)
    time.sleep(0.05)
    assert fetch(portal)[0] == DONE
    assert held(out) == {p["code"]: p for p in portal.procedures}
    assert portal.asked().total() <= 40 + 3 * 3
