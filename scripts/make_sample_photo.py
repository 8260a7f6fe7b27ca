"""Nothing comes in; the two pictures of the invented conference go out, into inputs/mau/photos/.

They are drawings that nobody takes for photographs, with words that say so: the data of inputs/mau are
invented, and no picture of real people may stand beside them. Run by hand after a change here.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parent.parent
PHOTOS = ROOT / "inputs" / "mau" / "photos"
FONT = ROOT / "generator" / "fonts" / "LiberationSerif-Bold.ttf"

WORDS = "ẢNH MẪU – GIẢ ĐỊNH"
BANNER = "HỘI NGHỊ TỔNG KẾT NĂM 2024"

FINER = 2
"""How many times as large things are drawn, so that their edges are smooth afterwards."""

WALL, FLOOR, CURTAIN, FOLD, STAGE, EDGE = "#efe3cf", "#b98e62", "#8c2f2b", "#7a2623", "#a3744a", "#7d5535"
CLOTH, SHADE, PAPER, INK, LEAF, POT = "#c8553d", "#a8412c", "#fdfaf2", "#3b3a4f", "#4f7f52", "#c9c2b6"
SUITS = ("#3d4a63", "#56617a", "#4a3f52", "#2f5157", "#6b5a4b")
SKIN, HAIR = "#d9a77f", "#33291f"


Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""
Point = tuple[float, float]


class Sheet:
    """A drawing in the lengths of the finished picture."""

    def __init__(self, width: int, height: int) -> None:
        self._image = Image.new("RGB", (width * FINER, height * FINER), WALL)
        self._draw = ImageDraw.Draw(self._image)

    def draw_box(self, sides: Box, colour: str, round_px: float = 0) -> None:
        """Draw a rectangle, its corners rounded."""
        self._draw.rounded_rectangle([side * FINER for side in sides], round_px * FINER, fill=colour)

    def draw_oval(self, middle: Point, wide: float, high: float, colour: str) -> None:
        """Draw an ellipse of two half axes."""
        x, y = middle
        self._draw.ellipse([side * FINER for side in (x - wide, y - high, x + wide, y + high)], fill=colour)

    def draw_shape(self, corners: list[Point], colour: str) -> None:
        """Draw a polygon."""
        self._draw.polygon([(x * FINER, y * FINER) for x, y in corners], fill=colour)

    def draw_words(self, middle: Point, text: str, size: float, colour: str) -> None:
        """Draw a line of words around its middle."""
        font = ImageFont.truetype(FONT, round(size * FINER))
        x, y = middle
        self._draw.text((x * FINER, y * FINER), text, font=font, fill=colour, anchor="mm")

    def finish(self) -> Image.Image:
        """Return the picture."""
        return self._image.reduce(FINER)


def draw_hall() -> Image.Image:
    """Draw a hall: a stage with a banner and a table, and rows of people seen from behind."""
    sheet = Sheet(1600, 1067)
    sheet.draw_box((0, 560, 1600, 1067), FLOOR)
    sheet.draw_box((150, 60, 1450, 520), CURTAIN)
    for fold in range(150, 1450, 52):
        sheet.draw_box((fold, 60, fold + 20, 520), FOLD)
    sheet.draw_box((330, 110, 1270, 290), PAPER, 8)
    sheet.draw_words((800, 168), BANNER, 52, SHADE)
    sheet.draw_words((800, 238), WORDS, 60, INK)
    sheet.draw_box((110, 505, 1490, 560), STAGE)
    sheet.draw_box((110, 548, 1490, 572), EDGE)
    for place, x in enumerate(range(560, 1100, 120)):
        draw_person(sheet, (x, 360), 34, SUITS[place])
        draw_face(sheet, (x, 360), 34)
    draw_table(sheet, (480, 432, 1120, 510))
    for x in (300, 1300):
        draw_plant(sheet, x, 505)
    for row, y in enumerate((610, 715, 840)):
        size = 38 + 9 * row
        step = round(size * 2.9)
        for place, x in enumerate(range(-step // 2 * (row % 2), 1600 + step, step)):
            draw_person(sheet, (x, y), size, SUITS[(place + 2 * row) % len(SUITS)])
            sheet.draw_box((x - size * 1.25, y + size * 1.9, x + size * 1.25, y + 400), SHADE, 16)
            sheet.draw_box((x - size * 1.05, y + size * 2.2, x + size * 1.05, y + 400), CLOTH, 12)
    return sheet.finish()


def draw_signing() -> Image.Image:
    """Draw five people behind a table on which five papers are signed."""
    sheet = Sheet(900, 600)
    sheet.draw_box((0, 0, 900, 120), CURTAIN)
    sheet.draw_words((450, 62), WORDS, 48, PAPER)
    for place, x in enumerate(range(130, 900, 160)):
        draw_person(sheet, (x, 225), 46, SUITS[place])
        draw_face(sheet, (x, 225), 46)
    draw_table(sheet, (30, 365, 870, 600))
    for x in range(130, 900, 160):
        sheet.draw_shape([(x - 52, 520), (x + 52, 520), (x + 40, 430), (x - 40, 430)], PAPER)
        for line in range(448, 500, 13):
            sheet.draw_box((x - 30, line, x + 30, line + 3), POT)
        sheet.draw_shape([(x + 12, 512), (x + 18, 516), (x + 66, 456), (x + 60, 452)], INK)
    return sheet.finish()


def draw_person(sheet: Sheet, head: Point, size: float, suit: str) -> None:
    """Draw hair and shoulders of nobody in particular; *size* is half the height of the head."""
    x, y = head
    sheet.draw_box((x - size * 1.2, y + size * 1.05, x + size * 1.2, y + size * 4), suit, size * 0.8)
    sheet.draw_oval((x, y + size * 0.2), size * 0.8, size, HAIR)


def draw_face(sheet: Sheet, head: Point, size: float) -> None:
    """Draw the face and the collar of somebody who looks at us."""
    x, y = head
    sheet.draw_oval((x, y + size * 0.4), size * 0.68, size * 0.78, SKIN)
    sheet.draw_shape([(x - 10, y + size * 1.2), (x + 10, y + size * 1.2), (x, y + size * 1.7)], PAPER)


def draw_table(sheet: Sheet, sides: Box) -> None:
    """Draw a table with its cloth."""
    left, top, right, _ = sides
    sheet.draw_box(sides, CLOTH, 6)
    sheet.draw_box((left, top, right, top + 16), SHADE, 6)


def draw_plant(sheet: Sheet, x: float, foot: float) -> None:
    """Draw a plant in a pot."""
    for lean in (-46, -24, 0, 24, 46):
        sheet.draw_oval((x + lean, foot - 120 + abs(lean) * 0.7), 17, 62, LEAF)
    sheet.draw_shape([(x - 40, foot - 62), (x + 40, foot - 62), (x + 28, foot), (x - 28, foot)], POT)


if __name__ == "__main__":
    PHOTOS.mkdir(parents=True, exist_ok=True)
    draw_hall().save(PHOTOS / "toan-canh.jpg", quality=88, optimize=True)
    draw_signing().quantize(64, dither=Image.Dither.NONE).save(PHOTOS / "ky-giao-uoc.png", optimize=True)
