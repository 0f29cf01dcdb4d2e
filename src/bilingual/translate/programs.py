"""Values of settings that are plainly for programs: paths, colours, sizes, classes, names of code.

A text that is left out is worse than a unit that nobody needs, so a value is one of these by its own shape, or by its
key where that never names a text. A word, also of two parts (`sign-up`), is a text: labels of buttons are written so.
"""

from __future__ import annotations

import re

_SIZE = r"\d++(?:\.\d++)?(?:%|px|r?em|pt|pc|vh|vw|vmin|vmax|ch|fr|deg|dpi|m?s|[kKMG]i?[bB]|x\d++)?"
# Names under which families of classes of style sheets stand.
_CLASS = r"(?:btn|bg|bi|col|fa|fa[bdlrs]|glyphicon|icon|mdi|navbar|ti)"
_ENDINGS = (
    "avif|bmp|cfg|conf|css|csv|docx?|eot|gif|gz|haml|html?|ico|ini|jar|java|jpe?g|js|json|jsp|jsx|log|md|mjs|mp[34]"
    "|mustache|ogg|otf|pdf|php|png|pptx?|properties|py|rb|scss|sh|slim|sql|svg|toml|tmpl|tsx?|ttf|txt|vue|wav|webm|webp"
    "|woff2?|xlsx?|xml|ya?ml|zip"
)
_SHAPES = re.compile(
    rf"""
      \#[0-9A-Fa-f]{{3,8}} | (?:rgb|hsl)a?\([\d\s.,%/deg-]++\)                      # colours
    | {_SIZE}(?:[ ](?:{_SIZE}|auto))*+                                              # sizes
    | (?:~|\.{{1,2}})?/[\w.:@*%{{}}$-]*+(?:/[\w.:@*%{{}}$-]*+)*+                    # paths from a root
    | [A-Za-z]:(?:\\|/(?!/))\S*+ | [\w.@-]++/(?:[\w.@*-]++/)*+                      # a drive's paths, folders
    | (?:[\w.@*-]++/)*+(?=[\w@*-])(?:[\w@*-]++\.)++(?i:{_ENDINGS})                  # files
    | (?:application|audio|font|image|multipart|text|video)/[a-z0-9.+*-]++(?:;[ ]?charset=[\w-]++)?
    | (?:jdbc|classpath\*?|file|data|redis|amqp|mongodb|mailto|urn|tel):\S++        # places with a scheme
    | [a-z]{{2}}[-_][A-Z]{{2}} | (?i:utf-?(?:8|16|32)|iso-8859-\d++|windows-125\d)  # languages, encodings
    | :[a-z]\w*+ | [A-Za-z0-9]++(?:_++[A-Za-z0-9]++)++ | [A-Za-z]\w*+(?:::\w++)++                       # names of code
    | (?:[a-z]{{2,}}+[0-9]*+\.){{2,}}+\w++(?:[$.#]\w++)*+ | [a-z]{{2,}}+(?:[A-Z][a-z]++)++
    | [a-z][a-z0-9]*+(?:[-.][a-z0-9]++)*+(?:(?<=[0-9])|(?<=[0-9][a-z]))              # with numbers: x1, col-md-6
    | v?\d++(?:\.\d++)++(?:[.-][a-z0-9.]++)?                                        # versions
    | (?=[a-f-]*+[0-9])(?=[0-9-]*+[a-f])[0-9a-f]{{7,}}+(?:-[0-9a-f]{{4,}}+)*+    # hashes
    | (?:(?:btn|bi|fa[bdlrs]?|glyphicon|mdi|ti)[ ])?{_CLASS}-[a-z0-9-]++(?:[ ][a-z0-9]++(?:-[a-z0-9]++)*+)*+
    | (?:%[-_0^\#]?[A-Za-z](?![A-Za-z])[\s.,:/-]*+)++                               # dates as programs write them
    | (?=.*(?:yy|MM|dd|HH|hh|mm))(?:y++|M++|d++|E++|H++|h++|m++|s++|S++|a|z|Z|X++)
      (?:[\s.,:/-]++(?:y++|M++|d++|E++|H++|h++|m++|s++|S++|a|z|Z|X++))++
    """,
    re.VERBOSE,
)
# Keys that name no text, of values of one word in small letters.
_KEYS = frozenset(
    "adapter charset class classes classname dialect driver encoding font href icon id lang layout locale markdown "
    "permalink plugin plugins profile rel slug src template theme timezone uuid".split()
)
# Settings of programs that read `.properties`.
_SETTINGS = re.compile(
    r"(?:eureka|hibernate|jakarta|java|javax|log4j2?|logging|management|micronaut|quarkus|spring"
    r"|org\.(?:apache|hibernate|springframework)|server\.(?:address|error|port|servlet|ssl|tomcat))\."
)
_WORD = re.compile(r"[a-z0-9][a-z0-9./_:@#+-]*+")
_KEY = re.compile(r"[^\W_]++\Z")


def is_for_programs(value: str, key: str = "", *, are_messages: bool = False) -> bool:
    """Whether a value is plainly for programs.

    `are_messages`: its file holds texts by their keys, so that a key says nothing: `icon: icon` is a label there.

    >>> [is_for_programs(value) for value in ("img/a.png", "#fff", "10px 2em", "btn btn-primary", "x1")]
    [True, True, True, True, True]
    >>> [is_for_programs(value) for value in ("sign-up", "and/or", "iPhone", "Welcome")]
    [False, False, False, False]
    >>> is_for_programs("post", "layout"), is_for_programs("post", "title")
    (True, False)
    """
    if _SHAPES.fullmatch(value):
        return True
    last = _KEY.search(key)
    name = last[0].lower() if last else ""
    if are_messages or value.lower() in (key.lower(), name) or not _WORD.fullmatch(value):
        return False
    return name in _KEYS or _SETTINGS.match(key) is not None
