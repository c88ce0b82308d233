"""The language model: any OpenAI-style server, through LangChain; the one file that imports it."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, SecretStr, ValidationError

from ingest.suggest.errors import NoDraftsError, SilentError, UnusableError
from ingest.suggest.settings import ModelSettings

_NO_KEY = SecretStr("khong-can-khoa")
"""The client wants a key; a server that asks for none does not look at it."""
_MISSING = "Lệnh này cần thêm gói langchain-openai; hãy cài: pip install 'thutuc-bot[llm]'."
_TEXTS = {"type": "array", "items": {"type": "string"}}
_SHAPE: dict[str, Any] = {
    "json_object": {"type": "json_object"},
    "json_schema": {
        "type": "json_schema",
        "json_schema": {
            "name": "phrases",
            "strict": True,
            "schema": {
                "type": "object",
                "properties": {"names": _TEXTS, "situations": _TEXTS},
                "required": ["names", "situations"],
                "additionalProperties": False,
            },
        },
    },
}


class Drafts(BaseModel):
    """What the model proposes; nothing in it has been judged."""

    model_config = ConfigDict(strict=True)

    names: list[str]
    situations: list[str]


class Model:
    """The configured model. Raises UnusableError where its client is not installed."""

    def __init__(self, settings: ModelSettings) -> None:
        try:
            import openai
            from langchain_openai import ChatOpenAI
        except ImportError as error:
            raise UnusableError(_MISSING) from error
        self._faults = openai
        self._attempts = settings.llm_attempts
        chat = ChatOpenAI(
            model=settings.llm_model,
            base_url=settings.llm_url,
            api_key=settings.llm_key if settings.llm_key.get_secret_value() else _NO_KEY,
            timeout=settings.llm_timeout,
            max_retries=settings.llm_attempts - 1,
            use_responses_api=False,  # the newer interface is OpenAI's alone
        )
        self._chat = chat.bind(response_format=_SHAPE[settings.llm_format])

    def draft(self, rules: str, record: str) -> Drafts:
        """Ask; an answer in another shape is asked for again.

        Raises NoDraftsError for this record, UnusableError where asking on is of no use.
        """
        for attempt in range(1, self._attempts + 1):
            try:
                return _read(self._answer(rules, record))
            except NoDraftsError as error:
                if isinstance(error, SilentError) or attempt == self._attempts:
                    raise
        raise AssertionError("there is at least one attempt")

    def _answer(self, rules: str, record: str) -> str:
        """The text of one answer. The client itself waits and asks again where that may help."""
        faults = self._faults
        try:
            return str(self._chat.invoke([("system", rules), ("human", record)]).text)
        except (faults.AuthenticationError, faults.PermissionDeniedError) as error:
            raise UnusableError(
                f"Máy chủ mô hình từ chối khóa (mã {error.status_code}); "
                "hãy kiểm tra THUTUC_LLM_KEY."
            ) from error
        except faults.NotFoundError as error:
            raise UnusableError(
                "Máy chủ không có mô hình hoặc địa chỉ này (mã 404); "
                "hãy kiểm tra THUTUC_LLM_MODEL và THUTUC_LLM_URL."
            ) from error
        except faults.APITimeoutError as error:
            raise SilentError("mô hình không trả lời kịp (THUTUC_LLM_TIMEOUT)") from error
        except faults.APIConnectionError as error:
            raise SilentError("không nối được tới máy chủ mô hình (THUTUC_LLM_URL)") from error
        except faults.BadRequestError as error:
            raise SilentError(
                "máy chủ không nhận yêu cầu (mã 400; có thể nó chỉ biết "
                "THUTUC_LLM_FORMAT=json_object, hoặc hồ sơ quá dài)"
            ) from error
        except faults.APIStatusError as error:
            raise SilentError(f"máy chủ mô hình báo lỗi (mã {error.status_code})") from error
        except (faults.OpenAIError, ValueError, TypeError, LookupError, AttributeError) as error:
            raise NoDraftsError("câu trả lời của mô hình bị cắt hoặc hỏng") from error


def _read(answer: str) -> Drafts:
    """The object in an answer, also where the model wrapped words or a fence around it."""
    try:
        return Drafts.model_validate_json(answer[answer.find("{") : answer.rfind("}") + 1])
    except ValidationError as error:
        raise NoDraftsError("mô hình trả lời sai mẫu JSON") from error
