"""Manners: pace, connections, robots.txt, who we say that we are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise

import pytest
from fake_portal import DETAIL, LIST, WELCOME

from ingest.fetch.command import DONE, UNUSABLE
from ingest.fetch.polite import Rules, retry_after


def gaps(portal):
    moments = sorted(a.at for a in portal.arrivals)
    return [b - a for a, b in pairwise(moments)]


def test_the_default_pace_is_300_ms_between_any_two_requests(open_portal, fetch, monkeypatch):
    monkeypatch.delenv("THUTUC_PORTAL_DELAY")
    portal = open_portal(4, latency=0.1)
    assert fetch(portal)[0] == DONE
    assert len(portal.arrivals) == 8  # robots, welcome, two pages, four details
    assert min(gaps(portal)) >= 0.3
    assert sum(gaps(portal)) / 7 <= 0.6


def test_a_fault_does_not_quicken_the_pace(open_portal, fetch, monkeypatch):
    monkeypatch.setenv("THUTUC_PORTAL_DELAY", "0.1")
    portal = open_portal(5)
    for whom in ("robots", "welcome", "list"):
        portal.fail(whom, "503")
    portal.fail(portal.procedures[2]["id"], "drop", "500")
    fetch(portal)
    assert min(gaps(portal)) >= 0.1


def test_never_more_than_three_at_once(open_portal, fetch):
    portal = open_portal(30, latency=0.02)
    assert fetch(portal)[0] == DONE
    assert portal.most_at_once == 3


def test_every_request_names_the_project_and_the_contact(open_portal, fetch):
    portal = open_portal(2)
    fetch(portal, "--all", "--contact", "https://xa.example.vn/lien-he")
    agents = {a.headers["User-Agent"] for a in portal.arrivals}
    assert len(agents) == 1
    (agent,) = agents
    assert agent.startswith("thutuc-bot/") and agent.endswith(" (+https://xa.example.vn/lien-he)")


def test_without_a_contact_a_run_says_so(open_portal, fetch, monkeypatch):
    monkeypatch.delenv("THUTUC_PORTAL_CONTACT")
    code, _, said = fetch(open_portal(1))
    assert code == DONE and "THUTUC_PORTAL_CONTACT" in said


def test_robots_and_the_welcome_page_come_first_and_once(open_portal, fetch):
    portal = open_portal(3, robots="User-agent: *\nDisallow: /admin")
    fetch(portal)
    assert [a.path for a in portal.arrivals[:3]] == ["/robots.txt", WELCOME, LIST]
    assert sum(a.path == "/robots.txt" for a in portal.arrivals) == 1
    assert all("session=1" in a.headers["Cookie"] for a in portal.arrivals[2:])
    fetch(portal)
    assert sum(a.path == "/robots.txt" for a in portal.arrivals) == 2  # read anew by each run


@pytest.mark.parametrize(
    ("robots", "path"),
    [
        ("User-agent: *\nDisallow: /", WELCOME),
        ("User-agent: thutuc-bot\nDisallow: /api/", LIST),
        ("User-agent: *\nDisallow: /api/v1/configuring", DETAIL),
    ],
)
def test_what_robots_forbids_is_not_asked_for(open_portal, fetch, robots, path):
    portal = open_portal(3, robots=robots)
    code, _, said = fetch(portal)
    assert code == UNUSABLE and f"không cho tải {path}" in said
    assert [a.path for a in portal.arrivals] == ["/robots.txt"]


@pytest.mark.parametrize("fault", ["always:500", "always:403", "always:drop", "always:401"])
def test_robots_that_can_not_be_read_forbid_everything(open_portal, fetch, fault):
    portal = open_portal(2)
    portal.fail("robots", fault)
    code, _, said = fetch(portal)
    assert code == UNUSABLE and "robots.txt" in said
    assert {a.path for a in portal.arrivals} == {"/robots.txt"}


def test_a_page_in_place_of_robots_allows(open_portal, fetch):
    assert fetch(open_portal(1, robots="<!doctype html><div id=root></div>"))[0] == DONE


def test_a_slower_pace_in_robots_is_taken_over(open_portal, fetch):
    portal = open_portal(1, robots="User-agent: *\nRequest-rate: 10/4")
    fetch(portal, "--all", "--limit", 1)
    assert min(gaps(portal)[1:]) >= 0.4
    assert Rules("User-agent: *\nCrawl-delay: 7\nRequest-rate: 1/5").delay == 7
    assert Rules("User-agent: *\nDisallow:").delay == 0


def test_retry_after_is_seconds_or_a_date():
    soon = datetime.now(UTC) + timedelta(seconds=90)
    assert retry_after("12") == 12
    assert 80 < (retry_after(format_datetime(soon, usegmt=True)) or 0) <= 90
    assert retry_after("Wed, 21 Oct 2015 07:28:00 -0000") == 0
    assert retry_after(None) is retry_after("soon") is retry_after("-3") is None
