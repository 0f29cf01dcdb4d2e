"""Files of settings and of texts by keys: what is plainly for programs is no unit, every word for people is one."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from round_trips import round_trip

from bilingual.pipeline import Segmenter
from bilingual.translate.fields import fields
from bilingual.translate.programs import is_for_programs

CODE = [
    *("img/a.png /assets/img/logo.svg ./a ../b/c ~/x #fff #FF00aa 10px 1.5em btn-primary fa-home col-md-6 x1 utf-8 UTF-8 "
    "ar_EG en-US com.example.shop.Main org.example.db.dialect jdbc:mysql://localhost/db classpath:/templates/ user_name "
    "MAX_SIZE mainMenu v1.2.3 1.2.3-beta dd/MM/yyyy HH:mm %d/%m/%Y :year text/html assets/ favicon.ico index.html "
    "1280x720 30s 10MB a1b2c3d4e5 550e8400-e29b-41d4-a716-446655440000 Shop::Base /:categories/:title/ Photo.PDF صور/ملف.png").split(),
    "C:\\temp\\a", "D:/data", "10px 20px", "0 auto", "btn btn-primary btn-lg", "fa fa-home", "fas fa-check", "rgba(0, 0, 0, 0.5)", "MMM d, yyyy",
    "%B %d, %Y", "text/html; charset=utf-8",
]  # fmt: skip
TEXT = [
    *("welcome Home sign-up e-mail and/or km/h Yes/No نعم/لا CD/DVD well-known up-to-date iPhone eBay macOS COVID-19 B2B "
    "MP3 3D FAQ OK مرحبا الرئيسية follow-up check-in icon class A/B n/a w/o mm am pm p.m. U.S. made Sms 24/7 post icons").split(),
    "10 px wide", "Home page", "column 2", "See README.md first", "5 days", "Yes / No", "في 10px", "a b",
]  # fmt: skip


@pytest.mark.parametrize("value", CODE)
def test_values_for_programs(value: str) -> None:
    assert is_for_programs(value)
    assert is_for_programs(value, are_messages=True)


@pytest.mark.parametrize("value", TEXT)
def test_values_for_people(value: str) -> None:
    assert not is_for_programs(value)
    assert not is_for_programs(value, "button.text")


@given(st.text(st.characters(categories=("Lu", "Ll", "Lo"), exclude_characters="_"), min_size=1, max_size=12), st.booleans())
def test_a_word_of_letters_is_a_text(word: str, is_title: bool) -> None:
    """Whatever its script; but for the humps that names of code have in ASCII."""
    word = word.title() if is_title else word.lower()
    assert not is_for_programs(word)
    assert not is_for_programs(f"{word} {word}")


@pytest.mark.parametrize("part", ["a/", "a.", "a-", "%d ", "10px ", "btn ", "a_", "com.", "0 ", "aB", "aa.", "fa fa-a ", "dd ", "0a"])
def test_shapes_are_looked_at_in_linear_time(part: str) -> None:
    start = time.process_time()
    is_for_programs(part * 30_000 + "!")
    assert time.process_time() - start < 5


JEKYLL = """---
layout: post
title: الميناء
lang: ar
permalink: /ar/:title/
cover: Images/Harbour.JPG
color: "#1A2b3C"
class: "btn btn-primary"
author: منى عادل
date: 2026-03-01 10:00:00 +0300
published: true
categories: [أخبار, News]
excerpt: فتح الميناء أبوابه.
seo:
  og_image: assets/img/og.png
  page_title: harbours
toc_label: contents
---

فتح الميناء أبوابه للسفن.
"""
HUGO_CONFIG = """baseURL: https://example.org/
languageCode: ar-EG
title: Harbours
theme: anchor
paginate: 10
params:
  logo: images/logo.svg
  accent: '#0af'
  width: 72rem
  dateFormat: "%d %B %Y"
  description: All about harbours
  mainSections: [post, mainMenu]
menu:
  main:
    - identifier: home_page
      name: Home
      url: /ar/
      weight: 1
    - name: الأخبار
      pre: "<i class='fa'></i>"
markup:
  highlight:
    style: monokai_dark
"""
HUGO_I18N = """- id: readMore
  translation: "Read more"
- id: class
  translation: class
