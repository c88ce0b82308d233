"""Faults of the portal: what is tried again, what is refused, when a run gives up."""

from __future__ import annotations

import json

import pytest
from fake_portal import DETAIL, LIST, WELCOME, held, procedure, uuid

from ingest.fetch.command import DONE, INCOMPLETE, UNUSABLE
from ingest.fetch.run import FAILURES_IN_A_ROW


@pytest.mark.parametrize("fault", ["403", "429", "500", "503", "drop", "cut", "say {"])
@pytest.mark.parametrize("whom", ["list", uuid(2)])
def test_a_passing_fault_is_tried_again(open_portal, fetch, fault, whom):
    portal = open_portal(3)
    portal.fail(whom, fault, fault)
    code, counts, said = fetch(portal)
    assert (code, counts["fetched"], said) == (DONE, 3, "")


@pytest.mark.parametrize("whom", ["robots", "welcome"])
def test_a_passing_fault_at_the_door_is_tried_again(open_portal, fetch, whom):
    portal = open_portal(2)
    portal.fail(whom, "429 0", "drop" if whom == "robots" else "403")
    assert fetch(portal)[0] == DONE


def test_retry_after_is_waited_for_by_everyone(open_portal, fetch):
    portal = open_portal(8)
    portal.fail(uuid(2), "429 1")
    assert fetch(portal)[0] == DONE
    blocked = next(a for a in portal.arrivals if a.body == {"id": uuid(2)})
    later = [a.at - blocked.at for a in portal.arrivals if a.at > blocked.at + 0.1]
    assert len(later) >= 4 and min(later) >= 1.0


def test_a_retry_after_longer_than_our_patience_ends_the_run(open_portal, fetch):
    portal = open_portal(3)
    portal.fail("list", "429 7200")
    code, _, said = fetch(portal)
    assert code == INCOMPLETE and "đợi 120 phút" in said
    assert len(portal.pages()) == 1


def test_a_slow_and_a_dripping_answer_are_given_up_in_time(open_portal, fetch, monkeypatch):
    monkeypatch.setenv("THUTUC_PORTAL_TIMEOUT", "0.3")
    portal = open_portal(3)
    portal.fail(uuid(1), "slow 1")
    portal.fail(uuid(2), "drip")
    code, counts, _ = fetch(portal)
    assert (code, counts["fetched"]) == (DONE, 3)
    assert portal.asked()[uuid(1)] == portal.asked()[uuid(2)] == 2


def test_a_lost_session_is_renewed(open_portal, fetch):
    portal = open_portal(4)
    portal.fail(uuid(3), "forget")
    assert fetch(portal)[0] == DONE
    assert sum(a.path == WELCOME for a in portal.arrivals) == 2


def test_what_stays_broken_is_told_and_the_next_run_goes_on(open_portal, fetch, out):
    portal = open_portal(6)
    portal.fail(uuid(2), "always:500")
    portal.fail(uuid(4), "always:say <html>Request Rejected</html>")
    code, counts, said = fetch(portal)
    assert (code, counts["fetched"], counts["left"]) == (INCOMPLETE, 4, 0)
    assert "mã 500" in counts["failed"]["9.000002"]
    assert "không phải JSON" in counts["failed"]["9.000004"]
    assert "Không tải được 9.000002: Cổng đang lỗi (mã 500)." in said
    pages = len(portal.pages())
    portal.faults.clear()
    code, counts, _ = fetch(portal)
    assert (code, counts["already"], counts["fetched"]) == (DONE, 4, 2)
    assert len(portal.pages()) == pages  # the list was known
    assert len(held(out)) == 6


def test_a_run_of_failures_stops_and_those_come_last_next_time(open_portal, fetch):
    portal = open_portal(20)
    for number in range(1, 11):
        portal.fail(uuid(number), "always:503")
    code, counts, said = fetch(portal)
    assert code == INCOMPLETE and "để không làm phiền Cổng" in said
    failed = len(counts["failed"])
    assert FAILURES_IN_A_ROW <= failed <= FAILURES_IN_A_ROW + 2  # two were under way
    assert counts["left"] == 20 - failed and counts["stopped"]
    before = portal.asked()
    for number in range(6, 11):
        portal.faults.pop(uuid(number))
    code, counts, _ = fetch(portal)
    assert counts["fetched"] == 15 and before[uuid(1)] == 5


def test_an_item_that_vanished_is_told_and_gone_next_time(open_portal, fetch):
    portal = open_portal(3)
    keys = ("id", "code", "name")
    portal.rows = [{k: p[k] for k in keys} for p in portal.procedures]
    vanished = portal.procedures.pop(1)
    portal.fail(uuid(3), "404")
    code, counts, _ = fetch(portal)
    assert code == INCOMPLETE and counts["fetched"] == 1
    assert "NOT_FOUND" in counts["failed"][vanished["code"]]
    assert "mã 404" in counts["failed"]["9.000003"]
    assert portal.asked()[uuid(2)] == 1  # asking again changes nothing
    portal.rows = None
    assert fetch(portal)[0] == DONE


