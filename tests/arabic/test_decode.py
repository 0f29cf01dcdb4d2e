"""Bytes to text."""

from __future__ import annotations

import codecs
import random
import time
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingual.arabic import encodings, evidence
from bilingual.arabic.decode import decode, known_encoding, sample
from bilingual.errors import InputError, SettingsError
from bilingual.formats.html import segment_html
from bilingual.formats.markup.encoding import decode_html
from bilingual.formats.source import read

ARABIC = "افتتح الوزير معرض الكتاب، وحضر عدد كبير من الناشرين إلى المدينة"
GERMAN = "Die Straße führt über die Brücke, größer als früher; Äpfel und Öl."
FRENCH = "L'élève a été reçu à l'école française où règne la naïveté."
TURKISH = "Türkiye'nin en büyük şehri İstanbul'dur; çocuklar güneşli öğleden sonra oynar."
PORTUGUESE = "São Paulo é a maior cidade do país; a situação não é só emoção."


@pytest.mark.parametrize(
    ("text", "encoding", "told"),
    [
        (ARABIC, "utf-8", "utf-8"),
        (ARABIC, "utf-8-sig", "utf-8"),
        (ARABIC, "utf-16", "utf-16"),
        (ARABIC, "utf-16-le", "utf-16-le"),
        (ARABIC, "utf-16-be", "utf-16-be"),
        ("مرحبا", "utf-16-le", "utf-16-le"),
        ("hello there", "utf-16-be", "utf-16-be"),
        (ARABIC, "utf-32", "utf-32"),
        (ARABIC, "cp1256", "windows-1256"),
        (ARABIC, "iso8859-6", "iso-8859-6"),
        (ARABIC, "mac-arabic", "mac-arabic"),
        (f"<p>Page</p> {ARABIC} English", "cp1256", "windows-1256"),
        (GERMAN, "cp1252", "windows-1252"),
        (FRENCH, "cp1252", "windows-1252"),
        (PORTUGUESE, "cp1252", "windows-1252"),
        (TURKISH, "cp1254", "windows-1254"),
        ("plain", "ascii", "utf-8"),
        ("", "ascii", "utf-8"),
    ],
)
def test_encodings_are_told_from_the_bytes(text: str, encoding: str, told: str) -> None:
    decoded = decode(text.encode(encoding))
    assert (decoded.text, decoded.encoding, decoded.sure) == (text, told, True)
    assert decoded.reason


def test_a_short_text_is_a_guess_and_says_so() -> None:
    decoded = decode("كتب".encode("cp1256"))
    assert not decoded.sure
    assert decode("كتب".encode("cp1256"), declared="windows-1256").sure
    assert decode("كتب".encode("cp1256"), declared="windows-1256").text == "كتب"


def test_a_wrong_declaration_does_not_win() -> None:
    decoded = decode(ARABIC.encode("cp1256"), declared="iso-8859-1")
    assert decoded.text == ARABIC
    assert decode(ARABIC.encode(), declared="windows-1256").text == ARABIC


@pytest.mark.parametrize(
    "text",
    [
        "أحمد – محمد – علي – سعيد – خالد – يوسف – عمر – حسن",
        "• أخبار\n• رياضة\n• اقتصاد\n• ثقافة",
        "‹ السابق | التالي ›",
        "السعر: 50 € فقط",
        "© 2020 الجزيرة نت",
    ],
)
def test_symbols_between_words_tell_of_no_encoding(text: str) -> None:
    for declared in (None, "windows-1256", "utf-8"):
        decoded = decode(text.encode("cp1256"), declared)
        assert (decoded.text, decoded.encoding, decoded.sure) == (text, "windows-1256", True)
    latin = "São Paulo – 50 € • © 2020 – não – irmãos – coração"
    assert decode(latin.encode("cp1252")).text == latin
    assert decode(latin.encode("cp1252"), "windows-1256").text == latin


def test_a_declared_arabic_encoding_is_overruled_by_much_alone() -> None:
    decoded = decode("São".encode("cp1252"), "windows-1256")
    assert (decoded.encoding, decoded.sure) == ("windows-1256", False)
    assert decode(FRENCH.encode("cp1252"), "windows-1256").text == FRENCH


