"""Recovers typed procedures from what the national portal gives.

One module a format, each with ``parse(raw, where) -> Procedure | Rejected``:
``crawl`` (page text whose tables were flattened), ``word`` (the Word export of
one procedure), ``api`` (the portal's detail JSON of 2026). The other modules
each read one part that the formats share. What a record does not state is left
out; what can't be read surely stays text in ``unparsed``; where a record
contradicts itself both readings stand in ``doubts`` and no value is chosen.
"""
