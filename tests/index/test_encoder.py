"""The encoder: unit vectors that do not depend on how a text was typed or batched."""

from __future__ import annotations

import re
import shutil
import sys
import unicodedata
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

import index.encoder
from index.encoder import Encoder, EncoderError, load_encoder
from index.onnx_encoder import MODEL, OnnxModel

TEXTS = ["Đăng ký khai sinh", "Gia hạn tạm trú", "x", "", "tạm trú " * 30]


def test_every_vector_has_384_numbers_and_length_one(encoder: Encoder) -> None:
    matrix = encoder.documents(TEXTS)
    assert encoder.dimension == 384
    assert matrix.shape == (5, 384)
    assert matrix.dtype == np.float32
    assert_allclose(np.linalg.norm(matrix, axis=1), np.ones(5), atol=1e-6)
    for text in TEXTS:
        assert encoder.query(text).shape == (1, 384)
        assert np.linalg.norm(encoder.query(text)) == pytest.approx(1.0, abs=1e-6)


def test_a_text_beyond_the_model_s_window_is_encoded_all_the_same(encoder: Encoder) -> None:
    assert np.linalg.norm(encoder.query("tạm trú " * 300)) == pytest.approx(1.0, abs=1e-6)


def test_a_text_is_as_near_to_itself_as_can_be(encoder: Encoder) -> None:
    first, second = (encoder.documents(["Đăng ký kết hôn"])[0] for _ in range(2))
    assert float(first @ second) == pytest.approx(1.0, abs=1e-5)


def test_no_texts_give_no_rows_of_the_right_width(encoder: Encoder) -> None:
    assert encoder.documents([]).shape == (0, 384)
    assert encoder.embed_documents([]) == []


@pytest.mark.parametrize(
    "typed",
    [
        unicodedata.normalize("NFD", "Đăng ký nhận cha, mẹ, con ở Hòa Bình"),
        "Đăng ký nhận cha, mẹ, con ở Hoà Bình",
        " Đăng ký  nhận cha,\u200b mẹ, con ở Hòa\u00a0Bình\n",
    ],
    ids=["decomposed", "other tone style", "spaces and invisible characters"],
)
def test_two_spellings_of_one_text_have_one_vector(encoder: Encoder, typed: str) -> None:
    text = "Đăng ký nhận cha, mẹ, con ở Hòa Bình"
    assert_array_equal(encoder.documents([typed]), encoder.documents([text]))
    assert_array_equal(encoder.query(typed), encoder.query(text))


def test_a_question_and_a_document_of_the_same_words_have_one_vector(encoder: Encoder) -> None:
    for text in TEXTS:
        assert_array_equal(encoder.query(text), encoder.documents([text]))


def test_capitals_do_not_change_a_vector(encoder: Encoder) -> None:
    assert_array_equal(encoder.query("ĐĂNG KÝ khai sinh"), encoder.query("đăng ký KHAI SINH"))


def test_the_bare_text_lies_near_the_accented_one(encoder: Encoder) -> None:
    names = ["đăng ký khai sinh", "gia hạn tạm trú", "cấp giấy phép xây dựng"]
    cosines = encoder.documents(names) @ encoder.query("dang ky khai sinh")[0]
    assert int(np.argmax(cosines)) == 0


def test_several_readings_are_encoded_as_each_alone(encoder: Encoder) -> None:
    alone = np.concatenate([encoder.query(text) for text in TEXTS])
    assert_array_equal(encoder.queries(TEXTS), alone)


def test_a_vector_does_not_depend_on_the_other_texts_of_its_batch(encoder: Encoder) -> None:
    alone = np.vstack([encoder.documents([text]) for text in TEXTS])
    assert_array_equal(encoder.documents(TEXTS), alone)
    assert_array_equal(encoder.documents(TEXTS[::-1]), alone[::-1])


def test_a_question_lies_nearest_to_the_procedure_it_describes(encoder: Encoder) -> None:
    names = ["Cấp giấy phép xây dựng", "Đăng ký khai sinh", "Gia hạn tạm trú"]
    cosines = encoder.documents(names) @ encoder.query("vợ tôi mới sinh em bé")[0]
    assert names[int(np.argmax(cosines))] == "Đăng ký khai sinh"