@pytest.mark.parametrize("word", ["książka", "żółć", "Győr", "fűtő", "šťastný"])
@pytest.mark.parametrize("encoding", ["iso8859-2", "cp1250"])
def test_a_rare_encoding_of_latin_letters_is_one_that_is_declared(word: str, encoding: str) -> None:
    assert decode(word.encode(encoding), encoding).text == word


def test_a_word_or_two_that_would_be_arabic_make_no_page_of_it() -> None:
    page = "L’enquête menée après l’été : c’est réglé. À établir, déjà décidé ; élèves et étudiants répètent même l’idée.\n"
    decoded = decode((page * 5).encode("cp1252"))
    assert (decoded.text, decoded.encoding) == (page * 5, "windows-1252")
    mixed = f"{page.replace('À', 'à')} {ARABIC}"
    assert decode(mixed.encode("cp1256")).text == mixed


def test_an_english_page_with_some_names_is_sure() -> None:
    for high in ("Benoît", "Kühn and Benoît, £5", "• • × ©", "Fátima Báñez", "Irène’s “bjórr”"):
        page = "It was said on Monday that the harbour will stay closed. " * 40 + high
        decoded = decode(page.encode("cp1252"))
        assert (decoded.text, decoded.sure) == (page, True)


def test_a_declared_encoding_is_not_sure_where_another_reads_better() -> None:
    decoded = decode("Książka jest na półce".encode("cp1250"), "iso-8859-1")
    assert (decoded.encoding, decoded.sure) == ("windows-1252", False)
    assert "though cp1250 reads better" in decoded.reason
    assert decode("Brücke für Köln".encode("cp1252"), "iso-8859-9").sure


@pytest.mark.parametrize("text", ["بحث", "نسخ", "كل المقالات →", "✓ النقل من الفندق ✓ المعدات", "شكرا 😂"])
def test_short_utf16_without_a_mark(text: str) -> None:
    for codec in ("utf-16-le", "utf-16-be"):
        decoded = decode(text.encode(codec))
        assert (decoded.text, decoded.encoding, decoded.sure) == (text, codec, True)


@pytest.mark.parametrize("declared", [None, "windows-1256", "windows-1252"])
@pytest.mark.parametrize("control", [b"\x00", b"\x05", b"\x10"])
def test_text_with_controls_is_never_sure(control: bytes, declared: str | None) -> None:
    assert not decode(ARABIC.encode("cp1256") + control, declared).sure


def test_a_forced_encoding_decides_and_must_be_known() -> None:
    assert decode(ARABIC.encode("cp1256"), force="latin-1").encoding == "iso8859-1"
    for none in ("nope", "unicode_escape"):  # which would read escapes
        with pytest.raises(SettingsError, match=f"unknown encoding '{none}'"):
            decode(b"", force=none)


@pytest.mark.parametrize("wrong", [3, b"utf-8"])
def test_an_encoding_is_named_by_a_str(wrong: Any) -> None:
    for call in (lambda: decode(b"x", wrong), lambda: decode(b"x", force=wrong), lambda: segment_html(b"x", encoding=wrong)):
        with pytest.raises(TypeError, match=f"an encoding is named by a str, .* not by {type(wrong).__name__}"):
            call()


@pytest.mark.parametrize("before", ["", "Good news ", "خبر سار "])
@pytest.mark.parametrize(("broken", "n_replaced"), [(b"", 0), (b"\xff", 1), (b"\xed\xa0\xbd", 3)])
def test_characters_written_as_surrogate_pairs(before: str, broken: bytes, n_replaced: int) -> None:
    data = before.encode() + "\ud83d\ude00".encode("utf-8", "surrogatepass") + broken
    found = decode(data)
    assert (found.text.rstrip("\ufffd"), found.encoding, found.n_replaced) == (before + "😀", "utf-8", n_replaced)
    assert "surrogate pairs" in found.reason


def test_broken_utf8() -> None:
    data = (ARABIC * 30).encode()
    cut = decode(data[:-1])
    assert (cut.encoding, cut.sure, cut.n_replaced) == ("utf-8", True, 1)
    assert decode(ARABIC.encode()[1:]).text[1:] == ARABIC[1:]
    broken = decode(data + b"\xff" + data)
    assert (broken.encoding, broken.sure, broken.n_replaced) == ("utf-8", False, 1)
    kept = decode("\N{REPLACEMENT CHARACTER}".encode() + data)
    assert kept.n_replaced == 0


