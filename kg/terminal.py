"""What the command line shows: bars, tables and one-line errors.

Talk goes to standard error, results to standard output, so that a pipe carries results alone. Everything is plain
text where the output is not a terminal, and nothing from a paper is read as markup.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from kg.errors import ExportError, KgError, Where

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

__all__ = ["Bars", "pairs", "say", "say_error", "show", "show_json", "show_table", "write_lines"]


def say(text: str) -> None:
    """Tell the user something, on standard error."""
    sys.stderr.write(text + "\n")


def say_error(error: KgError | str) -> None:
    """One line for one error."""
    say("kg: " + " ".join(str(error).splitlines()))


def show(text: str) -> None:
    """A result, on standard output, with a line end."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def show_json(value: Any) -> None:
    """A result as indented JSON."""
    show(json.dumps(value, ensure_ascii=False, indent=2))


def show_table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, title: str | None = None) -> None:
    """A result as a table as wide as the terminal; cells are text and never markup."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    terminal = sys.stdout.isatty()
    console = Console(width=None if terminal else int(os.environ.get("COLUMNS", "160")), highlight=False)
    table = Table(box=box.SIMPLE_HEAD, title=Text(title) if title else None, title_justify="left", pad_edge=False)
    for column in columns:
        table.add_column(Text(column, style="bold"), overflow="fold")
    for row in rows:
        table.add_row(*(Text(_visible(cell)) for cell in row))
    console.print(table)


def _visible(cell: str) -> str:
    """Without characters that would move the cursor or colour the terminal."""
    return "".join(char if char.isprintable() or char == "\n" else "�" for char in cell)


class Bars:
    """Progress of a long run: a bar a stage with its rate and the time left; one line a stage where there is no terminal.

    It listens to the flow's progress seam: called with (stage, done, total), total None where nobody knows.
    """

    def __init__(self, *, quiet: bool = False) -> None:
        self._quiet = quiet
        self._bars: RichProgress | None = None
        self._tasks: dict[str, TaskID] = {}
        self._last: tuple[str, int] | None = None

    def __enter__(self) -> Bars:
        if not self._quiet and sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            self._bars = Progress(
                TextColumn("{task.description:<10}"),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[rate]}"),
                TimeRemainingColumn(compact=True, elapsed_when_finished=True),
                console=Console(stderr=True),
            )
            self._bars.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stage_ends()
        if self._bars is not None:
            self._bars.stop()

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        """`done` of `total` units of a stage are done."""
        if self._last is not None and self._last[0] != stage:
            self._stage_ends()
        self._last = (stage, done)
        if self._bars is None:
            return
        if stage not in self._tasks:
            self._tasks[stage] = self._bars.add_task(stage, total=total, rate="")
        task = self._tasks[stage]
        speed = self._bars.tasks[task].speed
        self._bars.update(task, completed=done, total=total, rate=f"{speed:,.0f}/s" if speed else "")

    def _stage_ends(self) -> None:
        if self._last is None:
            return
        stage, done = self._last
        if self._bars is not None:
            self._bars.update(self._tasks[stage], completed=max(done, 1), total=max(done, 1))
        elif not self._quiet:
            say(f"{stage}: {done:,}")
        self._last = None


def write_lines(lines: Iterable[str], output: str) -> int:
    """Write lines to a file or standard output; the number written. A file is there whole or not at all."""
    if output == "-":
        return _put(lines, sys.stdout)
    path, beside = Path(output), Path(f"{output}.part")
    try:
        with beside.open("w", encoding="utf-8") as out:
            count = _put(lines, out)
        beside.replace(path)
    except OSError as error:
        raise ExportError(f"cannot be written: {error.strerror}", where=Where(file=output)) from error
    finally:
        beside.unlink(missing_ok=True)
    return count


def _put(lines: Iterable[str], out: TextIO) -> int:
    count = 0
    for line in lines:
        out.write(line + "\n")
        count += 1
    return count


def pairs(values: Mapping[str, Any], *, indent: str = "") -> str:
    """Names and numbers as people write them, aligned; nested mappings are indented.

    >>> print(pairs({"papers": 1200, "claims": {"RESULT": 3}}))
    papers  1,200
    claims
      RESULT  3
    """
    width = max((len(key) for key in values), default=0)
    lines = []
    for key, value in values.items():
        if isinstance(value, Mapping):
            lines.append(f"{indent}{key}")
            lines.append(pairs(value, indent=indent + "  "))
        else:
            shown = f"{value:,}" if isinstance(value, int) else str(value)
            lines.append(f"{indent}{key:<{width}}  {shown}")
    return "\n".join(line for line in lines if line)
