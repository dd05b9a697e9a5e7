"""A sheet to draw flat illustrations on, and the things that stand in more than one scene."""

import math
import random
from dataclasses import dataclass

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1600, 1000
# Drawn at twice the size and halved, which smooths the edges.
SCALE = 2


@dataclass(frozen=True)
class Palette:
    """The light of a drawing."""

    name: str
    sky: tuple[str, str]
    far: str
    middle: str
    near: str
    wall: str
    shade: str
    roof: str
    accent: str
    glass: str
    dark: str


PALETTES = (
    Palette(
        "buổi sáng",
        ("#7fbde0", "#eaf5f5"),
        "#b3d1c6",
        "#83b591",
        "#5a9a68",
        "#f7efe2",
        "#e2d4bf",
        "#b4553f",
        "#e3a93f",
        "#6d9fb5",
        "#2d4655",
    ),
    Palette(
        "giữa trưa",
        ("#4aa3d6", "#d9eef7"),
        "#a5cdbd",
        "#6fae7c",
        "#45915a",
        "#fbf4e6",
        "#e8d9bd",
        "#a8483a",
        "#f0b429",
        "#5b95b1",
        "#274052",
    ),
    Palette(
        "bình minh",
        ("#f2b07c", "#fdeed6"),
        "#d7b9a4",
        "#a6ac7d",
        "#6f9160",
        "#fbeeda",
        "#e7cfae",
        "#9c4a3c",
        "#d9822b",
        "#8aa3a8",
        "#4a3b3f",
    ),
    Palette(
        "chiều muộn",
        ("#6f7fb4", "#f7c9a9"),
        "#a99fb5",
        "#7d9384",
        "#4f7b66",
        "#f3e3d3",
        "#d9c1ad",
        "#8d4550",
        "#e59a4f",
        "#7f93b5",
        "#333a56",
    ),
    Palette(
        "sau cơn mưa",
        ("#8fb3bd", "#e9f1ee"),
        "#a9c6bd",
        "#6fa38f",
        "#3f8069",
        "#f1f0e6",
        "#d5d8cb",
        "#5f7d8c",
        "#d8a24a",
        "#6b9a9e",
        "#2a4a4d",
    ),
    Palette(
        "nắng vàng",
        ("#f0cf82", "#fdf6e0"),
        "#cfd0a0",
        "#a0b573",
        "#6c9a57",
        "#fff6e3",
        "#ead8b2",
        "#b8613a",
        "#cf4f36",
        "#86a7a0",
        "#4c4632",
    ),
)