@given(st.binary(max_size=60))
def test_any_bytes_are_read_as_a_known_encoding(data: bytes) -> None:
    decoded = decode(data)
    assert isinstance(decoded.text, str)
    assert known_encoding(decoded.encoding)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=40))
def test_utf8_is_read_as_it_is(text: str) -> None:
    text = text.removeprefix("\ufeff")
    assert decode(text.encode()).text == text


def test_files_are_read_alike_with_and_without_encoding(tmp_path: Path) -> None:
    """`--encoding` goes the same way as the choice made without it: byte order marks and names of encodings."""
    file = tmp_path / "a.txt"
    for codec, asked in (("utf-8-sig", "utf-8"), ("utf-8", "UTF8"), ("cp1256", "windows-1256"), ("utf-16", "utf-16")):
        file.write_bytes("السلام عليكم ورحمة الله\r\n".encode(codec))
        alone, forced = read(str(file)), read(str(file), encoding=asked)
        assert alone.text == forced.text == "السلام عليكم ورحمة الله\r\n"
        assert alone.encoding == forced.encoding
        assert forced.sure


@pytest.mark.parametrize(
    ("data", "encoding", "message"),
    [
        ("نعم".encode("cp1256"), "utf-8", "not utf-8: 3 places"),
        (b"a\xff\xfe\x00\xd8", "utf-16", "not utf-16: "),
        (b"abc", "rot13", "no encoding 'rot13'"),
        (b"abc", "idna", "no encoding 'idna'"),
    ],
)
def test_an_encoding_that_does_not_fit_is_an_error(tmp_path: Path, data: bytes, encoding: str, message: str) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(data)
    with pytest.raises(InputError, match=message):
        read(str(file), encoding=encoding)


def test_replacement_characters_of_the_text_itself_are_not_counted() -> None:
    for codec in ("utf-8", "utf-16"):
        assert decode("نعم \ufffd".encode(codec)).n_replaced == 0
    assert decode("نعم \ufffd ".encode() + b"\xd9", force="utf-8").n_replaced == 1


MIXED = (
    "Rosetta’s “My café” opens on Sunday – crêpes, papier-mâché and a calligraphers’ fair.\n"
    "The board lists خبز خمير and مشق beside naïve sketches, à la carte; the owner’s “Lord, make it easy” hangs above.\n"
)


@pytest.mark.parametrize(
    ("text", "encoding", "told"),
    [(MIXED, "cp1256", "windows-1256"), (MIXED.replace("خبز خمير and مشق", "bread"), "cp1252", "windows-1252")],
)
def test_words_that_two_encodings_read_alike_say_nothing(text: str, encoding: str, told: str) -> None:
    found = decode(text.encode(encoding))
    assert (found.text, found.encoding, found.sure) == (text, told, True)


@pytest.mark.parametrize("word", ["a", "\N{LATIN SMALL LETTER E WITH ACUTE}a"])
def test_one_long_word_takes_linear_time(word: str) -> None:
    data = b"caf\xe9 " + (word * 500_000).encode("cp1252")
    start = time.process_time()
    assert len(decode(data).text) == len(data)
    assert time.process_time() - start < 5


URDU = "کراچی میں گزشتہ روز شدید بارش کے باعث سڑکیں زیر آب آ گئیں اور ٹریفک کا نظام درہم برہم ہو گیا۔"
PERSIAN = "هوای تهران امروز نیمه ابری است و احتمال بارش پراکنده در کتابخانه ها و پژوهشگاه ها وجود دارد."
UYGHUR = "بۈگۈن ھاۋا بەك ئىسسىق، شۇڭا بىز دەريا بويىغا باردۇق. شىنجاڭنىڭ ئۈزۈملىرى ناھايىتى تاتلىق."
SINDHI = "سنڌ جي شهرن ۾ پاڻي جي کوٽ سبب ماڻهن کي سخت مشڪلاتن کي منهن ڏيڻو پئي ٿو."
RUSSIAN = "Правительство сообщило о новых мерах поддержки населения и предприятий."
GREEK = "Παρακαλώ εισάγετε το σωστό όνομα χρήστη και κωδικό για λογαριασμό προσωπικού."
HEBREW = "נא להזין את שם המשתמש והסיסמה הנכונים לחשבון איש צוות."
POLISH = "Zażółć gęślą jaźń. Proszę wybrać właściwą odpowiedź, a następnie potwierdzić ją jeszcze dwukrotnie."


