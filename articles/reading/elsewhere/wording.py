"""Words without the marks that titles of cited works may hold."""

import re

MARKED = re.compile(r"<(i|b|sup|sub)>(.*?)</\1>", re.DOTALL)


def bare(title: str) -> str:
    """The words alone; a sign that opens nothing stays, as in `p<0.05`."""
    while (without := MARKED.sub(r"\2", title)) != title:
        title = without
    return title
