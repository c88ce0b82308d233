"""Settings of the language model: ``THUTUC_LLM_…`` or the TOML file ``THUTUC_CONFIG`` names."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import SettingsConfigDict

from ingest.fetch.settings import Url
from ingest.settings import Sourced
from ingest.suggest.errors import UnusableError

_UNSET = (
    "Chưa cài đặt mô hình ngôn ngữ; hãy đặt THUTUC_LLM_MODEL (tên mô hình) và THUTUC_LLM_URL "
    "(địa chỉ một máy chủ kiểu OpenAI, ví dụ http://127.0.0.1:11434/v1), và cả THUTUC_LLM_KEY "
    "nếu máy chủ đòi khóa."
)


def _is_key(key: SecretStr) -> SecretStr:
    if not re.fullmatch(r"[!-~]*", key.get_secret_value()):
        raise ValueError("key")
    return key


class ModelSettings(Sourced):
    """Which model drafts, where it is, and how long it may take."""

    model_config = SettingsConfigDict(env_prefix="THUTUC_", env_ignore_empty=True, extra="ignore")

    llm_model: str = ""
    llm_url: Url | None = None
    """The base address of an OpenAI-style server; there is no default that sends data away."""
    llm_key: Annotated[SecretStr, AfterValidator(_is_key)] = SecretStr("")
    llm_timeout: float = Field(default=120, gt=0, le=3600)
    """Seconds without a word from the server; an answer comes whole, so it must be made in them."""
    llm_attempts: int = Field(default=3, ge=1, le=10)
    llm_format: Literal["json_schema", "json_object"] = "json_schema"
    """How the server is told the shape of an answer; some know only ``json_object``."""


def load_settings(model: str | None) -> ModelSettings:
    """The settings, with the command line's model on top. Raises UnusableError."""
    try:
        settings = ModelSettings(**({"llm_model": model} if model else {}))  # type: ignore[arg-type]
    except ValidationError as error:
        names = sorted({f"THUTUC_{str(fault['loc'][0]).upper()}" for fault in error.errors()})
        raise UnusableError(
            f"Cài đặt {', '.join(names)} không đúng; hãy sửa lại giá trị."
        ) from None  # the cause would show the key
    except ValueError as error:  # a TOML file that can't be read at all
        raise UnusableError(
            "Không đọc được cài đặt; hãy kiểm tra các biến THUTUC_LLM_… và tệp THUTUC_CONFIG."
        ) from error
    if not settings.llm_model.strip() or not settings.llm_url:
        raise UnusableError(_UNSET)
    return settings