@pytest.mark.parametrize("text", [URDU, URDU.replace("ی", "ي"), PERSIAN, SINDHI, UYGHUR])
def test_lost_letters_do_not_change_the_encoding(text: str) -> None:
    """What cp1256 does not hold became question marks: they stand for letters and say nothing."""
    data = text.encode("cp1256", "replace")
    found = decode(data)
    assert (found.text, found.encoding, found.sure) == (data.decode("cp1256"), "windows-1256", True)


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (ARABIC.replace("،", ""), "cp720"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "iso8859-5"),
        (RUSSIAN, "cp866"),
        (GREEK, "cp1253"),
        (HEBREW, "cp1255"),
        (POLISH, "cp1250"),
        (POLISH, "iso8859-2"),
        (TURKISH, "cp857"),
        (GERMAN, "mac-roman"),
    ],
)
def test_other_scripts_and_systems_are_not_taken_for_arabic(text: str, codec: str) -> None:
    data = text.encode(codec)
    for declared in (None, "windows-1256", "iso-8859-1"):
        assert decode(data, declared).text == text
    assert decode_html(data, "windows-1256")[0] == text


def with_tones(text: str) -> str:
    """Vietnamese as cp1258 has it: the mark of a tone behind its letter, others in it."""
    tones = "".join(map(chr, (0x300, 0x301, 0x303, 0x309, 0x323)))
    found = []
    for letter in text:
        base, *marks = unicodedata.normalize("NFD", letter)
        whole = unicodedata.normalize("NFC", "".join([base, *(mark for mark in marks if mark not in tones)]))
        found += [whole, *(mark for mark in marks if mark in tones)]
    return "".join(found)


VIETNAMESE = with_tones("Hôm qua cảng đã mở cửa trở lại sau một tuần sửa chữa, và hai mươi con tàu đã vào bến.")
MAC_PERSIAN = "بندر پس از ۷ روز ساعت ۱۰ صبح دوباره باز شد و ۲۵ کشتی رسید".replace("ی", "ي").replace("ک", "ك")


@pytest.mark.parametrize(
    ("text", "codec", "told"),
    [
        (VIETNAMESE, "cp1258", "windows-1258"),
        (VIETNAMESE[:45], "cp1258", "windows-1258"),
        (MAC_PERSIAN, "mac-farsi", "mac-farsi"),
        ("وصلت ٢٥ سفينة إلى الميناء في الساعة ١٠ صباحا", "mac-arabic", "mac-arabic"),
        ("A kikötő kedden újra megnyílt egy hét javítás után, és őszi szőlő érkezett.", "cp852", "cp852"),
        ("Příští týden bude náš přístav podle všeho znovu otevřen, řekl včera večer starosta.", "mac-latin2", "mac-latin2"),
        ("Çocuklar güneşli öğleden sonra şehirde oynadı, işçiler dağıldı.", "mac-turkish", "mac-turkish"),
    ],
)
def test_rare_encodings_are_told(text: str, codec: str, told: str) -> None:
    found = decode(text.encode(codec))
    assert (found.text, found.encoding, found.sure) == (text, told, True)
    assert decode_html(text.encode(codec))[0] == text


@pytest.mark.parametrize(
    ("text", "codecs"),
    [
        ("jälleen", "mac-roman mac-latin2 mac-turkish mac-arabic mac-farsi"),
        ("niñas y niños", "mac-roman mac-turkish mac-iceland mac-arabic hp-roman8"),
        ("cliché", "cp850 cp852 cp437 cp775 cp865 hp-roman8"),
        ("Il a été reçu là, où elle naît.", "cp850 cp437 cp865 hp-roman8 mac-roman"),
        ("Über", "mac-roman mac-turkish mac-iceland hp-roman8"),
        ("rødt flødeskum", "hp-roman8"),
        ("Az őszi szőlő érett", "mac-latin2 cp852"),
        ("Türk işçiler", "cp1250 iso8859-2 iso8859-3 mac-turkish"),
        (with_tones("virtù perché là"), "cp1258"),
        (with_tones("Tiếng Việt"), "cp1258"),
    ],
)
def test_a_short_text_that_is_misread_is_never_sure(text: str, codecs: str) -> None:
    for codec in codecs.split():
        found = decode(text.encode(codec))
        assert found.text == text or not found.sure, (codec, found)


