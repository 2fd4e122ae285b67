"""Collect, check and compile the texts people read (gettext through Babel).

update   extract from the code, merge with the Polish catalogue, drop unused texts
check    fail on texts that are untranslated, unused, fuzzy or whose {places} differ
compile  write the binary catalogue the program loads
"""

from __future__ import annotations

import ast
import re
import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PO = ROOT / "resources/translations/pl/LC_MESSAGES/progressus.po"
PARTS = ROOT / "resources/translations/parts"
KEYWORDS = {"_": None, "N_": None, "NN_": (1, 2), "ngettext": (1, 2)}
PLURALS = "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"


def extracted() -> Catalog:
    from babel.messages.extract import extract_from_dir

    found = Catalog(project="Progressus Desktop", charset="utf-8")
    rows = extract_from_dir(ROOT / "progressus_desktop", [("**.py", "python")], keywords=KEYWORDS)
    for name, _line, message, _comments, context in rows:
        found.add(message, None, [(f"progressus_desktop/{name}", 0)], context=context)
    return found


def read() -> Catalog:
    if not PO.exists():
        return Catalog(locale="pl", charset="utf-8")
    return read_po(BytesIO(PO.read_bytes()), locale="pl")


def update() -> int:
    template = extracted()
    catalog = read()
    for part in sorted(PARTS.glob("*.po")):
        for message in read_po(BytesIO(part.read_bytes()), locale="pl"):
            if message.id and any(forms(message)):
                catalog.delete(message.id)  # Babel keeps the present entry otherwise
                catalog[message.id] = message
    merged = Catalog(locale="pl", charset="utf-8", project="Progressus Desktop", fuzzy=False)
    for message in template:
        if not message.id:
            continue
        known = catalog.get(message.id)
        # Babel keys plural messages by their singular alone
        string = (
            known.string if known is not None and any(forms(known)) else ("", "", "") if message.pluralizable else ""
        )
        if message.pluralizable and isinstance(string, str):
            string = ("", "", "")
        if not message.pluralizable and not isinstance(string, str):
            string = string[0]
        merged.add(message.id, string, sorted({(name, 0) for name, _ in message.locations}))
    buffer = BytesIO()
    write_po(buffer, merged, width=0, sort_output=True, include_lineno=False, omit_header=False)
    text = re.sub(
        r'^"(POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator|Language-Team|Report-Msgid).*\n',
        "",
        buffer.getvalue().decode(),
        flags=re.MULTILINE,
    )
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_text(text, encoding="utf-8")
    return 0


def forms(message: object) -> tuple[str, ...]:
    string = message.string  # type: ignore[attr-defined]
    return tuple(string) if isinstance(string, list | tuple) else (string,)


def places(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)", text))


def hidden(template: Catalog) -> list[str]:
    """Texts that the code asks for and Babel does not see: it cannot look into the braces of an f-string."""
    seen = {m.id[0] if m.pluralizable else m.id for m in template if m.id}
    found = []
    for file in sorted((ROOT / "progressus_desktop").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in KEYWORDS
                and node.args
            ):
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str) and first.value not in seen:
                    found.append(f"not collected, take it out of the f-string: {first.value!r} ({file.name})")
    return found


def check() -> int:
    catalog, template = read(), extracted()
    wrong = hidden(template)
    used = {m.id[0] if m.pluralizable else m.id for m in template if m.id}
    for message in template:
        if not message.id:
            continue
        ids = message.id if message.pluralizable else (message.id,)
        known = catalog.get(message.id)
        if known is None or not all(forms(known)):
            wrong.append(f"untranslated: {ids[0]!r} ({message.locations[0][0]})")
            continue
        if known.fuzzy:
            wrong.append(f"fuzzy: {ids[0]!r}")
        allowed = set().union(*(places(i) for i in ids)) | {"n"} if message.pluralizable else places(ids[0])
        wrong += [f"other places: {ids[0]!r} -> {form!r}" for form in forms(known) if not places(form) <= allowed]
        if not message.pluralizable and places(forms(known)[0]) != places(ids[0]):
            wrong.append(f"missing places: {ids[0]!r} -> {forms(known)[0]!r}")
    wrong += [f"unused: {m.id!r}" for m in catalog if m.id and (m.id[0] if m.pluralizable else m.id) not in used]
    for line in sorted(set(wrong)):
        print(line)
    return 1 if wrong else 0


def compile_() -> int:
    buffer = BytesIO()
    write_mo(buffer, read())
    PO.with_suffix(".mo").write_bytes(buffer.getvalue())
    return 0


if __name__ == "__main__":
    sys.exit({"update": update, "check": check, "compile": compile_}[sys.argv[1]]())
