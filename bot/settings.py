"""Settings from ``THUTUC_…`` variables or the TOML file that ``THUTUC_CONFIG`` names."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

from pydantic import Field
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from index.encoder import DEFAULT
from index.store import default_root


class SettingsError(Exception):
    """The settings can't be read; the message says why."""


class Settings(BaseSettings):
    """Everything that an installation may choose. Variables win over the file."""

    model_config = SettingsConfigDict(env_prefix="THUTUC_", env_ignore_empty=True, extra="ignore")

    home: Path = Field(default_factory=lambda: default_root().parent)
    encoder: str = DEFAULT
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=1, le=65535)
    hotline: str = "18001096"
    question_limit: int = Field(default=2000, ge=100)
    confidence: float = Field(default=0.35, ge=0, le=1)
    """The probability of being right under which the assistant says that it does not know."""
    rival: float = Field(default=0.5, ge=0, le=1)
    """Procedures at least this many times as likely as the best are offered as a choice."""
    conversation_minutes: float = Field(default=60, gt=0)

    @property
    def index_root(self) -> Path:
        """Where snapshots lie."""
        return self.home.expanduser() / "index"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        file = os.environ.get("THUTUC_CONFIG")
        return (init_settings, env_settings, *([_toml(settings_cls, Path(file))] if file else []))


def _toml(settings_cls: type[BaseSettings], file: Path) -> TomlConfigSettingsSource:
    """The settings of a TOML file. Raises SettingsError when it can't be read."""
    if not file.is_file():
        raise SettingsError(f"Không có tệp cài đặt {file}; hãy sửa THUTUC_CONFIG.")
    try:
        return TomlConfigSettingsSource(settings_cls, file)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"Tệp cài đặt {file} không phải TOML đúng ({error}).") from error
