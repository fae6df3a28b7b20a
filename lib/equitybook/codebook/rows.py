"""Row models and the tables they declare."""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ConfigDict

from equitybook.codebook.columns import Column, Kind, Vocabulary

_KINDS: dict[object, Kind] = {
    str: Kind.TEXT,
    int: Kind.WHOLE,
    float: Kind.NUMBER,
    bool: Kind.YES_NO,
    dt.date: Kind.DATE,
}


Read = Callable[[str], Sequence[Mapping[str, Any]]]
"""Gives the stored values of any table's rows, by the table's id."""


@dataclass(frozen=True, slots=True)
class Message:
    """One thing to check in a table, in plain English. Nothing is refused: the value is kept as typed.

    ``row`` is the row's id in the store ("" for the whole table); ``field`` the column's name ("" for the whole row).
    ``suggestion`` is the value to put in its place, as it would be stored, where one is likely.
    """

    text: str
    row: str = ""
    field: str = ""
    suggestion: str | None = None


class Row(BaseModel):
    """Base of every row model.

    Subclasses name their table in the class line::

        class Availability(Row, id="hr1_avail", name="Who could we hire from", one_row="one job group and group of people"):
            jobcat: Annotated[str, JOBCAT8] = column("Job group", required=True, example="2")
            ext_pct: Percent = column("Share outside", minimum=0, maximum=100, example=24.0)

    Every column defaults to None: a draft is never refused. ``single=True`` is a table of one record, shown as a form; ``empty`` is
    what an empty table says to do first.
    """

    model_config = ConfigDict(extra="forbid", validate_default=False)
    table: ClassVar[Table]

    def __init_subclass__(cls, **_: object) -> None:  # the class line's words are for the hook below
        super().__init_subclass__()

    @classmethod
    def __pydantic_init_subclass__(
        cls,
        *,
        id: str = "",  # noqa: A002 - the word every table has
        name: str = "",
        one_row: str = "",
        single: bool = False,
        empty: str = "",
        **kwargs: object,
    ) -> None:
        """Build the table's description once, when the class is declared."""
        super().__pydantic_init_subclass__(**kwargs)
        if id:
            cls.table = Table(id=id, title=name, one_row=one_row, single=single, columns=_columns(cls), model=cls, empty=empty)

    @classmethod
    def check(cls, row: Mapping[str, Any]) -> Iterator[Message]:  # noqa: ARG003 - for subclasses
        """Yield what does not fit together within one row (values already typed; None where empty). Override me."""
        yield from ()

    @classmethod
    def check_all(cls, rows: Sequence[tuple[str, Mapping[str, Any]]]) -> Iterator[Message]:  # noqa: ARG003 - for subclasses
        """Yield what does not fit together between rows, given as (row id, typed values). Override me."""
        yield from ()

    @classmethod
    def check_beside(cls, rows: Sequence[tuple[str, Mapping[str, Any]]], read: Read) -> Iterator[Message]:  # noqa: ARG003 - for subclasses
        """Yield what does not fit another table, for example a measure's unit. ``rows`` as for ``check_all``. Override me."""
        yield from ()

    @classmethod
    def locked(cls, row: Mapping[str, Any]) -> Mapping[str, str]:  # noqa: ARG003 - for subclasses
        """Name the fields of a row that are not typed over any more, each with the sentence that says why and what to do instead.

        ``row`` holds the stored values. A row with a locked field is not deleted or replaced either. Override me.
        """
        return {}

    @classmethod
    def starters(cls, read: Read) -> Sequence[Mapping[str, Any]]:  # noqa: ARG003 - for subclasses
        """Give the rows most towns begin with, for a team to add by one button. ``read`` gives the values of any table's rows. Override me."""
        return ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the workbook, as declared by its row model. ``empty`` says what to do first where there is no row yet."""

    id: str
    title: str
    one_row: str
    single: bool
    columns: tuple[Column, ...]
    model: type[Row]
    empty: str = ""

    def column(self, name: str) -> Column:
        """The column of that name.

        Raises
        ------
        KeyError
            If the table has no such column.
        """
        for one in self.columns:
            if one.name == name:
                return one
        raise KeyError(name)


def _columns(model: type[Row]) -> tuple[Column, ...]:
    hints = get_type_hints(model, include_extras=True)
    return tuple(_column(name, hints[name], model) for name in model.model_fields)


def _column(name: str, hint: object, model: type[Row]) -> Column:
    kind, vocabulary = _kind(hint)
    info = model.model_fields[name]
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    examples = info.examples or [None]
    return Column(
        name=name,
        label=info.title or name,
        kind=kind,
        help=info.description or "",
        unit=str(extra.get("unit", "")),
        required=bool(extra.get("required", False)),
        vocabulary=vocabulary,
        example=examples[0],
        minimum=extra.get("minimum"),  # type: ignore[arg-type]
        maximum=extra.get("maximum"),  # type: ignore[arg-type]
        also=tuple(extra.get("also", ())),  # type: ignore[arg-type]
        refers=str(extra.get("refers", "")),
        numbered=str(extra.get("numbered", "")),
        typed=bool(extra.get("typed", True)),
    )


def _kind(hint: object) -> tuple[Kind, Vocabulary | None]:
    """Read ``Annotated[str, RACE]``, ``list[Annotated[str, RACE]]``, ``Money``, ``int``, ``X | None`` as a kind."""
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _kind(next(arg for arg in get_args(hint) if arg is not type(None)))
    if origin is Annotated:
        base, *notes = get_args(hint)
        for note in notes:
            if isinstance(note, Kind):
                return note, None
            if isinstance(note, Vocabulary):
                return (Kind.CHOICES if get_origin(base) is list else Kind.CHOICE), note
        return _kind(base)
    if origin is list:
        _, vocabulary = _kind(get_args(hint)[0])
        return Kind.CHOICES, vocabulary
    return _KINDS[hint], None
