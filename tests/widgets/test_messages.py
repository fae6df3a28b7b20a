"""What the page tells the kernel, and what the kernel answers."""

from __future__ import annotations

import datetime as dt
import logging

import pytest

from equitybook.widgets import Check, FindingView, SubmitPanel


@pytest.fixture
def answers(monkeypatch):
    """What a widget sends to its page."""
    sent = []
    monkeypatch.setattr(FindingView, "send", lambda self, content, buffers=None: sent.append(content))
    return sent


def saved(view, *tables, request=1):
    view._handle_custom_msg({"type": "saved", "tables": list(tables), "request": request}, [])


def test_a_saved_table_recomputes_the_finding_and_says_it_is_done(answers):
    heard = []
    view = FindingView(heard.append)
    saved(view, "hr1_grid", "hr1_setup", request=3)
    assert heard == [("hr1_grid", "hr1_setup")]
    assert answers == [{"type": "done", "request": 3, "problem": ""}]


def test_a_finding_that_fails_says_so_on_the_page_and_in_the_log(answers, caplog):
    def fail(tables):
        raise ZeroDivisionError("no people")

    view = FindingView(fail)
    with caplog.at_level(logging.ERROR):
        saved(view, "hr1_grid")
    assert "What you typed is saved" in answers[0]["problem"]
    assert "no people" in caplog.text


def test_other_messages_are_left_alone(answers):
    heard = []
    view = FindingView(heard.append)
    view._handle_custom_msg({"type": "hello"}, [])
    assert (heard, answers) == ([], [])


def test_words_and_charts_change_together():
    view = FindingView(html="<p>Old</p>")
    seen = []
    view.observe(lambda change: seen.append((view.html, dict(view.charts))), names=["html", "charts"])
    view.show('<div data-chart="HR1.share.race"></div>', {"HR1.share.race": {"mark": "bar"}})
    assert seen[-1] == ('<div data-chart="HR1.share.race"></div>', {"HR1.share.race": {"mark": "bar"}})


def test_the_still_picture_is_the_newest_and_made_only_when_asked_for():
    made = []
    view = FindingView(html="<p>Live</p>")
    assert view.static_face() == "<p>Live</p>"
    view.show("<p>Live</p>", still=lambda: made.append(1) or "<p>Picture</p>")
    assert made == []
    assert view.static_face() == "<p>Picture</p>"


def test_a_submission_is_told_to_the_notebook():
    numbers = []
    panel = SubmitPanel(2, on_submitted=numbers.append)
    panel._handle_custom_msg({"type": "submitted", "number": 2, "at": "2026-11-22T10:42:00+00:00"}, [])
    assert numbers == [2]


def test_the_panel_knows_its_checks_and_the_last_submission():
    panel = SubmitPanel(2, checks=[Check("Benchmark source named", done=False, where="#Who-could-we-hire-from")])
    assert panel.submitted == {}
    panel.set_checks([Check("Benchmark source named", done=True)])
    assert panel.checks == [{"text": "Benchmark source named", "done": True, "where": "", "detail": ""}]
    assert "Complete: Benchmark source named" in panel.static_face()
    at = dt.datetime(2026, 11, 22, 10, 42, tzinfo=dt.UTC)
    assert SubmitPanel(2, submitted_at=at).submitted == {"at": "2026-11-22T10:42:00+00:00"}