- id: home
  translation: الرئيسية
"""
RAILS = """# Texts
en:
  date:
    formats:
      default: "%d/%m/%Y"
      long: "%B %d, %Y"
    order: [:year, :month, :day]
    day_names: [Sunday, Monday]
  time:
    am: am
  buttons:
    icon: icon
    class: style
    theme: dark
    sign_up: sign-up
    home: welcome
    save_html: "<b>Save</b> it"
  errors:
    format: "%{attribute} %{message}"
    too_long:
      one: is too long (maximum is one character)
  logo: logo-2x.png
"""
DATABASE = """default: &default
  adapter: postgresql
  encoding: unicode
  pool: 5
  host: localhost
production:
  <<: *default
  database: shop_production
"""
SPRING = """# Settings
spring.datasource.url=jdbc:postgresql://localhost:5432/shop
spring.datasource.driver-class-name=org.example.db.Driver
spring.profiles.active=dev
spring.jpa.hibernate.ddl-auto=update
spring.mvc.view.prefix=/WEB-INF/views/
server.servlet.context-path=/shop
server.tomcat.max-swallow-size=10MB
server.down=unavailable
logging.level.root=info
logging.pattern.dateformat=yyyy-MM-dd HH:mm:ss
management.endpoints.web.exposure.include=health
app.title=Harbours
app.theme=dark
app.locale=ar_EG
app.banner=Welcome to the shop
"""
MESSAGES = """menu.home=الرئيسية
menu.icon=icon
menu.icon.class=fa fa-home
button.sign-up=sign-up
label.title=title
date.format=dd/MM/yyyy
error.404=Page not found
greeting=\\u0645\\u0631\\u062d\\u0628\\u0627
price={0} ر.س
"""


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("suffix", "text", "expected"),
    [
        (".md", JEKYLL, ["الميناء", "منى عادل", "أخبار", "News", "فتح الميناء أبوابه.", "harbours", "contents"]),
        (".yaml", HUGO_CONFIG, ["https://example.org/", "Harbours", "All about harbours", "post", "Home", "الأخبار", "<i class='fa'></i>"]),
        (".yaml", HUGO_I18N, ["Read more", "class", "الرئيسية"]),
        (".yml", RAILS, ["Sunday", "Monday", "am", "icon", "style", "dark", "sign-up", "welcome", "<b>Save</b> it",
                         "%{attribute} %{message}", "is too long (maximum is one character)"]),
        (".yml", DATABASE, ["localhost"]),
        (".properties", SPRING, ["unavailable", "Harbours", "Welcome to the shop"]),
        (".properties", MESSAGES, ["الرئيسية", "icon", "sign-up", "title", "Page not found", "{0} ر.س"]),
    ],
)  # fmt: skip
def test_real_files(suffix: str, text: str, expected: list[str], end: str) -> None:
    text = text.replace("\n", end)
    found = fields(text, suffix)
    assert found is not None
    assert [text[field.start : field.end] for field in found.found] == expected


VALUES = st.sampled_from([*CODE[:12], *TEXT, "Good day to you", "It is closed."])


@given(st.lists(VALUES, min_size=1, max_size=6), st.sampled_from([".yml", ".properties", ".md"]), st.sampled_from(['"{}"', "'{}'", "{}"]))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_values_for_programs_keep_their_bytes(
    tmp_path: Path, segmenter: Segmenter, values: list[str], suffix: str, quoted: str
) -> None:
    path = tmp_path / f"a{suffix}"
    if suffix == ".properties":
        text = "".join(f"k{at}={value}\n" for at, value in enumerate(values))
    else:
        text = "".join(f"k{at}: {quoted.format(value)}\n" for at, value in enumerate(values))
    path.write_text(f"---\n{text}---\n" if suffix == ".md" else text, "utf-8")
    _, _, same = round_trip(path, segmenter)
    assert same.data == path.read_bytes()
    _, _, merged = round_trip(path, segmenter, lambda text: f"{text} so")
    found = dict(line.partition("=" if suffix == ".properties" else ": ")[::2] for line in merged.data.decode().splitlines())
    for at, value in enumerate(values):
        new = found[f"k{at}"].strip("\"'")
        assert new in ((value,) if is_for_programs(value) else (value, f"{value} so"))