def test_the_langchain_methods_give_the_same_numbers(encoder: Encoder) -> None:
    assert encoder.embed_documents(TEXTS[:2]) == encoder.documents(TEXTS[:2]).tolist()
    assert encoder.embed_query(TEXTS[0]) == encoder.query(TEXTS[0])[0].tolist()


def test_the_name_tells_weights_and_version(encoder: Encoder) -> None:
    assert encoder.name == (MODEL / "VERSION").read_text("utf-8").strip()
    assert re.fullmatch(r"thutuc-vi-\d+/[0-9a-f]{10}", encoder.name)


@pytest.mark.parametrize("spoilt", ["", "VERSION", "tokenizer.json", "onnx/model.onnx"])
def test_a_model_that_can_not_be_read_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoilt: str
) -> None:
    folder = tmp_path / "model"
    if spoilt:
        shutil.copytree(MODEL, folder)
        (folder / spoilt).write_bytes(b"\xff")
    monkeypatch.setattr(index.encoder, "OnnxModel", partial(OnnxModel, folder))
    with pytest.raises(EncoderError, match=r"Không mở được bộ mã hóa đi kèm .* hãy cài lại"):
        load_encoder()


@pytest.mark.parametrize("spec", ["phobert", "", "huggingface:", "huggingface", "openai:x"])
def test_an_unknown_encoder_is_refused_with_the_choices(spec: str) -> None:
    with pytest.raises(EncoderError) as caught:
        load_encoder(spec)
    assert str(caught.value) == (
        f"Không biết bộ mã hóa “{spec}”; hãy dùng thutuc-vi hoặc huggingface:<tên mô hình>."
    )


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "langchain_huggingface", None)
    with pytest.raises(EncoderError) as caught:
        load_encoder("huggingface:BAAI/bge-m3")
    assert str(caught.value) == (
        "Bộ mã hóa BAAI/bge-m3 cần gói mở rộng; hãy cài: pip install 'thutuc-bot[train]'."
    )


class FakeHuggingFace:
    """Stands for ``HuggingFaceEmbeddings``, whose weights would have to be downloaded."""

    def __init__(self, **options: Any) -> None:
        self.options = options
        self.seen: list[str] = []

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.seen += texts
        return [[3.0, 4.0] for _ in texts]

    def embed_query(self, text: str) -> list[float]:
        self.seen.append(text)
        return [0.0, 2.0]


@pytest.fixture
def _fake(monkeypatch: pytest.MonkeyPatch) -> None:
    module = SimpleNamespace(HuggingFaceEmbeddings=FakeHuggingFace)
    monkeypatch.setitem(sys.modules, "langchain_huggingface", module)


@pytest.mark.usefixtures("_fake")
@pytest.mark.parametrize(
    ("model", "passage", "query"),
    [
        ("intfloat/multilingual-e5-small", {"prompt": "passage: "}, {"prompt": "query: "}),
        ("BAAI/bge-m3", {}, {}),
    ],
)
def test_only_a_model_of_the_e5_family_is_told_the_role_of_a_text(
    model: str, passage: dict[str, str], query: dict[str, str]
) -> None:
    loaded: Any = load_encoder(f"huggingface:{model}")
    assert loaded._model.options == {
        "model_name": model,
        "encode_kwargs": {"normalize_embeddings": True} | passage,
        "query_encode_kwargs": {"normalize_embeddings": True} | query,
    }
    assert (loaded.name, loaded.dimension) == (f"huggingface:{model}", 2)


@pytest.mark.usefixtures("_fake")
def test_another_model_gets_cleaned_texts_and_its_vectors_are_made_unit() -> None:
    loaded: Any = load_encoder("huggingface:a/b")
    assert_allclose(loaded.documents(["Hoà  Bình"]), [[0.6, 0.8]])
    assert_allclose(loaded.query("thuỷ"), [[0.0, 1.0]])
    assert loaded.documents([]).shape == (0, 2)
    assert loaded._model.seen[1:] == ["Hòa Bình", "thủy"]
