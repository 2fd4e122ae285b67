"""Numbers and addresses that registers, post and networks give out (domain.md, section 1)."""

from __future__ import annotations

import re

from progressus_desktop.domain.reading import ParseError
from progressus_desktop.words import N_, Message

REGION = "PL"
_REGON, _KRS = 9, 10
_LOCAL_PART, _ADDRESS = 64, 254
_LINK = 2000
_USUAL_PHONE = re.compile(r"(?:\+48)?((?!48)[1-9][0-9]{8})")
"""Nine digits as nearly all numbers here are; the library, which says the same of them, takes forty times as long."""
_LETTER_LETTER = 2
_EXTENSION = re.compile(r"[,;]?\s*(wewn|wew|w|ext)\.?\s*\d{1,6}$", re.IGNORECASE)

_ENDINGS = (
    "com org net edu gov int mil info biz name pro online app dev site shop store club blog xyz tech academy "
    "foundation ngo ong coop museum media news email social support care school education center expert agency group "
    "team work works jobs company consulting solutions services events network example test"
)
_KNOWN_ENDINGS = frozenset(_ENDINGS.split())


def _compact(text: str) -> str:
    return re.sub(r"[\s\u00a0\u202f\-\u2010-\u2013.]", "", text)


def _only_zeros(digits: str) -> bool:
    return not digits.strip("0")


def read_nip(text: str) -> str:
    """Ten digits of a NIP; hyphens, spaces and ``PL`` may stand in it.

    Raises:
        ParseError: the check digit does not agree, or it is no NIP at all.
    """
    digits = _compact(text).upper().removeprefix("PL")
    if not re.fullmatch(r"[0-9]{10}", digits):
        raise ParseError(Message(N_("A NIP has 10 digits. E.g. 856-734-62-15.")))
    from stdnum.pl import nip  # late: a third of the time to load all declarations

    if _only_zeros(digits) or not nip.is_valid(digits):
        raise ParseError(Message(N_("The digits of this NIP do not agree. Check each one. E.g. 856-734-62-15.")))
    return digits


def read_regon(text: str) -> str:
    """Nine or fourteen digits of a REGON; an old one of seven digits is padded.

    Raises:
        ParseError: the check digit does not agree, or it is no REGON at all.
    """
    digits = _compact(text)
    if re.fullmatch(r"[0-9]{7}", digits):
        digits = digits.zfill(_REGON)
    if not re.fullmatch(r"[0-9]{9}|[0-9]{14}", digits):
        raise ParseError(Message(N_("A REGON has 9 or 14 digits. E.g. 000001583.")))
    from stdnum.pl import regon

    if _only_zeros(digits) or not regon.is_valid(digits):
        raise ParseError(Message(N_("The digits of this REGON do not agree. Check each one. E.g. 000001583.")))
    return digits


def read_krs(text: str) -> str:
    """Ten digits of a KRS number, padded with zeros at the left.

    Raises:
        ParseError: there is something else than up to ten digits, or zeros only.
    """
    digits = _compact(text)
    if not re.fullmatch(r"[0-9]{1,10}", digits) or _only_zeros(digits):
        raise ParseError(Message(N_("A KRS number has 10 digits. E.g. 0000024777.")))
    return digits.zfill(_KRS)


def read_postal_code(text: str) -> str:
    """``NN-NNN``; the hyphen may be left out.

    Raises:
        ParseError: it is no postal code.
    """
    digits = _compact(text)
    if not re.fullmatch(r"[0-9]{5}", digits):
        raise ParseError(Message(N_("A postal code has 5 digits. E.g. 78-445.")))
    return f"{digits[:2]}-{digits[2:]}"


def e164(text: str) -> str:
    """A phone number in its international form (``+48943740000``); empty if it cannot be one."""
    usual = _USUAL_PHONE.fullmatch(text.replace(" ", ""))
    if usual:
        return f"+48{usual[1]}"
    import phonenumbers

    try:
        number = phonenumbers.parse(_EXTENSION.sub("", text), REGION)
    except phonenumbers.NumberParseException:
        return ""
    if phonenumbers.is_possible_number_with_reason(number) != phonenumbers.ValidationResult.IS_POSSIBLE:
        return ""
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def read_phone(text: str) -> str:
    """A phone number as it was typed, blanks made single.

    Raises:
        ParseError: it cannot be a phone number.
    """
    typed = re.sub(r"[\s\u00a0\u202f]+", " ", text).strip()
    if not re.fullmatch(r"[0-9+()\-/. ]+", _EXTENSION.sub("", typed)) or not e164(typed):
        raise ParseError(Message(N_("A phone number has 9 digits, abroad with + and the country. E.g. 94 374 00 00.")))
    return typed


def _domain(text: str) -> bool:
    try:
        # the codec leaves ASCII as it is, slowly
        ascii_form = text if text.isascii() else text.encode("idna").decode("ascii")
    except UnicodeError:
        return False
    labels = ascii_form.split(".")
    good = all(re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?", label) for label in labels)
    return good and len(labels) > 1 and not labels[-1].isdigit() and len(ascii_form) <= _ADDRESS


def read_email(text: str) -> str:
    """An e-mail address: one ``@``, a dot in the domain, domains in any alphabet.

    Raises:
        ParseError: it cannot be an address.
    """
    local, at, domain = text.strip().partition("@")
    readable = bool(at) and 0 < len(local) <= _LOCAL_PART and not re.search(r"[\s,;:<>()\[\]\"\\@]", local)
    if not readable or local[0] == "." or local[-1] == "." or ".." in local or not _domain(domain):
        raise ParseError(Message(N_("An e-mail address has one @ and a dot after it. E.g. biuro@krokus.example.")))
    return f"{local}@{domain}"


def unusual_ending(address: str) -> str:
    """The ending of an address's domain if no such one is known (``.con``), else empty."""
    ending = address.rpartition(".")[2].lower()
    usual = len(ending) == _LETTER_LETTER or ending in _KNOWN_ENDINGS or not ending.isascii() or ending[:4] == "xn--"
    return "" if usual else ending


def read_url(text: str) -> str:
    """A web address; a bare domain gets ``https://``.

    Raises:
        ParseError: it is no http or https address.
    """
    typed = text.strip()
    address = typed if re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", typed) else f"https://{typed}"
    match = re.fullmatch(r"(https?)://([^\s/?#@:]+)(:\d{1,5})?([/?#][^\s]*)?", address, re.IGNORECASE)
    if match is None or not _domain(match[2]) or len(address) > _LINK:
        raise ParseError(Message(N_("A web address has a dot and no spaces. E.g. krokus.example.")))
    return address
