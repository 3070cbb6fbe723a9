"""
Full-text search over what is public: one small interface, an engine for each database.

`index` is written by whoever stores or takes down public pages, `finding.find` asks.
Below it `question` makes groups of words that mean the same out of what was typed,
and an engine counts, ranks and marks.
"""
