"""Which rows of a table are its header, and the names that header and labels give to every cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from assistant.reading.roles import is_table_caption

JOINER = " › "
_MOST_HEADER_ROWS = 6
_NUMERIC = re.compile(
    r"[-+−–(<>~△▲]*\s*(?:[A-Z]{0,3}[$€£₩¥])?\s*[-−]?[\d,.]*\d[\d,.]*\s*(?:%p?|[bm]n)?\s*[)*†‡a-z¹²³]{0,3}"
    r"(?:\s*\([^)]*\))?\)?|[-–—.…*]+|n\.?a\.?|\([A-Z]\)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:[FC]Y\s?)?[(‘’']?(?:1[89]|20|21)\d\d(?:\s*[-–/]\s*\d{2,4})?[a-z]?(?:년|\))?", re.IGNORECASE)
_COUNT = re.compile(r"\(?(\d{1,3})\)?\.?")
_NUMBERING = re.compile(
    r"(?:serial\s*)?(?:no|nr|number|item|rank|code|#|№|번호|순번|연번|구분번호|순위)\.?", re.IGNORECASE
)
_TOTAL = re.compile(r"(?:grand\s+)?totals?\b|합\s?계|총\s?계|전체", re.IGNORECASE)


def is_value(text: str) -> bool:
    """Whether a cell holds a figure; a year or a span of years is a name."""
    return bool(text) and _NUMERIC.fullmatch(text) is not None and _YEAR.fullmatch(text) is None


@dataclass(eq=False)
class Lattice:
    """The texts of a table's cells, and which cell covers each place."""

    values: list[list[str]]
    extents: dict[tuple[int, int], tuple[int, int]]
    given: int | None = None
    """How many header rows the file says there are; None: it does not say."""
    indents: Sequence[float] = ()
    """How far (points) each row's label is set in; empty where nothing is known."""

    @cached_property
    def width(self) -> int:
        return max((len(row) for row in self.values), default=0)

    @cached_property
    def _owners(self) -> dict[tuple[int, int], tuple[int, int]]:
        return {
            (r + i, c + j): (r, c)
            for (r, c), (rows, columns) in self.extents.items()
            for i in range(rows)
            for j in range(columns)
        }

    def owner(self, r: int, c: int) -> tuple[int, int]:
        """The cell that lies on a place: itself, or the one that spans it."""
        return self._owners.get((r, c), (r, c))

    def text(self, r: int, c: int) -> str:
        """What a reader finds at a place, a spanning cell's words on all that it spans."""
        row, column = self.owner(r, c)
        return self.values[row][column] if column < len(self.values[row]) else ""

    def is_wide(self, r: int) -> bool:
        """Whether one cell over all columns, or the first alone, is all that the row holds."""
        filled = {self.owner(r, c) for c in range(self.width) if self.text(r, c)}
        if len(filled) != 1 or self.width < 2:
            return False
        row, column = next(iter(filled))
        columns = self.extents.get((row, column), (1, 1))[1]
        return row == r and (column == 0 or columns >= self.width)

    @cached_property
    def header(self) -> int:
        """How many rows at the top name the columns."""
        height = len(self.values)
        if self.given is not None:
            return self.given if self.given < height else int(height > 1 and self.given > 0)
        if height < 2:
            return 0
        first = next((r for r in range(height) if self._has_values(r)), None)
        if first is None:
            return self._word_header()
        if first == 0:
            return int(self._counts(0) and height > 2)
        count = 1
        while count < min(first, _MOST_HEADER_ROWS) and self._goes_on(count):
            count += 1
        while count and self.is_wide(count - 1):
            count -= 1  # a row that heads a group
        return count

    def _has_values(self, r: int) -> bool:
        cells = [v for c in range(min(1, self.width - 1), self.width) if (v := self.text(r, c))]
        return sum(map(is_value, cells)) > 0.3 * len(cells)

    def _counts(self, r: int) -> bool:
        """Whether the cells number the columns: (1), (2), (3)."""
        found = [_COUNT.fullmatch(v) for v in self.values[r] if v]
        numbers = [int(m[1]) for m in found if m]
        return len(numbers) == len(found) > 2 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))

    def _word_header(self) -> int:
        """The header of a table without figures: its first row, with what spans into or below it."""
        if self.is_wide(0):
            return 0
        high = max(
            (rows for (r, _), (rows, _) in self.extents.items() if r == 0 and rows < len(self.values)), default=1
        )
        wide = any(r == 0 and 1 < columns < self.width for (r, _), (_, columns) in self.extents.items())
        return min(max(high, 2 if wide else 1), len(self.values) - 1)

    def _goes_on(self, r: int) -> bool:
        """Whether row `r` goes on with the header above it."""
        spans = any(top < r and (columns > 1 or top + rows > r) for (top, _), (rows, columns) in self.extents.items())
        unlabelled = not self.values[r][0] if self.values[r] else True
        return spans or unlabelled or self._counts(r) or self.is_wide(r - 1)

    def names(self) -> list[str]:
        """For each column the words of its header, from the outermost in."""
        found = []
        for c in range(self.width):
            name, last = "", None
            wide = False
            for r in range(self.header):
                owner = self.owner(r, c)
                text = self.text(r, c)
                columns = self.extents.get(owner, (1, 1))[1]
                if not text or owner == last or (columns >= self.width > 1) or (r == 0 and is_table_caption(text)):
                    continue
                if name and not name.endswith(text):
                    name += (JOINER if wide else " ") + text
                elif not name:
                    name = text
                last, wide = owner, columns > 1
            found.append(name)
        return found

    def lowest(self, c: int) -> tuple[int, int]:
        """The header cell nearest to the figures of a column that has words."""
        for r in reversed(range(self.header)):
            if self.text(r, c):
                return self.owner(r, c)
        return self.header - 1, c

    @cached_property
    def period(self) -> int:
        """After how many columns the same columns begin anew, for tables set side by side; else the width."""
        body = range(self.header, len(self.values))
        for p in range(2, self.width // 2 + 1):
            if self.width % p or len(body) < 2:
                continue
            if self.header:
                last = [self.text(*self.lowest(c)) for c in range(self.width)]
                again = all(last[c] and last[c] == last[c % p] for c in range(self.width))
            else:
                kinds = [[is_value(v) for r in body if (v := self.text(r, c))] for c in range(self.width)]
                again = all(
                    k and (all(k) if c % p else not any(k)) for c, k in enumerate(kinds)
                )  # a label, then figures, and so again
            starts = [self.text(r, c) for r in body for c in range(0, self.width, p) if self.text(r, c)]
            if again and not any(map(is_value, starts)):
                return p
        return self.width

    @cached_property
    def labels(self) -> int:
        """How many columns at the left name the rows."""
        body = range(self.header, len(self.values))
        if self.width < 2 or not body:
            return 0
        firsts = [self.text(r, 0) for r in body]
        if not self._names_rows(firsts) and not self._heads_groups(body):
            numbered = all(_COUNT.fullmatch(v) or not v for v in firsts) and any(firsts)
            counting = numbered and (self._named(0, _NUMBERING) or self._consecutive(firsts))
            if counting and self.width > 2 and self._names_rows([self.text(r, 1) for r in body]):
                return 2
            # A column of counts under an empty header still names its rows.
            return int(self.header > 0 and len(body) > 1 and not self.names()[0])
        count = 1
        while count < min(3, self.width - 1):
            keys = [tuple(self.text(r, c) for c in range(count)) for r in body if not self.is_wide(r)]
            spans = any(r >= self.header and c == count - 1 and rows > 1 for (r, c), (rows, _) in self.extents.items())
            blank = sum(not key[-1] for key in keys)
            repeated = len(set(keys)) < 0.75 * len(keys) or spans or 0 < blank < len(keys)
            following = [self.text(r, count) for r in body if not self.is_wide(r)]
            beyond = [v for r in body for c in range(count + 1, self.width) if (v := self.text(r, c))]
            figures = sum(map(is_value, beyond)) > 0.5 * len(beyond)
            if not (repeated and figures and all(following) and self._names_rows(following)):
                break
            count += 1
        return count

    def _heads_groups(self, body: Sequence[int]) -> bool:
        """Whether the first column names a group beside its first row alone, and the second names every row."""
        filled = [v for r in body if (v := self.text(r, 0))]
        seconds = [self.text(r, 1) for r in body if not self.is_wide(r)]
        beyond = [v for r in body for c in range(2, self.width) if (v := self.text(r, c))]
        return (
            len(filled) > 1
            and bool(self.text(body[0], 0))
            and not any(map(is_value, filled))
            and all(seconds)
            and len(set(seconds)) > 1
            and self._names_rows(seconds)
            and sum(map(is_value, beyond)) > 0.5 * len(beyond)
        )

    def _named(self, c: int, form: re.Pattern[str]) -> bool:
        return self.header > 0 and form.fullmatch(self.names()[c].strip()) is not None

    def _consecutive(self, texts: Sequence[str]) -> bool:
        numbers = [int(m[1]) for t in texts if (m := _COUNT.fullmatch(t))]
        return len(numbers) > 2 and all(b == a + 1 for a, b in pairwise(numbers))

    def _names_rows(self, texts: Sequence[str]) -> bool:
        if not texts:
            return False
        return sum(not t or is_value(t) for t in texts) <= 0.5 * len(texts)

    def rows(self) -> list[list[str]]:
        """For each row below the header the name of each of its cells' row."""
        labels = self.labels
        found: list[list[str]] = []
        group, depth, set_in = "", 0.0, False
        carried: list[str] = [""] * labels
        end = len(self.values)
        for r in range(self.header, end):
            indent = self.indents[r] if r < len(self.indents) else 0.0
            if labels and self.is_wide(r) and r + 1 < end and self.width > 1:
                following = self.indents[r + 1] if r + 1 < len(self.indents) else 0.0
                name = self.text(r, 0)
                group, depth, set_in = name, indent, following > indent + 2
                carried = [""] * labels
                found.append([name] * self.width)
                continue
            if group and set_in and indent <= depth + 2 and self.indents:
                group = ""
            parts: list[str] = []
            for c in range(labels):
                text = self.text(r, c)
                if not text and c < labels - 1:
                    text = carried[c]
                carried[c] = text
                if text and text not in parts and not (labels > 1 and c == 0 and is_value(text)):
                    parts.append(text)
            last = r == end - 1
            if group and parts and not (last and _TOTAL.match(parts[-1])):
                parts.insert(0, group)
            name = JOINER.join(parts)
            found.append([self._side(r, c, name) for c in range(self.width)])
        return found

    def _side(self, r: int, c: int, name: str) -> str:
        """The row name of a cell where tables stand side by side."""
        if self.period >= self.width or c < self.period:
            return name
        return self.text(r, c - c % self.period)