@pytest.mark.parametrize(
    "text",
    ["Schöne Grüße von „Küste“ und »Höhe«", "l’œuvre «rêvée» du maître…", "¡Qué año! ¿Y mañana?", "© Société Générale 2020"],
)
def test_signs_at_their_places_leave_a_reading_sure(text: str) -> None:
    found = decode(text.encode("cp1252"))
    assert (found.text, found.sure) == (text, True)


@pytest.mark.parametrize("codec", ["gb18030", "big5", "cp932", "euc-jp", "cp949", "cp874"])
def test_what_reads_as_no_language_is_never_sure(codec: str) -> None:
    text = {"cp949": "한국어 문장은 띄어쓰기를 하며 ", "cp874": "ภาษาไทยเป็นภาษาที่มีระดับเสียง "}.get(codec, "中文文本的編碼識別 ")
    assert not decode((text * 20).encode(codec, "ignore")).sure


@pytest.mark.parametrize("n", [20, 60, 200, 1000])
def test_random_bytes_are_never_sure(n: int) -> None:
    source = random.Random(n)
    assert not any(decode(bytes(source.randrange(128, 256) for _ in range(n))).sure for _ in range(20))


@pytest.mark.parametrize("codec", ["utf-8", "cp1256", "iso8859-6"])
@pytest.mark.parametrize(
    "told", ["", "utf-8", "windows-1256", "iso-8859-1", "iso-8859-6", "iso-8859-9", "windows-1251", "koi8-r", "x-none"]
)
def test_a_page_that_lies_of_its_encoding_is_read(codec: str, told: str) -> None:
    page = f'<meta charset="{told}"><p>{ARABIC}</p>'
    assert decode_html(page.encode(codec))[0] == page
    assert decode_html(f"<p>{ARABIC}</p>".encode(codec), told or None)[0] == f"<p>{ARABIC}</p>"


def test_utf8_with_many_broken_places_is_utf8() -> None:
    data = bytearray((ARABIC * 3).encode())
    for place in range(0, len(data), 15):
        data[place] = 0xFF
    for declared in (None, "windows-1256"):
        found = decode(bytes(data), declared)
        assert (found.encoding, found.sure) == ("utf-8", False)


@pytest.mark.parametrize("mark", [codecs.BOM_UTF8, codecs.BOM_UTF16_LE])
def test_a_mark_before_other_bytes_is_not_sure(mark: bytes) -> None:
    assert decode(mark).sure
    assert not decode(mark + ARABIC.encode("cp1256") + b"\xd8\xd8").sure


def test_an_odd_byte_of_utf16_is_counted() -> None:
    for data in (ARABIC.encode("utf-16-le"), ARABIC.encode("utf-16")):
        assert decode(data[:-1]).n_replaced == 1


def test_tables_weigh_words_as_letter_pairs_do() -> None:
    """A slow, obvious reference: log P of each word in each language, one letter after the other."""
    for text, codec in ((ARABIC, "cp1256"), (ARABIC, "iso8859-6"), (FRENCH, "cp1252"), (TURKISH, "cp1254")):
        words = sample(text.replace("،", "").replace("'", " ").encode(codec))
        languages = encodings.ENCODINGS[codec].languages
        floor = -12.0 if languages == "Arab" else evidence.ANY_LETTER
        dotted = {"İ": "i", "I": "ı"} if languages == "tr" else {}
        spelled = words.decode(codec).translate(str.maketrans(dotted)).lower().replace("ی", "ي").replace("ى", "ي").split()
        slow = max(
            sum(evidence.letter_pairs(tag).word(word, floor) for word in spelled) for tag in encodings.LANGUAGES[languages]
        )
        assert encodings.scores(words)[codec] == pytest.approx(slow + encodings.ENCODINGS[codec].prior)


def test_what_is_no_bytes_is_refused() -> None:
    assert decode(memoryview("مرحبا".encode())).text == decode(bytearray("مرحبا".encode())).text == "مرحبا"
    for wrong in ("x", None, 1):
        with pytest.raises(TypeError, match=f"decode takes bytes, not {type(wrong).__name__}"):
            decode(wrong)  # type: ignore[arg-type]
