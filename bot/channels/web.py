"""The web face: the JSON API and one chat page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, Query, Request
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from fastapi_offline import FastAPIOffline
from jinja2 import Environment, FileSystemLoader
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from bot.answer import Assistant
from bot.app import build_assistant
from bot.channels.edge import install
from bot.checklist import AnswerError, Checklist, checklist
from bot.messages import Reply, Turn
from bot.settings import Settings
from index.procedure import Procedure
from prompts import say

_HERE = Path(__file__).parent
_PAGES = Environment(loader=FileSystemLoader(_HERE / "templates"), autoescape=True)

router = APIRouter()


class ChatRequest(BaseModel):
    """One message; the same ``conversation`` ties turns together."""

    model_config = ConfigDict(extra="forbid")

    message: str
    conversation: str | None = Field(default=None, min_length=1, max_length=100)


class Answers(BaseModel):
    """Answers to a procedure's questions, by question id."""

    model_config = ConfigDict(extra="forbid")

    answers: dict[str, str] = Field(default_factory=dict)


class Found(BaseModel):
    """A procedure that a search found."""

    code: str
    name: str
    score: float


def create_app(assistant: Assistant | None = None) -> FastAPI:
    """The web application; without ``assistant`` it wires one from the settings."""
    api = FastAPIOffline(docs_url="/docs", redoc_url=None, title="thutuc-bot", version="1")
    api.state.assistant = assistant or build_assistant(Settings())
    api.state.assistant.warm_up()
    install(api)
    api.include_router(router)
    api.mount("/static", StaticFiles(directory=_HERE / "static"), name="static")
    return api


def _assistant(request: Request) -> Assistant:
    assistant: Assistant = request.app.state.assistant
    return assistant


@router.get("/", response_class=HTMLResponse, include_in_schema=False)
def chat_page(request: Request) -> str:
    """The chat page."""
    hotline = _assistant(request).tools.settings.hotline
    page = _PAGES.get_template("chat.html")
    return page.render(greeting=say("greeting"), who=say("who"), hotline=hotline)


@router.post("/api/chat")
async def chat(request: Request, body: ChatRequest) -> Reply:
    """Answer one message."""
    turn = Turn(message=body.message, conversation=body.conversation, channel="web")
    return await run_in_threadpool(_assistant(request).answer, turn)


@router.get("/api/procedures")
def procedures(
    request: Request,
    q: Annotated[str, Query(min_length=1, max_length=2000)],
    k: Annotated[int, Query(ge=1, le=50)] = 10,
) -> list[Found]:
    """Procedures ranked for a question."""
    hits = _assistant(request).tools.searcher.search(q, k).kept
    return [Found(code=h.code, name=h.name, score=h.score) for h in hits]


@router.get("/api/procedures/{code}", response_model=None)
def procedure(request: Request, code: str) -> dict[str, Any]:
    """The typed record of one procedure, empty fields left out."""
    record = _record(request, code)
    return record.model_dump(mode="json", by_alias=True, exclude_defaults=True)


@router.post("/api/procedures/{code}/checklist")
def papers(request: Request, code: str, body: Answers) -> Checklist:
    """The papers of a procedure in the situation that the answers describe."""
    try:
        return checklist(_record(request, code), body.answers)
    except AnswerError as error:
        raise HTTPException(422, str(error)) from error


def _record(request: Request, code: str) -> Procedure:
    record = _assistant(request).tools.searcher.snapshot.procedure(code)
    if record is None:
        raise HTTPException(404, f"Không có thủ tục mã {code[:20]}.")
    return record


@router.get("/healthz")
def alive() -> dict[str, str]:
    """The process runs."""
    return {"status": "ok"}


@router.get("/readyz")
def ready(request: Request) -> dict[str, str | int]:
    """The snapshot is open and answers."""
    manifest = _assistant(request).tools.searcher.snapshot.manifest
    return {"status": "ok", "index": manifest.id, "procedures": manifest.procedures}
