"""The wheel holds what a province installs, and answers without the clone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out)]
    subprocess.run([*command, str(ROOT)], check=True, capture_output=True)
    [built] = out.glob("*.whl")
    return built


def test_the_wheel_holds_the_packages_the_pages_and_the_curated_records(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    tops = {name.split("/")[0] for name in names}
    assert tops == {"bot", "ingest", "index", "prompts", "thutuc_bot-0.1.0.dist-info"}
    records = {f"ingest/curated/{p.name}" for p in (ROOT / "data/procedures").glob("*.yaml")}
    assert len(records) >= 30 and records <= names
    needed = ("chat.html", "chat.css", "chat.js", "replies.toml", "suggest/prompt.txt")
    assert all(any(name.endswith("/" + n) for name in names) for n in needed)
    assert not [name for name in names if "__pycache__" in name or name.startswith("evaluation")]


def test_installed_elsewhere_it_answers_without_the_clone(wheel, tmp_path):
    place, home = tmp_path / "site", tmp_path / "home"
    install = ["install", "--quiet", "--no-deps", "--no-index", "--target", str(place), str(wheel)]
    subprocess.run([sys.executable, "-m", "pip", *install], check=True)
    program = "import bot, sys; from bot.cli import main; print(bot.__file__); sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", program, "ask", "--json", "dang ky ket hon can giay to gi"],
        cwd=tmp_path, capture_output=True, text=True, check=True,
        env=os.environ | {"PYTHONPATH": str(place), "THUTUC_HOME": str(home)},
    )  # fmt: skip
    where, reply = done.stdout.splitlines()
    assert Path(where).is_relative_to(place)
    answered = json.loads(reply)
    assert answered["status"] == "answered"
    assert answered["procedure"]["code"] == "1.000894"
    assert "documents" in answered["card"]
