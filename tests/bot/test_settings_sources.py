"""Where settings come from, and which source wins."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.settings import Settings, SettingsError
from index.store import default_root


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty file that THUTUC_CONFIG names."""
    path = tmp_path / "thutuc.toml"
    path.write_text("", "utf-8")
    monkeypatch.setenv("THUTUC_CONFIG", str(path))
    return path


def test_without_any_source_the_defaults_hold() -> None:
    settings = Settings()
    assert (settings.host, settings.port, settings.hotline) == ("127.0.0.1", 8080, "18001096")
    assert (settings.question_limit, settings.conversation_minutes) == (2000, 60)
    assert settings.index_root == default_root()


def test_variables_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THUTUC_PORT", "9000")
    monkeypatch.setenv("THUTUC_HOTLINE", "1022")
    monkeypatch.setenv("THUTUC_CONFIDENCE", "0.5")
    settings = Settings()
    assert (settings.port, settings.hotline, settings.confidence) == (9000, "1022", 0.5)


def test_the_file_is_read_and_a_variable_beats_it(
    config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config.write_text('port = 9001\nhotline = "một không hai hai"\n', "utf-8")
    monkeypatch.setenv("THUTUC_PORT", "9002")
    assert (Settings().port, Settings().hotline) == (9002, "một không hai hai")


def test_what_is_given_in_code_beats_both(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config.write_text("port = 9001\n", "utf-8")
    monkeypatch.setenv("THUTUC_PORT", "9002")
    assert Settings(port=9003).port == 9003


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "abc"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("CONFIDENCE", "1.5"),
        ("CONFIDENCE", "nan"),
        ("RIVAL", "-0.1"),
        ("QUESTION_LIMIT", "99"),
        ("CONVERSATION_MINUTES", "0"),
    ],
)
def test_a_bad_value_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"THUTUC_{name}", value)
    with pytest.raises(ValidationError) as refused:
        Settings()
    assert [fault["loc"] for fault in refused.value.errors()] == [(name.lower(),)]


def test_a_bad_value_in_the_file_is_refused(config: Path) -> None:
    config.write_text('port = "many"\n', "utf-8")
    with pytest.raises(ValidationError):
        Settings()


def test_home_moves_the_snapshot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THUTUC_HOME", str(tmp_path))
    assert Settings().index_root == tmp_path / "index" == default_root()


def test_a_tilde_in_home_is_the_persons_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THUTUC_HOME", "~/thutuc")
    assert Settings().index_root == Path.home() / "thutuc" / "index" == default_root()


def test_an_empty_home_is_no_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THUTUC_HOME", "")
    assert Settings().index_root == default_root()


def test_a_config_file_that_does_not_exist_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THUTUC_CONFIG", "/nonexistent/thutuc.toml")
    with pytest.raises(SettingsError, match=r"/nonexistent/thutuc\.toml"):
        Settings()
