"""The things that stand in the scenes: houses, boats, vehicles, plants, people seen from behind."""

from .canvas import WIDTH, Canvas, mix

SHIRTS = ("#c8553d", "#3d6f9e", "#e0a13c", "#5b8f6a", "#8c5a8f", "#f1f1ec", "#2f7f86")


def outdoors(c: Canvas):
    c.sky(720)
    c.hills(720, 150, c.palette.far)
    c.hills(740, 70, c.palette.middle)
    c.box(0, 760, WIDTH, 240, c.palette.near)


def hedge(c: Canvas, y):
    for x in list(range(-10, 420, 44)) + list(range(1190, WIDTH + 20, 44)):
        c.circle(x, y + 26, 40, mix(c.palette.near, "#1c4c2c", 0.3), 0.8)
        c.circle(x + 10, y + 12, 7, c.palette.accent)


def seen_from_behind(c: Canvas, x, y, size):
    c.box(x - 36 * size, y - 22 * size, 72 * size, 80 * size, c.rng.choice(SHIRTS), 24 * size)
    c.circle(x, y - 42 * size, 25 * size, "#2b2626")
    c.box(x - 9 * size, y - 24 * size, 18 * size, 14 * size, "#d9a27c", 4 * size)


def pot(c: Canvas, x, y):
    c.shape([(x - 40, y - 80), (x + 40, y - 80), (x + 28, y), (x - 28, y)], c.palette.roof)
    for dx, height in ((-46, 170), (-22, 220), (4, 250), (28, 215), (50, 165)):
        c.shape([(x - 8, y - 78), (x + dx, y - 80 - height), (x + 10, y - 78)], mix(c.palette.near, "#1d5a37", 0.2))


def along(near_x, far_x, share):
    return near_x + (far_x - near_x) * share


def bus(c: Canvas, x, y, size, colour):
    c.box(x - 70 * size, y - 150 * size, 140 * size, 140 * size, colour, 18 * size)
    c.box(x - 56 * size, y - 132 * size, 112 * size, 66 * size, mix(c.palette.glass, "#ffffff", 0.4), 8 * size)
    c.box(x - 60 * size, y - 38 * size, 26 * size, 14 * size, "#fff3c4", 5 * size)
    c.box(x + 34 * size, y - 38 * size, 26 * size, 14 * size, "#fff3c4", 5 * size)
    c.box(x - 60 * size, y - 16 * size, 30 * size, 18 * size, c.palette.dark, 5 * size)
    c.box(x + 30 * size, y - 16 * size, 30 * size, 18 * size, c.palette.dark, 5 * size)


def motorbike(c: Canvas, x, y, size):
    c.circle(x, y - 22 * size, 22 * size, c.palette.dark)
    c.box(x - 14 * size, y - 84 * size, 28 * size, 56 * size, "#c8553d", 10 * size)
    c.box(x - 26 * size, y - 140 * size, 52 * size, 74 * size, "#3d6f9e", 18 * size)
    c.circle(x, y - 162 * size, 23 * size, c.palette.accent)


def house(c: Canvas, x, y, size):
    p = c.palette
    c.box(x - 84 * size, y - 90 * size, 168 * size, 90 * size, p.wall)
    c.shape(
        [
            (x - 112 * size, y - 86 * size),
            (x - 60 * size, y - 150 * size),
            (x + 60 * size, y - 150 * size),
            (x + 112 * size, y - 86 * size),
        ],
        p.roof,
    )
    c.box(x - 20 * size, y - 66 * size, 40 * size, 66 * size, mix(p.roof, p.dark, 0.4))
    c.box(x + 38 * size, y - 60 * size, 28 * size, 28 * size, p.glass)
    c.box(x - 66 * size, y - 60 * size, 28 * size, 28 * size, p.glass)


def bridge(c):
    tone = mix(c.palette.dark, c.palette.sky[1], 0.45)
    c.box(0, 470, WIDTH, 16, tone)
    for x in range(200, WIDTH, 400):
        c.box(x - 9, 330, 18, 220, tone)
        for dx in range(40, 200, 40):
            c.line([(x, 336), (x - dx, 472)], tone, 3)
            c.line([(x, 336), (x + dx, 472)], tone, 3)


def boat(c: Canvas, x, y, size):
    hull = mix("#6b4226", c.palette.dark, 0.2)
    c.circle(x, y + 34 * size, 190 * size, mix(c.palette.glass, c.palette.dark, 0.35), 0.09)
    # The mat roof first: the hull hides its lower half.
    c.circle(x - 20 * size, y - 36 * size, 90 * size, mix("#c79d5c", c.palette.wall, 0.15), 0.62)
    c.circle(x - 20 * size, y - 30 * size, 64 * size, mix("#7d5c33", c.palette.dark, 0.2), 0.6)
    left, right = (x - 210 * size, y - 26 * size), (x + 210 * size, y - 34 * size)
    c.shape([left, right, (x + 130 * size, y + 28 * size), (x - 140 * size, y + 28 * size)], hull)
    c.shape([left, right, (x + 196 * size, y - 20 * size), (x - 196 * size, y - 12 * size)], "#a87443")
    c.person(x + 120 * size, y - 6 * size, 0.72 * size, "#3d6f9e", hat=True)
    c.line([(x + 134 * size, y - 70 * size), (x + 210 * size, y + 60 * size)], "#a87443", 6 * size)


def reed(c: Canvas, x, y, size):
    tone = mix(c.palette.near, "#1d4a2d", c.rng.random() * 0.5)
    c.shape([(x - 7, y), (x + c.rng.randint(-24, 24), y - 110 * size), (x + 7, y)], tone)


def truck(c: Canvas, x, y, colour):
    c.box(x, y - 130, 230, 112, colour, 6)
    c.box(x + 12, y - 118, 206, 12, mix(colour, "#ffffff", 0.35))
    c.box(x + 236, y - 100, 92, 82, mix(colour, "#ffffff", 0.6), 14)
    c.box(x + 276, y - 90, 44, 36, c.palette.glass, 6)
    c.box(x, y - 22, 330, 10, c.palette.dark)
    for dx in (46, 100, 276):
        c.circle(x + dx, y - 8, 25, c.palette.dark)
        c.circle(x + dx, y - 8, 11, "#b9bdc0")


def ambulance(c: Canvas, x, y):
    c.box(x, y - 140, 250, 122, "#fafafa", 16)
    c.box(x, y - 76, 250, 20, "#2f8f8a")
    c.box(x + 176, y - 126, 62, 44, c.palette.glass, 8)
    c.box(x + 104, y - 156, 44, 18, "#e0743a", 8)
    c.box(x + 40, y - 122, 46, 14, "#2f8f8a", 3)
    c.box(x + 56, y - 138, 14, 46, "#2f8f8a", 3)
    for dx in (54, 196):
        c.circle(x + dx, y - 16, 26, c.palette.dark)
        c.circle(x + dx, y - 16, 11, "#b9bdc0")
