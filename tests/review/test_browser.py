"""The review page in a real browser: filters, keys, search, corrections, order of right-to-left text, speed."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import bilingual
from bilingual.review import render
from bilingual.review.serve import ReviewServer

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]

TEXT = (
    "Home\nAbout\nThe harbour council met on Tuesday (Reuters) to discuss a plan for its forty boats, the mayor said.\n"
    "قالت البلدية إن المشروع سيبدأ في الصيف المقبل، وإن كلفته تبلغ عشرة ملايين ريال.\n"
    "%d مدونون معجبون بهذه الصفحة\n"
    "C++ لغة برمجة شائعة جدا في الجامعات!\n"
    "تابعونا على فيسبوك\n"
)


@pytest.fixture(scope="module")
def driver() -> Iterator[Any]:
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    from selenium.webdriver.chrome.service import Service

    if not shutil.which("chromedriver"):
        pytest.skip("no chromedriver on this machine")
    options = webdriver.ChromeOptions()
    for flag in (
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
        "--disable-background-networking", "--disable-component-update", "--window-size=1200,900",
    ):  # fmt: skip
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    running = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    yield running
    running.quit()


@pytest.fixture
def page(driver: Any, tmp_path: Path) -> Any:
    path = tmp_path / "page.html"
    path.write_text(render([bilingual.segment(TEXT)]), "utf-8")
    driver.get(path.as_uri())
    yield driver
    assert [entry for entry in driver.get_log("browser") if entry["level"] == "SEVERE"] == []


def keys(driver: Any, text: str) -> None:
    from selenium.webdriver.common.action_chains import ActionChains

    ActionChains(driver).send_keys(text).perform()


def visible(driver: Any) -> list[int]:
    found: list[int] = driver.execute_script(
        "return Array.from(document.querySelectorAll('.b')).flatMap((b, i) => b.hidden ? [] : [i])"
    )
    return found


def test_every_block_reads_as_its_source(page: Any) -> None:
    shown = page.execute_script("return Array.from(document.querySelectorAll('.t'), (t) => t.textContent.trim())")
    assert shown == [block.text for block in bilingual.segment(TEXT).blocks]


def test_filters_and_search_ignore_spelling(page: Any) -> None:
    everything = visible(page)
    page.execute_script("document.querySelector('.f-lang[value=ar]').click()")
    assert set(visible(page)) < set(everything)
    page.execute_script("document.querySelector('.f-lang[value=ar]').click()")
    box = page.find_element("id", "search")
    box.send_keys("الجامعات")
    assert visible(page) == [5]
    box.clear()
    box.send_keys("اِنَّ المشـروع")
    assert visible(page) == [3]
    box.clear()
    box.send_keys("no such words")
    assert visible(page) == []
    box.clear()
    box.send_keys("البلديه")
    assert visible(page) == [3]
    box.clear()
    box.send_keys("harbour COUNCIL")
    assert visible(page) == [2]


def test_keys_move_explain_correct_and_help(page: Any) -> None:
    keys(page, "jjj")
    assert page.execute_script("return document.querySelector('.b.at').id") == "d0b2"
    keys(page, "k")
    assert page.execute_script("return document.querySelector('.b.at').id") == "d0b1"
    keys(page, "\ue007")
    assert page.execute_script("return document.querySelector('#d0b1 .why').hidden") is False
    assert not page.find_element("id", "save").is_enabled()
    was = page.execute_script("return document.querySelector('#d0b1').dataset.was")
    keys(page, "3" if was != "promo" else "1")
    assert page.find_element("id", "save").is_enabled()
    assert page.find_element("id", "changed").text == "1"
    keys(page, "u")
    assert not page.find_element("id", "save").is_enabled()
    keys(page, "?")
    assert page.execute_script("return document.getElementById('help').open") is True
    keys(page, "\ue00c")
    assert page.execute_script("return document.getElementById('help').open") is False


def press(driver: Any, key: str, code: str, **more: bool) -> None:
    """A key as a keyboard of another script gives it: its own letter in that place."""
    driver.execute_script(
        "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {...arguments[0], bubbles: true}))",
        {"key": key, "code": code, **more},
    )


def test_keys_of_an_arabic_keyboard(page: Any) -> None:
    for _ in range(3):
        press(page, "ت", "KeyJ")
    press(page, "ن", "KeyK")
    assert page.execute_script("return document.querySelector('.b.at').id") == "d0b1"
    block = page.find_element("id", "d0b1")
    press(page, "٣", "Digit3")
    assert block.get_attribute("data-label") == "promo"
    assert page.find_element("id", "status").text == "Block 2: promo"
    press(page, "ع", "KeyU")
    assert block.get_attribute("data-label") == block.get_attribute("data-was")
    press(page, "؟", "Slash", shiftKey=True)
    assert page.execute_script("return document.getElementById('help').open") is True
    press(page, "ت", "KeyJ")  # behind the help nothing moves
    keys(page, "3\ue00c")
    assert page.execute_script("return document.querySelector('.b.at').id") == "d0b1"
    assert block.get_attribute("data-label") == block.get_attribute("data-was")
    press(page, "ظ", "Slash")
    assert page.switch_to.active_element.get_attribute("id") == "search"


def test_the_tab_key_comes_to_the_block_where_the_reader_is(page: Any) -> None:
    order = "return Array.from(document.querySelectorAll('.b[tabindex=\"0\"]'), (b) => b.id)"
    assert page.execute_script(order) == ["d0b0"]
    page.find_element("id", "help-button").send_keys("\ue004")
    assert page.execute_script("return document.querySelector('.b.at').id") == "d0b0"
    keys(page, "jj")
    assert page.execute_script(order) == ["d0b2"]


def test_corrections_are_not_lost_with_the_window_unasked(page: Any) -> None:
    leaves = "return window.dispatchEvent(new Event('beforeunload', {cancelable: true}))"
    assert page.execute_script(leaves)
    keys(page, "j3")
    assert not page.execute_script(leaves)
    keys(page, "u")
    assert page.execute_script(leaves)


def test_right_to_left_order_by_geometry(page: Any) -> None:
    """In an Arabic line that begins with a Latin name, the first word stands to the right of the last."""
    first, last = page.execute_script(
        """
        const p = document.querySelector('#d0b5 .t');
        const walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
        const nodes = [];
        while (walker.nextNode()) nodes.push(walker.currentNode);
        const at = (needle, offset) => {
          for (const n of nodes) {
            const i = n.data.indexOf(needle);
            if (i >= 0) {
              const r = document.createRange();
              r.setStart(n, i + offset); r.setEnd(n, i + offset + 1);
              return r.getBoundingClientRect().left;
            }
          }
        };
        return [at('C++', 0), at('الجامعات!', 8)];
        """
    )
    assert first > last


def test_placeholder_keeps_its_own_order(page: Any) -> None:
    percent, letter = page.execute_script(
        """
        const n = document.querySelector('#d0b4 .iso').firstChild;
        return [0, 1].map((i) => {
          const r = document.createRange(); r.setStart(n, i); r.setEnd(n, i + 1);
          return r.getBoundingClientRect().left;
        });
        """
    )
    assert percent < letter


def test_correction_is_saved_beside_the_file(driver: Any, server: ReviewServer, tmp_path: Path) -> None:
    driver.get(server.url + "0")
    keys(driver, "j")
    was = driver.execute_script("return document.querySelector('#d0b0').dataset.was")
    keys(driver, "3" if was != "promo" else "1")
    keys(driver, "s")
    deadline = time.monotonic() + 10
    saved = tmp_path / "a.txt.gold.jsonl"
    while not saved.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    row = json.loads(saved.read_text("utf-8"))
    assert row["text"] == TEXT
    assert row["lines"][0]["label"] == ("promo" if was != "promo" else "body")
    assert row["lines"][0]["corrected_from"] == was
    assert not any("lang" in line for line in row["lines"])
    driver.get(server.url + "0")
    assert driver.execute_script("return document.querySelector('#d0b0').dataset.label") == row["lines"][0]["label"]
    keys(driver, "ju")
    assert driver.find_element("id", "save").is_enabled()
    keys(driver, "s")
    while "corrected_from" in saved.read_text("utf-8") and time.monotonic() < deadline:
        time.sleep(0.1)
    assert json.loads(saved.read_text("utf-8"))["lines"][0] == {"start": 0, "end": row["lines"][0]["end"], "label": was}


def test_ten_thousand_blocks_stay_smooth(driver: Any, tmp_path: Path) -> None:
    path = tmp_path / "big.html"
    path.write_text(render([bilingual.segment(TEXT * 1500)]), "utf-8")
    driver.get(path.as_uri())
    paint = driver.execute_script(
        "const t = performance.now(); document.body.getBoundingClientRect(); "
        "document.querySelector('.b').offsetHeight; return performance.now() - t"
    )
    started = time.perf_counter()
    keys(driver, "jjjjj")
    assert driver.execute_script("return document.querySelector('.b.at').id") == "d0b4"
    assert paint < 500
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize("width", [400, 1200])
def test_nothing_is_wider_than_the_window(page: Any, width: int) -> None:
    page.set_window_size(width, 800)
    assert page.execute_script("return document.documentElement.scrollWidth <= window.innerWidth") is True
    page.set_window_size(1200, 900)