@pytest.mark.parametrize(
    "code", ["../../x", "9.000001/../../x", "", None, 7, "9.00001", "９.000001"]
)
def test_a_hostile_code_never_becomes_a_path(open_portal, fetch, out, code):
    good = procedure(1)
    rows = [{"id": uuid(1), "code": "9.000001"}, {"id": uuid(2), "code": code}]
    portal = open_portal([good], rows=rows)
    status, counts, said = fetch(portal)
    assert (status, counts["fetched"], counts["refused"]) == (INCOMPLETE, 1, 1)
    assert "không có dạng 1.001193" in said and portal.asked()[uuid(2)] == 0
    assert sorted(p.name for p in out.iterdir()) == [".fetch-state", "9.000001.json"]
    assert [p.name for p in out.parent.iterdir()] == ["portal"]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ({"code": "../../x"}, "có mã ../../x"),
        ({"code": None}, "(không có mã)"),
        ({"code": "\x1b[31m" + "9" * 90}, "có mã ?[31m999"),
        ({"name": " "}, "không có tên"),
        ({"name": None}, "không có tên"),
        ({"code": "9.000777"}, "của thủ tục khác"),
        ({"id": uuid(5)}, "của thủ tục khác"),
    ],
)
def test_a_detail_that_is_not_what_was_asked_for_is_refused(
    open_portal, fetch, out, answer, reason
):
    portal = open_portal([procedure(1)])
    body = {"code": "OK", "data": procedure(1) | answer}
    portal.fail(uuid(1), "say " + json.dumps(body))
    code, counts, said = fetch(portal)
    assert code == INCOMPLETE and reason in counts["failed"]["9.000001"]
    assert not held(out) and "\x1b" not in said


@pytest.mark.parametrize(
    "answer",
    ['{"code": "ERROR", "data": {}}', '{"code": "OK"}', '{"code": "OK", "data": []}', "[]"],
)
def test_an_answer_without_ok_or_data_is_refused_at_once(open_portal, fetch, out, answer):
    portal = open_portal([procedure(1)])
    portal.fail(uuid(1), "say " + answer)
    assert fetch(portal)[0] == INCOMPLETE
    assert not held(out) and portal.asked()[uuid(1)] == 1


@pytest.mark.parametrize("answer", ["\ufeff{}", "[" * 100_000, "NaN", "\x00"])
def test_garbage_is_refused(open_portal, fetch, out, answer):
    portal = open_portal([procedure(1)])
    portal.fail(uuid(1), "always:say " + answer)
    assert fetch(portal)[0] == INCOMPLETE and not held(out)


def test_an_endless_answer_is_refused(open_portal, fetch, monkeypatch):
    monkeypatch.setattr("ingest.fetch.portal.LARGEST", 1000)
    portal = open_portal([procedure(1, note="x" * 2000)])
    code, counts, _ = fetch(portal)
    assert code == INCOMPLETE and "dài hơn" in counts["failed"]["9.000001"]


def test_a_list_that_breaks_off_is_taken_up_again(open_portal, fetch, monkeypatch):
    monkeypatch.setenv("THUTUC_PORTAL_PAGE_SIZE", "2")
    portal = open_portal(6)
    portal.fail("list", *[None, "503", "503", "503", "503", "503"])
    code, counts, said = fetch(portal)
    assert code == INCOMPLETE and "Mới đọc được 2 hàng" in said and counts["fetched"] == 0
    code, counts, _ = fetch(portal)
    assert (code, counts["fetched"]) == (DONE, 6)
    assert [p["lastId"] for p in portal.pages()].count("") == 1


@pytest.mark.parametrize(
    "fault", ["always:500", "always:say {}", 'always:say {"code": "OK", "data": {}}']
)
def test_no_list_at_all_is_unusable(open_portal, fetch, fault):
    portal = open_portal(2)
    portal.fail("list", fault)
    code, _, said = fetch(portal)
    assert code == UNUSABLE and said.startswith("Không đọc được danh sách")
    assert not [a for a in portal.arrivals if a.path == DETAIL]


@pytest.mark.parametrize("cursor", [7, ["x"], "\ud800", "a\nb"])
def test_an_odd_cursor_is_a_fault_and_not_the_end(open_portal, fetch, cursor):
    portal = open_portal(3)
    page = portal.listed({"departmentCode": "", "lastId": "", "limit": 200})
    body = {"code": "OK", "data": page | {"lastId": cursor}}
    portal.fail("list", "say " + json.dumps(body))
    code, _, said = fetch(portal)
    assert code == UNUSABLE and "lastId lạ" in said


def test_odd_rows_of_the_list_are_refused_one_by_one(open_portal, fetch):
    rows = [{"id": uuid(1), "code": "9.000001"}, {"id": "../x", "code": "9.000002"}, "row", None]
    portal = open_portal([procedure(1)], rows=rows)
    code, counts, _ = fetch(portal)
    assert (code, counts["fetched"], counts["refused"]) == (INCOMPLETE, 1, 3)
    assert all(a.path != LIST or a.method == "POST" for a in portal.arrivals)
