"""Three old tables of partners as offices keep them: other encodings, mixed dates, wrong letters, doubled names."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl


def old_tables(folder: Path) -> tuple[Path, Path, Path]:
    """Make them; each names some organisations that another names too."""
    first = folder / "partnerzy 2024.csv"
    first.write_bytes(
        (
            "Wykaz partnerów;;;;;\r\n;;;;;\r\n"
            "Nazwa organizacji;Rodzaj;Miejscowość;Tel.;NIP;Data pierwszego kontaktu\r\n"
            "OSP Łąka;OSP;Źródła;94 374 11 11;;10.03.2024\r\n"
            "Stow. „Żuraw”;stowarzyszenie;Święte;94/374-11-12;856-734-62-15;2024-05-06\r\n"
            "KGW Malwa;KGW;Zmyślona;;;6 maja 2024 r.\r\n"
        ).encode("cp1250")
    )
    second = folder / "organizacje.xlsx"
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["Nazwa", "Rodzaj", "MiejscowoĹ›Ä‡", "Telefon", "NIP", "E-mail", "Data pierwszego kontaktu"])
    page.append(["Stowarzyszenie Ĺ»uraw", "stowarzyszenie", "ĹšwiÄ™te", None, 8567346215, "zuraw@ngo.example", None])
    page.append(["Fundacja MoĹĽna", "fundacja", "WzorĂłw", "943741113", None, None, date(2024, 6, 7)])
    page.append(["Szkoła w Nowinach", "szkoła", "Nowiny", None, None, None, 45450])
    book.save(second)
    third = folder / "baza.csv"
    third.write_bytes(
        (
            "Kind,Name,Locality,Phone,First contact,Liczba członków\n"
            "volunteer fire brigade (OSP),OSP Łąka,Źródła,94 374 11 11,10/3/2024,\n"
            'KGW,"Koło Gospodyń Wiejskich Malwa",Zmyślona,,06-05-24,"1 240"\n'
            "przedsiębiorca,Pieczarkarnia Jutrzenka,Nowiny,12,31.02.2024,\n"
            "OSP,OSP Żabno,Żabno,,7.6.2024,12\n"
        ).encode("iso8859_2")
    )
    return first, second, third
