"""One picture of every paper, and its words, as they were when somebody looked at them.

What changes a paper on purpose renews them: KECAMATAN_DESK_NEW_PICTURES=1 pytest <this file>.
Look at each picture that changed before it is committed.
"""

import difflib
import os
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops, PngImagePlugin

from tests.documents.paper_kinds import KINDS
from tests.documents.samples import pages

FOLDER = Path(__file__).with_name("references")
RENEW = os.environ.get("KECAMATAN_DESK_NEW_PICTURES") == "1"
DPI = 50
LEVELS = 16  # greys of a kept picture; it compresses to half
FAR = 64  # two greys so far apart are two different things: paper and ink
SHARE = 0.002  # of all pixels that may differ so
BLOCK, IN_BLOCK = 10, 3  # side of a block, and how many of its pixels may differ so
MOST_BYTES = 25_000


def pictured(pdf: bytes, page: int) -> Image.Image:
    """Picture a page in a few greys."""
    document = pypdfium2.PdfDocument(pdf)
    bitmap = document[page].render(scale=DPI / 72, grayscale=True)
    picture = bitmap.to_pil().convert("L")
    document.close()
    step = 256 // LEVELS
    return picture.point([grey // step * 255 // (LEVELS - 1) for grey in range(256)])


def words_of(pdf: bytes) -> str:
    """Give the words of all pages, a page a line."""
    return "\n".join(pages(pdf))


def difference(old: Image.Image, new: Image.Image) -> str:
    """Say how two pictures differ; "" when only the edges of letters do, or nothing."""
    if old.size != new.size:
        return f"{old.size} pixels are {new.size} now"
    far = _far(old, new)
    if far.getbbox() is None:
        return ""
    wide, high = far.size
    spots = [n for n, value in enumerate(far.tobytes()) if value]
    if len(spots) > SHARE * wide * high:
        return f"{len(spots)} of {wide * high} pixels differ"
    blocks = Counter((n % wide // BLOCK, n // wide // BLOCK) for n in spots)
    (x, y), most = blocks.most_common(1)[0]
    if most > IN_BLOCK:
        mm = 25.4 / DPI * BLOCK
        return f"{most} pixels differ at {x * mm:.0f} mm from the left, {y * mm:.0f} from the top"
    return ""


def _far(old: Image.Image, new: Image.Image) -> Image.Image:
    apart = ImageChops.difference(old, new)
    return apart.point([255 if value > FAR else 0 for value in range(256)])


def side_by_side(old: Image.Image, new: Image.Image) -> Image.Image:
    """Put the old picture, the new one and both upon another: gone is red, come is blue."""
    size = (max(old.width, new.width), max(old.height, new.height))
    both = []
    for picture in (old, new):
        sheet = Image.new("L", size, 255)
        sheet.paste(picture)
        both.append(sheet)
    upon = Image.merge("RGB", (both[1], ImageChops.darker(*both), both[0]))
    found = Image.new("RGB", (size[0] * 3 + 20, size[1]), "grey")
    for place, picture in enumerate((*both, upon)):
        found.paste(picture.convert("RGB"), (place * (size[0] + 10), 0))
    return found


def keep(path: Path, picture: Image.Image, words: str) -> None:
    """Write a reference, its words within the file."""
    info = PngImagePlugin.PngInfo()
    info.add_itxt("words", words, zip=True)
    path.parent.mkdir(exist_ok=True)
    picture.save(path, optimize=True, pnginfo=info)


@pytest.mark.parametrize("name", KINDS)
def test_a_paper_looks_as_it_did(name: str, tmp_path: Path) -> None:
    kind, path = KINDS[name], FOLDER / f"{name}.png"
    pdf = kind.pdf()
    new, words = pictured(pdf, kind.page), words_of(pdf)
    if RENEW and not _same(path, new, words):
        keep(path, new, words)
    assert path.is_file(), f"no reference {path.name}: KECAMATAN_DESK_NEW_PICTURES=1 makes it"
    with Image.open(path) as file:
        old, then = file.convert("L"), str(file.text["words"])
    changed = difference(old, new)
    if changed:
        keep(tmp_path / f"{name}-new.png", new, words)
        side_by_side(old, new).save(tmp_path / f"{name}-difference.png")
    assert not changed, f"{changed}; see {tmp_path / f'{name}-difference.png'}"
    assert words == then, "\n".join(_other_words(then, words))


def _same(path: Path, new: Image.Image, words: str) -> bool:
    """Tell whether nobody would see a difference: then the file stays as it is."""
    if not path.is_file():
        return False
    with Image.open(path) as file:
        return not difference(file.convert("L"), new) and file.text.get("words") == words


def _other_words(old: str, new: str) -> list[str]:
    lines = difflib.unified_diff(old.split(), new.split(), "then", "now", lineterm="", n=2)
    return list(lines)


def test_every_picture_is_of_a_paper_and_small() -> None:
    kept = {path.stem: path.stat().st_size for path in FOLDER.glob("*.png")}
    assert set(kept) == set(KINDS)
    assert {name: size for name, size in kept.items() if size > MOST_BYTES} == {}
    assert sum(kept.values()) < 1_500_000


# The comparison itself


def _line(picture: Image.Image, y: int, first: int, last: int, grey: int = 0) -> Image.Image:
    changed = picture.copy()
    for x in range(first, last):
        changed.putpixel((x, y), grey)
    return changed


def test_softer_edges_are_the_same_picture_and_a_short_rule_is_another() -> None:
    sheet = Image.new("L", (400, 500), 255)
    ruled = _line(sheet, 100, 50, 350, 51)
    assert difference(ruled, _line(sheet, 100, 50, 350, 51 + FAR)) == ""
    assert difference(ruled, ruled) == ""
    assert "91 mm from the left, 51 from the top" in difference(
        _line(ruled, 100, 180, 190, 255), ruled
    )
    assert "pixels are" in difference(sheet, sheet.crop((0, 0, 399, 500)))
    moved = ImageChops.offset(ruled, 0, 4)
    assert "pixels differ" in difference(ruled, moved)
    assert side_by_side(ruled, moved).size == (1220, 500)
