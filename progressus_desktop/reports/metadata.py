"""What identifies a file: Info and XMP that agree, the PDF/UA-1 and PDF/A-2a claims, the sRGB profile."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from xml.sax.saxutils import escape

from progressus_desktop.reports.pdf import literal

PRODUCER = "Progressus Desktop (ReportLab 5.1)"
CREATOR = "Progressus Desktop"


@dataclass(frozen=True, slots=True)
class About:
    """What a document says about itself; ``made`` is the stamp of the data, with its offset."""

    title: str
    author: str
    subject: str
    lang: str
    made: datetime


def information(about: About) -> bytes:
    """The Info dictionary."""
    stamp = about.made.strftime("D:%Y%m%d%H%M%S") + _offset(about.made, "'") + "'"
    return b"<</Title%s/Author%s/Subject%s/Creator%s/Producer%s/CreationDate%s/ModDate%s>>" % (
        literal(about.title), literal(about.author), literal(about.subject), literal(CREATOR), literal(PRODUCER),
        literal(stamp), literal(stamp),
    )  # fmt: skip


def _offset(moment: datetime, between: str) -> str:
    text = moment.strftime("%z") or "+0000"
    return text[:3] + between + text[3:5]


def xmp(about: About) -> bytes:
    """The metadata packet, saying the same as Info and claiming both standards."""
    stamp = about.made.strftime("%Y-%m-%dT%H:%M:%S") + _offset(about.made, ":")
    title, author, subject = escape(about.title), escape(about.author), escape(about.subject)
    return _XMP.format(
        title=title, author=author, subject=subject, lang=about.lang, stamp=stamp, creator=CREATOR, producer=PRODUCER
    ).encode("utf-8")


_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{lang}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{stamp}</xmp:CreateDate>
<xmp:ModifyDate>{stamp}</xmp:ModifyDate>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<pdf:Producer>{producer}</pdf:Producer>
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>A</pdfaid:conformance>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Indicates which part of ISO 14289 the document follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""


@cache
def srgb_profile() -> bytes:
    """An ICC version 2 sRGB profile of our own making: IEC 61966-2-1 primaries adapted to D50."""
    curve = b"curv" + struct.pack(">II", 0, 1024)
    curve += b"".join(struct.pack(">H", round(_linear(i / 1023) * 65535)) for i in range(1024))
    text = b"sRGB IEC61966-2.1"
    description = b"desc" + struct.pack(">II", 0, len(text) + 1) + text + b"\0" + bytes(4 + 4 + 2 + 1 + 67)
    tags = [
        (b"desc", description),
        (b"cprt", b"text" + bytes(4) + b"No copyright, use freely\0"),
        (b"wtpt", _xyz(0.9642, 1.0, 0.8249)),
        (b"rXYZ", _xyz(0.43607, 0.22249, 0.01392)),
        (b"gXYZ", _xyz(0.38515, 0.71687, 0.09708)),
        (b"bXYZ", _xyz(0.14307, 0.06061, 0.71410)),
        (b"rTRC", curve),
    ]
    start = 128 + 4 + 12 * (len(tags) + 2)
    table, data, place = b"", b"", {}
    for name, body in tags:
        padded = body + bytes(-len(body) % 4)
        place[name] = (start + len(data), len(padded))
        table += name + struct.pack(">II", *place[name])
        data += padded
    for name in (b"gTRC", b"bTRC"):
        table += name + struct.pack(">II", *place[b"rTRC"])
    whole = struct.pack(">I", len(tags) + 2) + table + data
    head = struct.pack(">I4sI4s4s4s", 128 + len(whole), bytes(4), 0x02100000, b"mntr", b"RGB ", b"XYZ ")
    head += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + bytes(4 + 4 + 4 + 4 + 8 + 4)
    head += struct.pack(">3I", 0xF6D6, 0x10000, 0xD32D)
    return head.ljust(128, b"\0") + whole


def _linear(value: float) -> float:
    low = 0.04045
    return value / 12.92 if value <= low else ((value + 0.055) / 1.055) ** 2.4


def _xyz(*values: float) -> bytes:
    return b"XYZ " + bytes(4) + b"".join(struct.pack(">i", round(value * 65536)) for value in values)