class Canvas:
    """Draws in coordinates of the finished picture (1600 × 1000)."""

    def __init__(self, palette: Palette, rng: random.Random):
        self.palette, self.rng = palette, rng
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), palette.sky[1])
        self._draw = ImageDraw.Draw(self.image)

    def finished(self) -> Image.Image:
        return self.image.reduce(SCALE)

    def box(self, x, y, width, height, colour, radius=0):
        corners = [_up(x), _up(y), _up(x + width) - 1, _up(y + height) - 1]
        self._draw.rounded_rectangle(corners, radius=_up(radius), fill=colour)

    def shape(self, points, colour):
        self._draw.polygon([(_up(x), _up(y)) for x, y in points], fill=colour)

    def circle(self, x, y, radius, colour, flat=1.0):
        self._draw.ellipse(
            [_up(x - radius), _up(y - radius * flat), _up(x + radius), _up(y + radius * flat)], fill=colour
        )

    def line(self, points, colour, width):
        self._draw.line([(_up(x), _up(y)) for x, y in points], fill=colour, width=_up(width), joint="curve")

    def gradient(self, top, bottom, upper, lower):
        """Fill the full width from one height to another with a colour that changes downwards."""
        strip = Image.new("RGB", (1, 64))
        strip.putdata([_rgb(mix(upper, lower, step / 63)) for step in range(64)])
        size = (WIDTH * SCALE, _up(bottom) - _up(top))
        self.image.paste(strip.resize(size, Image.Resampling.BILINEAR), (0, _up(top)))

    def sky(self, horizon=700):
        """A sky with the sun and clouds, wherever they stand in this drawing."""
        self.gradient(0, horizon, *self.palette.sky)
        x, y = self.rng.randint(200, 1400), self.rng.randint(110, 250)
        for radius, strength in ((150, 0.25), (105, 0.5), (66, 1.0)):
            self.circle(x, y, radius, mix(mix(*self.palette.sky, y / horizon), "#fff6d8", strength))
        for _cloud in range(self.rng.randint(2, 4)):
            self.cloud(self.rng.randint(60, 1540), self.rng.randint(90, 330), self.rng.uniform(0.6, 1.3))

    def cloud(self, x, y, size):
        colour = mix(self.palette.sky[1], "#ffffff", 0.75)
        for dx, dy, radius in ((-80, 4, 34), (-34, -18, 48), (24, -26, 56), (78, 0, 38)):
            self.circle(x + dx * size, y + dy * size, radius * size, colour)
        self.box(x - 112 * size, y - 4 * size, 226 * size, 42 * size, colour, 21 * size)

    def hills(self, y, height, colour):
        """A soft line of hills across the whole picture, filled down to the edge."""
        phase, second = self.rng.uniform(0, 6.28), self.rng.uniform(0, 6.28)
        ridge = [
            (x, y - height * (0.5 + 0.32 * math.sin(x / 260 + phase) + 0.18 * math.sin(x / 97 + second)))
            for x in range(-20, WIDTH + 41, 20)
        ]
        self.shape([*ridge, (WIDTH + 20, HEIGHT), (-20, HEIGHT)], colour)

    def tree(self, x, y, size, colour=None, blossoms=None):
        """A broad tree on a short trunk, its foot at (x, y)."""
        leaf = colour or self.palette.near
        self.box(x - 7 * size, y - 90 * size, 14 * size, 90 * size, mix(self.palette.dark, "#8a5a3c", 0.6))
        for dx, dy, radius in ((-44, -118, 50), (44, -116, 48), (0, -158, 62), (0, -104, 56)):
            self.circle(x + dx * size, y + dy * size, radius * size, mix(leaf, "#12351f", 0.16))
        for dx, dy, radius in ((-40, -128, 40), (30, -132, 38), (-4, -170, 48)):
            self.circle(x + dx * size, y + dy * size, radius * size, leaf)
        for dx, dy in ((-52, -120), (-12, -182), (26, -150), (54, -112), (-24, -140), (12, -108)) if blossoms else ():
            self.circle(x + dx * size, y + dy * size, 10 * size, blossoms)

    def palm(self, x, y, size):
        """An areca palm, slender, with a crown of hanging leaves."""
        lean = self.rng.uniform(-14, 14) * size
        top = (x + lean, y - 230 * size)
        self.line([(x, y), (x + lean * 0.4, y - 120 * size), top], mix(self.palette.dark, "#9c7a55", 0.7), 11 * size)
        leaf = mix(self.palette.near, "#1d5a37", 0.25)
        for angle in range(-160, 21, 30):
            reach = 92 * size
            dx, dy = math.cos(math.radians(angle)), math.sin(math.radians(angle))
            middle = (top[0] + dx * reach * 0.6, top[1] + dy * reach * 0.6)
            tip = (top[0] + dx * reach * 1.15, top[1] + dy * reach * 0.75 + 46 * size)
            side = (middle[0] + 12 * size, middle[1] + 22 * size)
            self.shape([top, middle, tip, side], leaf)

    def person(self, x, y, size, shirt, hat=False, behind=False):
        """A standing figure, its feet at (x, y); with a conical hat in fields and markets, or seen from behind."""
        skin, trousers = "#2b2626" if behind else "#d9a27c", self.palette.dark
        self.box(x - 13 * size, y - 62 * size, 11 * size, 62 * size, trousers, 4 * size)
        self.box(x + 2 * size, y - 62 * size, 11 * size, 62 * size, trousers, 4 * size)
        self.box(x - 20 * size, y - 128 * size, 40 * size, 74 * size, shirt, 14 * size)
        self.circle(x, y - 148 * size, 17 * size, skin)
        if hat:
            self.shape(
                [(x - 40 * size, y - 150 * size), (x, y - 186 * size), (x + 40 * size, y - 150 * size)], "#ead9a6"
            )
        else:
            self.shape(
                [
                    (x - 17 * size, y - 150 * size),
                    (x - 12 * size, y - 167 * size),
                    (x + 12 * size, y - 167 * size),
                    (x + 17 * size, y - 150 * size),
                ],
                "#2b2626",
            )

    def windows(self, x, y, width, columns, rows, storey, colour=None):
        """Rows of windows with light frames across a facade."""
        cell = width / columns
        for row in range(rows):
            for column in range(columns):
                left, top = x + column * cell + cell * 0.2, y + row * storey + storey * 0.24
                self.box(
                    left - 4, top - 4, cell * 0.6 + 8, storey * 0.52 + 8, mix(self.palette.wall, "#ffffff", 0.5), 3
                )
                self.box(left, top, cell * 0.6, storey * 0.52, colour or self.palette.glass)
                self.shape(
                    [(left, top + storey * 0.52), (left, top + storey * 0.3), (left + cell * 0.36, top)],
                    mix(colour or self.palette.glass, "#ffffff", 0.18),
                )
                self.box(left + cell * 0.29, top, 3, storey * 0.52, mix(self.palette.wall, "#ffffff", 0.5))


def mix(first: str, second: str, share: float) -> str:
    """Return the colour between two, `share` (0 to 1) of the way to the second."""
    parts = (round(a + (b - a) * share) for a, b in zip(_rgb(first), _rgb(second), strict=True))
    return "#{:02x}{:02x}{:02x}".format(*parts)


def _rgb(colour):
    return tuple(int(colour[start : start + 2], 16) for start in (1, 3, 5))


def _up(value):
    return round(value * SCALE)
