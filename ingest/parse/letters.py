"""Vietnamese letters by case, for patterns: ``[À-ỹ]`` would mix both cases."""

from __future__ import annotations

UPPER = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
LOWER = f"a-z{UPPER[3:].lower()}"
