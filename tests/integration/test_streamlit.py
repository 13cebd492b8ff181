"""The dashboard of docs/bi draws the published tables."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

APP = Path(__file__).parents[2] / "docs" / "bi" / "streamlit_app.py"


@pytest.mark.filterwarnings("ignore")  # Streamlit's own deprecations are not ours to mend
def test_the_dashboard_shows_claims(seeds_dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from streamlit.testing.v1 import AppTest

    monkeypatch.setattr(sys, "argv", ["streamlit_app.py", str(seeds_dataset)])
    app = AppTest.from_file(str(APP), default_timeout=60).run()
    assert not app.exception
    summable = int(app.metric[0].value)
    assert summable > 0
    app.toggle[0].set_value(False).run()
    assert int(app.metric[0].value) > summable


@pytest.mark.filterwarnings("ignore")
def test_without_a_dataset_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from streamlit.testing.v1 import AppTest

    monkeypatch.setattr(sys, "argv", ["streamlit_app.py", str(tmp_path)])
    app = AppTest.from_file(str(APP), default_timeout=60).run()
    assert "make run" in app.error[0].value
