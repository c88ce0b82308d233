"""What is fetched, what is not fetched again, what is counted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fake_portal import held, procedure, uuid

from ingest.fetch.command import DONE, INCOMPLETE, UNUSABLE


def test_everything_is_fetched_as_received_and_counted(open_portal, fetch, out):
    portal = open_portal(7)
    code, counts, said = fetch(portal)
    assert code == DONE and said == ""
    assert (counts["listed"], counts["fetched"], counts["already"], counts["left"]) == (7, 7, 0, 0)
    assert held(out) == {p["code"]: p for p in portal.procedures}
    received = json.dumps({"code": "OK", "data": portal.procedures[0]}, ensure_ascii=False)
    assert (out / "9.000001.json").read_bytes() == received.encode()


def test_a_second_run_fetches_nothing_and_a_new_procedure_only(open_portal, fetch):
    portal = open_portal(5)
    fetch(portal)
    code, counts, _ = fetch(portal)
    assert (code, counts["already"], counts["fetched"]) == (DONE, 5, 0)
    portal.procedures.insert(0, procedure(6))
    _, counts, _ = fetch(portal)
    assert (counts["already"], counts["fetched"]) == (5, 1)
    assert set(portal.asked().values()) == {1}


def test_the_list_is_read_page_by_page_with_the_cursor(open_portal, fetch, monkeypatch):
    monkeypatch.setenv("THUTUC_PORTAL_PAGE_SIZE", "20")
    portal = open_portal(45)
    _, counts, _ = fetch(portal, "--all", "--limit", 1)
    assert [p["lastId"] for p in portal.pages()] == [""]  # enough for the limit
    _, counts, _ = fetch(portal)
    assert [p["lastId"] for p in portal.pages()] == ["", uuid(20), uuid(40), uuid(45)]
    assert all(p["limit"] == 20 and p["q"] == p["categoryId"] == "" for p in portal.pages())
    assert (counts["listed"], counts["already"], counts["fetched"]) == (45, 1, 44)
    monkeypatch.delenv("THUTUC_PORTAL_PAGE_SIZE")
    fetch(portal)
    assert portal.pages()[-1]["limit"] == 200


def test_a_province_is_asked_for_by_its_code(open_portal, fetch, out):
    portal = open_portal([procedure(1), procedure(2, departmentPromulgateCode="H21")])
    code, counts, _ = fetch(portal, "--province", "h21")
    assert (code, counts["listed"], list(held(out))) == (DONE, 1, ["9.000002"])
    assert {p["departmentCode"] for p in portal.pages()} == {"H21"}
    code, _, said = fetch(portal, "--province", "H99")
    assert code == UNUSABLE and "mã cơ quan" in said
    portal.procedures.append(procedure(3, departmentPromulgateCode="H99"))
    assert fetch(portal, "--province", "H99")[1]["fetched"] == 1  # an empty list is not kept


def test_commune_keeps_what_is_done_at_commune_level_and_remembers_the_rest(
    open_portal, fetch, out
):
    portal = open_portal(6)
    _, counts, _ = fetch(portal, "--commune")
    assert (counts["fetched"], counts["left_out"]) == (3, 3)
    assert all(p["isWard"] for p in held(out).values())
    _, counts, _ = fetch(portal, "--commune")
    assert (counts["already"], counts["left_out"], counts["fetched"]) == (3, 3, 0)
    assert set(portal.asked().values()) == {1}
    _, counts, _ = fetch(portal, "--all")  # now the others are wanted too
    assert (counts["already"], counts["fetched"]) == (3, 3)


def test_commune_refuses_an_answer_that_does_not_say(open_portal, fetch, out):
    silent = procedure(2)
    del silent["isWard"]
    code, counts, _ = fetch(open_portal([silent]), "--commune")
    assert code == INCOMPLETE and "cấp xã" in counts["failed"]["9.000002"] and not held(out)


def test_update_replaces_what_changed_and_asks_once_for_each(open_portal, fetch, out):
    portal = open_portal(4)
    fetch(portal)
    portal.procedures[1] |= {"updatedAt": 1775836639999, "name": "Cấp thẻ mới"}
    assert fetch(portal)[1]["updated"] == 0
    code, counts, _ = fetch(portal, "--all", "--update")
    assert (code, counts["updated"], counts["unchanged"]) == (DONE, 1, 3)
    assert held(out)["9.000002"]["name"] == "Cấp thẻ mới"
    assert set(portal.asked().values()) == {2}


def test_update_trusts_a_list_that_tells_the_version(open_portal, fetch):
    portal = open_portal(4, row_keys=("id", "code", "name", "updatedAt"))
    fetch(portal)
    portal.procedures[2]["updatedAt"] += 1
    _, counts, _ = fetch(portal, "--all", "--update")
    assert (counts["updated"], counts["already"]) == (1, 3)
    assert portal.asked()[uuid(3)] == 2 and portal.asked()[uuid(1)] == 1


def test_update_does_not_trust_a_list_without_dates(open_portal, fetch):
    portal = open_portal(2, row_keys=("id", "code", "name", "decisionNo"))
    fetch(portal)
    portal.procedures[0]["updatedAt"] += 1
    _, counts, _ = fetch(portal, "--all", "--update")
    assert (counts["updated"], counts["unchanged"]) == (1, 1)


def test_an_interrupted_update_goes_on_where_it_was(open_portal, fetch):
    portal = open_portal(6)
    fetch(portal)
    for procedure_ in portal.procedures:
        procedure_["updatedAt"] += 1
    fetch(portal, "--all", "--update", "--limit", 2)
    _, counts, _ = fetch(portal, "--all", "--update", "--limit", 2)
    assert (counts["updated"], counts["already"], counts["left"]) == (2, 2, 2)
    fetch(portal, "--all", "--update")
    assert set(portal.asked().values()) == {2}


def test_update_takes_in_what_moved_to_the_commune(open_portal, fetch, out):
    portal = open_portal(2)
    fetch(portal, "--commune")
    portal.procedures[0]["isWard"] = True
    assert fetch(portal, "--commune", "--update")[1]["fetched"] == 1
    assert set(held(out)) == {"9.000001", "9.000002"}
    assert fetch(portal, "--commune")[1]["already"] == 2


def test_duplicate_rows_count_once(open_portal, fetch, out):
    first, second, same_code = procedure(1), procedure(2), procedure(3, code="9.000001")
    listed = [first, second, first, same_code]
    rows = [{"id": p["id"], "code": p["code"], "name": p["name"]} for p in listed]
    portal = open_portal([first, second, same_code], rows=rows)
    code, counts, said = fetch(portal)
    assert (code, counts["listed"], counts["doubles"], counts["fetched"]) == (DONE, 2, 2, 2)
    assert held(out)["9.000001"]["id"] == uuid(1) and said == ""


def test_a_code_that_got_a_new_record_is_fetched_anew(open_portal, fetch, out):
    portal = open_portal(2)
    fetch(portal)
    portal.procedures[0] = procedure(9, code="9.000001")
    assert fetch(portal)[1]["fetched"] == 1
    assert held(out)["9.000001"]["id"] == uuid(9)


def test_a_short_list_and_files_no_longer_listed_are_told(open_portal, fetch, out):
    portal = open_portal(3)
    fetch(portal)
    portal.procedures.pop()
    portal.total = 10
    code, counts, said = fetch(portal)
    assert code == DONE and counts["unlisted"] == ["9.000003"]
    assert "báo có 10 thủ tục nhưng danh sách chỉ có 2" in said and "bị bãi bỏ" in said
    assert "9.000003" in held(out)


def test_a_cursor_that_goes_round_ends(open_portal, fetch):
    portal = open_portal(3)
    circle = iter(f"{n}-again" for n in range(100))
    whole = portal.listed({"departmentCode": "", "lastId": "", "limit": 200})
    portal.listed = lambda body: whole | {"lastId": next(circle)}  # type: ignore[method-assign]
    code, counts, _ = fetch(portal)
    assert (code, counts["fetched"]) == (DONE, 3) and len(portal.pages()) < 10


@pytest.mark.parametrize("spoil", [b"", b'{"code": "OK"', b'{"code": "OK", "data": {}}'])
def test_a_damaged_file_is_fetched_anew(open_portal, fetch, out, spoil):
    portal = open_portal(2)
    fetch(portal)
    (out / "9.000001.json").write_bytes(spoil)
    (out / ".9.000002.part").write_bytes(b"left by a kill")
    assert fetch(portal)[1]["fetched"] == 1
    assert not list(out.glob(".*.part")) and held(out)["9.000001"]["id"] == uuid(1)


SAMPLE = Path(__file__).parents[4] / "shared" / "corpus" / "portal_api_detail_sample.json"


@pytest.mark.skipif(not SAMPLE.exists(), reason="the shared corpus is not on this machine")
def test_a_real_answer_is_taken_as_it_is(open_portal, fetch, out):
    real = json.loads(SAMPLE.read_text(encoding="utf-8"))
    assert fetch(open_portal([real]))[1]["fetched"] == 1
    assert held(out) == {"1.000358": real}
    assert fetch(open_portal([real]), "--commune", "--update")[1]["unchanged"] == 1
