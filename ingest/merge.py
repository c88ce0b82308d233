"""One record from the two that may exist of a code: the curated one and the portal's."""

from __future__ import annotations

from index.procedure import Procedure

_OWN = frozenset({"code", "name", "source", "doubts", "origin", "changes", "unparsed", "effective"})
"""Fields that belong to one record's identity and are never filled from another."""


def merge(curated: Procedure, portal: Procedure) -> Procedure:
    """The curated record with its empty fields filled from the portal's, origins kept.

    A field that the curated record doubts stays as it is: it was left out on
    purpose. What the portal's record doubts of a filled field comes along.
    """
    doubted = {doubt.field.split(".")[0] for doubt in curated.doubts}
    filled = [
        name
        for name in Procedure.model_fields
        if name not in _OWN | doubted and not getattr(curated, name) and getattr(portal, name)
    ]
    if not filled:
        return curated
    carried = tuple(d for d in portal.doubts if d.field.split(".")[0] in filled)
    return curated.model_copy(
        update={
            **{name: getattr(portal, name) for name in filled},
            "doubts": curated.doubts + carried,
            "origin": dict.fromkeys(filled, "portal"),
        }
    )
