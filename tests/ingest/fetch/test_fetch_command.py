"""The command line, the settings, the ends of a run."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time

import pytest
from fake_portal import held

from ingest.fetch.command import DONE, INCOMPLETE, UNUSABLE, main
from ingest.fetch.settings import load_settings
from ingest.fetch.state import NAME, open_state


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--all"],
        ["--out", "x"],
        ["--all", "--commune", "--out", "x"],
        ["--all", "--province", "H21", "--out", "x"],
        ["--province", "../H21", "--out", "x"],
        ["--all", "--limit", "0", "--out", "x"],
        ["--all", "--limit", "ba", "--out", "x"],
        ["--all", "--list-field", "level", "--out", "x"],
        ["--all", "--base-url", "ftp://example.vn", "--out", "x"],
        ["--all", "--base-url", "dichvucong", "--out", "x"],
        ["--all", "--base-url", "https://a:b@example.vn", "--out", "x"],
        ["--all", "--contact", "Nguyễn (An)", "--out", "x"],
        ["--all", "--contact", "a\r\nX-Evil: 1", "--out", "x"],
    ],
)
def test_what_can_not_be_done_is_one_sentence_and_2(arguments, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == UNUSABLE
    said = capsys.readouterr()
    assert said.out == "" and said.err.count("\n") == 1 and not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DELAY", "fast"),
        ("CONNECTIONS", "4"),
        ("PAGE_SIZE", "201"),
        ("LIST_PATH", "no/slash"),
        ("LIST_FIELDS", "{"),
    ],
)
def test_a_wrong_setting_is_named(name, value, capsys, tmp_path, monkeypatch):
    monkeypatch.setenv(f"THUTUC_PORTAL_{name}", value)
    assert main(["--all", "--out", str(tmp_path / "x")]) == UNUSABLE
    assert "THUTUC_PORTAL_" in capsys.readouterr().err


def test_nobody_is_asked_faster_than_300_ms_but_a_server_at_home(capsys, tmp_path):
    assert main(["--all", "--out", str(tmp_path), "--base-url", "https://example.vn"]) == UNUSABLE
    assert "0.3 giây" in capsys.readouterr().err
    assert load_settings(portal_url="http://127.0.0.1:1").portal_delay == 0


def test_settings_come_from_the_file_too(tmp_path, monkeypatch):
    monkeypatch.setenv("THUTUC_CONFIG", str(tmp_path / "thutuc.toml"))
    monkeypatch.delenv("THUTUC_PORTAL_CONTACT")
    monkeypatch.setenv("THUTUC_PORTAL_DELAY", "2")
    (tmp_path / "thutuc.toml").write_text('portal_contact = "a@b.vn"\nport = 80\n')
    settings = load_settings()
    assert settings.user_agent.endswith("(+a@b.vn)")
    assert settings.portal_url == "https://dichvucong.gov.vn"


def test_list_fields_and_other_paths_reach_the_portal(open_portal, fetch, monkeypatch):
    portal = open_portal(1)
    fetch(portal, "--all", "--list-field", "level=COMMUNE", "--list-field", "limit=9999")
    assert portal.pages()[0]["level"] == "COMMUNE" and portal.pages()[0]["limit"] == 200


def test_another_order_in_the_same_folder_reads_its_own_list(open_portal, fetch):
    portal = open_portal(4)
    fetch(portal, "--all", "--limit", 1)
    _, counts, _ = fetch(portal, "--province", "G99")
    assert (counts["listed"], counts["already"], counts["fetched"]) == (4, 1, 3)


def test_a_limit_leaves_the_rest_for_the_next_run(open_portal, fetch):
    portal = open_portal(5)
    code, counts, _ = fetch(portal, "--all", "--limit", 2)
    assert (code, counts["fetched"], counts["left"]) == (DONE, 2, 3)
    _, counts, _ = fetch(portal)
    assert (counts["already"], counts["fetched"], counts["left"]) == (2, 3, 0)


def test_the_time_limit_ends_a_run_cleanly(open_portal, fetch, monkeypatch, out):
    monkeypatch.setattr("ingest.fetch.command._MINUTE", 1.5)
    monkeypatch.setenv("THUTUC_PORTAL_DELAY", "0.1")
    code, counts, said = fetch(open_portal(50), "--all", "--minutes", 1)
    assert code == INCOMPLETE and "hết 1 phút" in said
    assert 0 < counts["fetched"] == len(held(out)) and counts["left"] == 50 - counts["fetched"]


def test_two_runs_can_not_share_a_folder(open_portal, fetch, out):
    portal = open_portal(1)
    fetch(portal)
    with open_state(out):
        code, _, said = fetch(portal)
    assert code == UNUSABLE and "Một lần tải khác đang chạy" in said


@pytest.mark.parametrize("content", [b"this is not a database, but long enough to be one " * 20])
def test_a_damaged_state_is_told_and_the_details_stay(open_portal, fetch, out, content):
    portal = open_portal(2)
    fetch(portal)
    (out / NAME).write_bytes(content)
    code, _, said = fetch(portal)
    assert code == UNUSABLE and "hãy xóa tệp này" in said
    (out / NAME).unlink()
    assert fetch(portal)[1]["already"] == 2


def test_a_folder_that_can_not_be_made_is_one_sentence(capsys, tmp_path):
    (tmp_path / "file").write_text("")
    at_home = ["--base-url", "http://127.0.0.1:1"]
    assert main(["--all", "--out", str(tmp_path / "file" / "x"), *at_home]) == UNUSABLE
    assert "Không đọc hoặc ghi được" in capsys.readouterr().err


def test_nobody_there_is_one_sentence(capsys, tmp_path):
    assert main(["--all", "--out", str(tmp_path), "--base-url", "http://127.0.0.1:1"]) == UNUSABLE
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "mất kết nối" in said


def heed_interrupts() -> None:
    """A job in the background of a script is started deaf to Ctrl-C, and so are its children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_cleanly_with_counts_and_a_pipe_gets_no_bar(open_portal, fetch, out, how):
    portal = open_portal(60)
    run = subprocess.Popen(
        [sys.executable, "-m", "ingest.fetch", "--all", "--out", out, "--base-url", portal.url],
        env=os.environ | {"THUTUC_PORTAL_DELAY": "0.02"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=heed_interrupts,
    )
    while portal.asked().total() < 5:
        assert run.poll() is None
        time.sleep(0.01)
    portal.latency = 30  # an answer on its way does not hold the run up
    time.sleep(0.1)
    run.send_signal(how)
    printed, said = run.communicate(timeout=10)
    portal.latency = 0
    assert run.returncode == INCOMPLETE
    assert said == "Đã dừng theo yêu cầu; chạy lại lệnh này để tải tiếp.\n"
    assert printed.startswith("Danh sách có 60 thủ tục. Đã tải ") and "\x1b" not in printed
    assert fetch(portal)[0] == DONE and len(held(out)) == 60


def test_a_terminal_gets_a_bar(open_portal, out):
    portal = open_portal(3)
    ours, theirs = pty.openpty()
    run = subprocess.run(
        [sys.executable, "-m", "ingest.fetch", "--all", "--out", out, "--base-url", portal.url],
        env=os.environ | {"TERM": "xterm", "COLUMNS": "80"},
        stdout=subprocess.PIPE,
        stderr=theirs,
        check=True,
    )
    os.close(theirs)
    shown = os.read(ours, 100_000).decode()
    os.close(ours)
    assert "Tải thủ tục" in shown and "3/3" in shown and b"\x1b" not in run.stdout
