"""Settings of the portal: ``THUTUC_PORTAL_…`` or the TOML file that ``THUTUC_CONFIG`` names."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, version
from typing import Annotated, Any

import httpx
from pydantic import AfterValidator, Field, ValidationError, model_validator
from pydantic_settings import SettingsConfigDict

from ingest.fetch.errors import UnusableError
from ingest.settings import Sourced

AGENT = "thutuc-bot"
POLITE_DELAY = 0.3
_LOOPBACK = ("127.0.0.1", "::1", "localhost")
_CONTACT = re.compile(r"[!-'*-~ ]{3,200}")  # printable ASCII without the brackets around it


def _is_base(url: str) -> str:
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise ValueError(url) from error
    if parsed.scheme not in ("http", "https") or not parsed.host or parsed.userinfo:
        raise ValueError(url)
    if parsed.query or parsed.fragment:
        raise ValueError(url)
    return url.rstrip("/")


def _is_path(path: str) -> str:
    if not re.fullmatch(r"(/[A-Za-z0-9._~-]+)+", path):
        raise ValueError(path)
    return path


def _is_contact(text: str) -> str:
    if text and not _CONTACT.fullmatch(text):
        raise ValueError(text)
    return text


Url = Annotated[str, AfterValidator(_is_base)]
UrlPath = Annotated[str, AfterValidator(_is_path)]
Contact = Annotated[str, AfterValidator(_is_contact)]


class PortalSettings(Sourced):
    """How the portal is reached and how hard. The defaults are what public readers of it report."""

    model_config = SettingsConfigDict(env_prefix="THUTUC_", extra="ignore")

    portal_url: Url = "https://dichvucong.gov.vn"
    portal_contact: Contact = ""
    """Who the portal's operators can write to; sent in the user agent."""
    portal_list_path: UrlPath = "/api/v1/submitting/formality/list-all-public-formality-by-citizen"
    portal_detail_path: UrlPath = "/api/v1/configuring/formality/get-formality-by-citizen"
    portal_welcome_path: UrlPath = "/thu-tuc-hanh-chinh"
    portal_list_fields: dict[str, str] = Field(default_factory=dict)
    """More fields for the list's body, where a filter is known to work."""
    portal_page_size: int = Field(default=200, ge=1, le=200)
    portal_connections: int = Field(default=3, ge=1, le=3)
    portal_delay: float = Field(default=POLITE_DELAY, ge=0, le=60)
    """Seconds between the starts of two requests, all connections together."""
    portal_timeout: float = Field(default=30, gt=0, le=600)
    portal_attempts: int = Field(default=5, ge=1, le=10)
    portal_backoff: float = Field(default=2, ge=0, le=60)
    """Seconds before the second attempt; doubled for each later one, up to two minutes."""
    portal_patience: float = Field(default=600, ge=0)
    """The longest Retry-After, in seconds, that a run waits for; a longer one ends the run."""
    portal_list_hours: float = Field(default=24, ge=0)
    """How long an unfinished run's list is taken up again."""

    @model_validator(mode="after")
    def _spare_the_portal(self) -> PortalSettings:
        at_home = httpx.URL(self.portal_url).host in _LOOPBACK
        if self.portal_delay < POLITE_DELAY and not at_home:
            raise UnusableError(
                "THUTUC_PORTAL_DELAY phải từ 0.3 giây trở lên để không làm phiền Cổng; hãy sửa lại."
            )
        return self

    @property
    def user_agent(self) -> str:
        """Names the project, its version and whom to write to."""
        try:
            number = version(AGENT)
        except PackageNotFoundError:  # run from a folder that was never installed
            number = "0"
        about = f" (+{self.portal_contact})" if self.portal_contact else ""
        return f"{AGENT}/{number}{about}"


def load_settings(**given: Any) -> PortalSettings:
    """The settings, with what the command line gives on top. Raises UnusableError."""
    try:
        return PortalSettings(**{name: value for name, value in given.items() if value})
    except ValidationError as error:
        names = sorted({f"THUTUC_{str(fault['loc'][0]).upper()}" for fault in error.errors()})
        raise UnusableError(
            f"Cài đặt {', '.join(names)} không đúng; hãy sửa lại giá trị."
        ) from error
    except ValueError as error:  # a variable or a TOML file that can't be read at all
        raise UnusableError(
            "Không đọc được cài đặt; hãy kiểm tra các biến THUTUC_PORTAL_… và tệp THUTUC_CONFIG."
        ) from error
