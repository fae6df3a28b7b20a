"""The server's own pages: Jinja templates in ``templates/pages``, filled and escaped."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING, Any

import jinja2

from equitybook.house import templates
from equitybook.server.shared import shared_of
from equitybook.server.static import style_version

if TYPE_CHECKING:
    from jupyter_server.base.handlers import JupyterHandler


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates() / "pages"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["day"] = day
    environment.filters["clock"] = lambda moment: f"{moment:%H:%M}"
    return environment


def fill(template: str, **facts: Any) -> str:  # noqa: ANN401 - whatever the template names
    """Fill a part of a page; everything given to it is escaped."""
    return _environment().get_template(template).render(**facts)


def render_page(handler: JupyterHandler, template: str, **facts: Any) -> str:  # noqa: ANN401 - whatever the template names
    """Fill a page. Every page knows the cohort, the person (or None), the base address and the XSRF token of its forms."""
    shared = shared_of(handler)
    known = hasattr(handler, "_jupyter_current_user")  # a request refused early has no person yet
    return (
        _environment()
        .get_template(template)
        .render(
            cohort=shared.cohort.title,
            person=shared.person_of(handler) if known else None,
            base=handler.base_url,
            style_version=style_version(),
            xsrf=handler.xsrf_token.decode(),
            **facts,
        )
    )


def day(date: dt.date) -> str:
    """Write a date as people say it: ``Friday 14 November``; with the year where it is not this one."""
    words = f"{date:%A} {date.day} {date:%B}"
    return words if date.year == dt.datetime.now(dt.UTC).year else f"{words} {date.year}"
