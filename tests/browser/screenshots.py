"""Draws docs/screenshots/chat-*.png: ``python tests/browser/screenshots.py``."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from conftest import ARGUMENTS, CHROMIUM, serving  # noqa: E402
from playwright.sync_api import Browser, sync_playwright  # noqa: E402

from index.encoder import load_encoder  # noqa: E402

FOLDER = ROOT / "docs" / "screenshots"
LARGEST = 200_000


@dataclass(frozen=True)
class Shot:
    """One picture: a screen, and what was asked before it was taken."""

    name: str
    width: int
    height: int
    questions: tuple[str, ...]
    scale: float = 1


SHOTS = (
    Shot("phone", 360, 740, ("Xin giấy xác nhận độc thân ở đâu?",), scale=2),
    Shot("desktop", 1280, 800, ("Đăng ký khai sinh cần giấy tờ gì?", "Lệ phí bao nhiêu?")),
    Shot("kiosk", 1080, 1920, ("Vợ tôi mới sinh con thì làm giấy gì?",), scale=0.75),
)


def main() -> None:
    """Draw every picture and say how large it is."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as home,
        serving(Path(home), load_encoder()) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        for shot in SHOTS:
            size = draw(browser, address, shot)
            print(f"{shot.name}: {size / 1000:.0f} kB")
            assert size < LARGEST, f"{shot.name} is too large"
        browser.close()


def draw(browser: Browser, address: str, shot: Shot) -> int:
    """Take one picture; its size in bytes."""
    context = browser.new_context(
        viewport={"width": shot.width, "height": shot.height},
        device_scale_factor=shot.scale,
        locale="vi-VN",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(address)
    for count, question in enumerate(shot.questions, 2):
        page.fill("#message", question)
        page.click(".send")
        page.wait_for_selector(f".bot >> nth={count - 1}")
    page.mouse.move(0, 0)
    path = FOLDER / f"chat-{shot.name}.png"
    page.screenshot(path=path)
    context.close()
    return path.stat().st_size


if __name__ == "__main__":
    main()
