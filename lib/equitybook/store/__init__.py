"""Where the answers are kept.

``Store`` opens a cohort's database and its files; ``Store.community`` gives out a ``Handle``, which is all a notebook gets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from equitybook.store.opening import Store

__all__ = ["Store"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - the signature Python gives a module's __getattr__
    # A kernel imports store.remote and must not pay for SQLAlchemy, which it never uses.
    if name == "Store":
        from equitybook.store.opening import Store

        return Store
    raise AttributeError(name)
