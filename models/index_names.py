"""The words behind the codes of the index. A code keeps its word while the index lives, whatever comes later."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from console.domain.index_columns import IndexColumns, IndexNames
from models.queue_keys import column

# The columns that hold codes; each has its words in `IndexNames` under the same name.
CODED = ("status", "plan", "support_group", "owner", "escalation")


class GrowingNames:
    """Words by code, position 0 for none. Grows at the end only."""

    def __init__(self, names: IndexNames) -> None:
        self._words = {each: list(_words(names, each)) for each in CODED}
        self._codes = {each: {word: code for code, word in enumerate(words)} for each, words in self._words.items()}

    def of(self, name: str) -> list[str]:
        """The words of a column, by code."""
        return self._words[name]

    def code(self, name: str, word: str) -> int | None:
        """The code of a word, none where no ticket ever had it."""
        return self._codes[name].get(word)

    def ranks(self, name: str) -> npt.NDArray[np.int64]:
        """For each code its place in the alphabet; none comes last."""
        words = self._words[name]
        by_word = sorted(range(1, len(words)), key=lambda code: words[code].casefold())
        ranks = np.full(max(1, len(words)), len(words), dtype=np.int64)
        ranks[by_word] = np.arange(len(by_word))
        return ranks

    def recoded(self, columns: IndexColumns, names: IndexNames) -> IndexColumns:
        """`columns` in the codes used here. The store may have numbered its words anew."""
        changed = {}
        for each in CODED:
            theirs = _words(names, each)
            ours = self._words[each]
            if list(theirs[: len(ours)]) != ours[: len(theirs)] or len(theirs) > len(ours):
                codes = np.array([0, *(self._added(each, word) for word in theirs[1:])])
                old = column(columns, each)
                changed[each] = codes[old].astype(old.dtype)
        return replace(columns, **changed) if changed else columns

    def _added(self, name: str, word: str) -> int:
        words, codes = self._words[name], self._codes[name]
        if word not in codes:
            codes[word] = len(words)
            words.append(word)
        return codes[word]


def _words(names: IndexNames, name: str) -> tuple[str, ...]:
    words: tuple[str, ...] = getattr(names, name)
    return words
