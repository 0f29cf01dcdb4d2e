"""Clean sentences of six languages, put together from parts that were written for these tests.

Every subject goes with every predicate and every place, so a few parts make thousands of sentences; the parts are rich
in the letters beyond ASCII of each language.
"""

from __future__ import annotations

import itertools
import random

PARTS: dict[str, tuple[str, str, str]] = {
    "ar": (
        "المديرة|أخي الأكبر|الطبيبُ المناوب|جيراننا|كلُّ موظفٍ|لاعب الفريق|مؤلف الرواية|هذه الشركة|الأستاذ|اللجنة العليا",
        "قرأت الرسالة|لا يعرف العنوان|أجّل الموعد|ينتظر الحافلة|كتب المقالة|لم يفهم السؤال|باع السيارة القديمة|"
        "يسأل عن الأسعار|أغلق الباب|وقّع الاتفاق",
        "أمس في المساء|قبل الغداء|أمام المحكمة|على شاطئ البحر|منذ عام ٢٠١٩|بعد الاجتماع|في الطابق الأول|إلى الآن|مرّتين",
    ),
    "fr": (
        "L’élève|Ma sœur aînée|Le préfet|Où l’été commence, Zoé|La bibliothèque fermée|Noël|Cet hôtel|L’évêque âgé|"
        "Ô ma chère Hélène,|Un garçon naïf",
        "a été reçue à l’école|préfère le thé glacé|s’est arrêté près du château|déjà écrit dès l’aube|"
        "mangeait des œufs brûlés|répète la leçon|n’a pas reçu la clé|reçoit l’aîné|crée une œuvre|hésite à décéder",
        "à côté du théâtre|à Évry|là où ç’a été décidé|l’été dernier|près de l’abbaye|à 20 °C|où qu’il aille|dès février|"
        "à travers la forêt",
    ),
    "de": (
        "Ärztin Müller|Der größte Bär|Öl und Äpfel|Mein früherer Schüler|Die süße Möhre|Übermut|Frau Königs Söhne|"
        "Fünf Mädchen|Der Übersetzer|Jörg Groß",
        "hörten schöne Lieder|fährt über die Brücke|grüßte höflich|öffnet die Tür|müßte älter sein|läßt die Schlüssel liegen|"
        "möchte Käse und Brötchen|löst das Rätsel|wäscht die Füße|trägt ein weißes Hemd",
        "in Köln|am Äquator|über Österreich|während der Prüfung|für drei Öre|gegenüber dem Schloß|früh am Tag|vor Übermüdung|"
        "in der Größe XL",
    ),
    "pt": (
        "A irmã|O avô João|São Sebastião|Não só a mãe|Ninguém|As lições|O coração do órgão|À noite, a avó|Os pães|Você",
        "não está à espera|pôs os óculos|já é às três|viu o avião|dá atenção à informação|fará a revisão|compõe canções|"
        "comprará o pão|tem razão e não põe|é português",
        "em Portimão|até amanhã|às três da manhã|à beira do rio Sação|lá em cima|no verão|após a reunião|à direita|"
        "na Póvoa de Lanhoso",
    ),
    "tr": (
        "Öğretmen Ayşe|Çağrı Işık|Şoförün kızı|İşçiler|Küçük çocuk|Ümit’in ağabeyi|Güneş|Dışişleri Bakanlığı|Şu köpek|"
        "Öğrencinin ödevi",
        "çarşıya gidiyor|öğleden sonra çalıştı|şarkı söylüyor|ağacın altında uyudu|İŞÇİ haklarını düşünüyor|ekmeği böldü|"
        "çok üşümüş|güzel görünüyor|bütçeyi görüşüyor|kapıyı açtı",
        "Iğdır’da|İstanbul’a doğru|üç gün önce|dağın ötesinde|köşe başında|şimdi|öğle arasında|yağmur altında|gün ışığında",
    ),
    "is": (
        "Þóra|Árni á Öxará|Öll börnin|Ég|Það|Ísafjörður|Æðarfuglinn|Óþekkti maðurinn|Úlfur|Þessi þjóð",
        "á að þvo þér|fór út í bæ|ætlar að ná í öl|sá þá æð|þýðir ræðuna|ýtti á það|öðlaðist fé|fær sér mjólk|ók á ís|"
        "les góðar bækur",
        "í dag|á Þórshöfn|úti á sjó|við Ægisíðu|á ný|í öðru húsi|þá og þegar|án þín|á Ísafirði",
    ),
}


def sentences(language: str) -> list[str]:
    """Every sentence that the parts of a language make, in an order that is always the same."""
    whole = [" ".join(parts) + "." for parts in itertools.product(*(slot.split("|") for slot in PARTS[language]))]
    random.Random(language).shuffle(whole)
    return whole
