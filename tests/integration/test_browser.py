"""The report and an explained page in a real browser: charts drawn, nothing cut, no error, no network."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from etl import explain, report
from etl.explain import html

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no browser: apt-get install chromium fonts-wqy-microhei"),
]
LOOKS = [(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")]
# Boxes whose content is wider than they are.
_CUT = """() => [...document.querySelectorAll('main, section, figure, table, div, td, p, li, q, summary, dd')]
  .filter(box => box.clientWidth && box.scrollWidth > box.clientWidth + 1)
  .map(box => box.tagName + ' ' + box.textContent.slice(0, 40))"""
# How long each bar of a chart is, in pixels: of a cell's background, or of a month.
_DRAWN = """() => [...document.querySelectorAll('figure')].map(figure => [
  ...[...figure.querySelectorAll('td.bar')].map(cell =>
    parseFloat(cell.style.getPropertyValue('--whole')) / 100 * cell.getBoundingClientRect().width),
  ...[...figure.querySelectorAll('.months td i')].map(bar => Math.max(bar.offsetWidth, bar.offsetHeight))])"""
_CONTRAST = """() => {
  const light = text => { const [r, g, b] = text.match(/[\\d.]+/g).map(Number).map(v => v / 255).map(
    v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const paper = box => { const colour = getComputedStyle(box).backgroundColor;
    return colour == 'rgba(0, 0, 0, 0)' && box.parentElement ? paper(box.parentElement) : light(colour); };
  return [...document.querySelectorAll('body, th, td, figcaption, .soft')].map(text => {
    const ink = light(getComputedStyle(text).color), ground = paper(text);
    return (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05); });
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        # Root in a container has no sandbox; the pages are our own files.
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def files(dev_dataset: Path, seeds_dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    found = {"seeds": folder / "seeds.html", "dev": folder / "dev.html", "explained": folder / "explained.html"}
    found["seeds"].write_text(report.render(seeds_dataset), encoding="utf-8")
    found["dev"].write_text(report.render(dev_dataset), encoding="utf-8")
    page = explain.from_dataset(seeds_dataset, "004_28d66085d4f2c5ff.txt")
    found["explained"].write_text(html.render(page), encoding="utf-8")
    return found


def opened(browser: Browser, path: Path, width: int, scheme: Any) -> tuple[Page, list[str]]:
    page = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: troubles.append(f"error: {error}"))
    page.on("request", lambda request: request.url == path.as_uri() or troubles.append(f"request: {request.url}"))
    page.goto(path.as_uri())
    return page, troubles


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
@pytest.mark.parametrize("name", ["seeds", "dev", "explained"])
def test_nothing_is_cut_and_nothing_goes_wrong(
    browser: Browser, files: dict[str, Path], name: str, width: int, scheme: str
) -> None:
    page, troubles = opened(browser, files[name], width, scheme)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(_CUT) == []
    assert min(page.evaluate(_CONTRAST)) > 4.5
    assert troubles == []
    page.context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_charts_are_drawn(browser: Browser, files: dict[str, Path], width: int) -> None:
    page, _ = opened(browser, files["dev"], width, "light")
    charts = page.evaluate(_DRAWN)
    assert len(charts) == 5
    for bars in charts:
        assert max(bars) > 60
        assert len(set(bars)) > 1
    page.context.close()


def test_a_claim_leads_to_its_line(browser: Browser, files: dict[str, Path]) -> None:
    page, _ = opened(browser, files["seeds"], 1280, "light")
    link = page.locator("#claims + div a").first
    target = (link.get_attribute("href") or "").removeprefix("#")
    assert not page.locator(f"[id='{target}']").is_visible()
    link.click()
    line = page.locator(f"[id='{target}']")
    line.wait_for(state="visible")
    words = page.locator("#claims + div q").first.inner_text()
    assert words in line.locator(".text").inner_text()
    page.context.close()


@pytest.mark.parametrize("name", ["seeds", "dev", "explained"])
def test_it_prints(browser: Browser, files: dict[str, Path], name: str) -> None:
    page, _ = opened(browser, files[name], 720, "dark")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("document.documentElement.scrollWidth") <= 720
    assert page.evaluate(_CUT) == []
    assert len(page.pdf(format="A4")) > 10_000
    page.context.close()
