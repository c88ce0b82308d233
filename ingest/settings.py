"""Settings of the ingest room: ``THUTUC_…`` variables, then the file of ``THUTUC_CONFIG``."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    TomlConfigSettingsSource,
)


class Sourced(BaseSettings):
    """Settings whose variables win over the TOML file."""

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
        toml = TomlConfigSettingsSource(settings_cls, Path(file)) if file else None
        return (init_settings, env_settings, *([toml] if toml else []))
