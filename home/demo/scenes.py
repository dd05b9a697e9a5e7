"""The scenes of a Vietnamese province that the demo shows; each draws itself and returns what it shows, in words."""

from .canvas import WIDTH, Canvas, mix
from .props import (
    SHIRTS,
    along,
    ambulance,
    boat,
    bridge,
    bus,
    hedge,
    house,
    motorbike,
    outdoors,
    pot,
    reed,
    seen_from_behind,
    truck,
)


def office(c: Canvas) -> str:
    p, storeys, columns = c.palette, c.rng.choice((3, 4)), c.rng.choice((5, 6))
    outdoors(c)
    height, width = storeys * 112, 1000
    left, top = (WIDTH - width) / 2, 770 - height
    c.box(left, top, width, height, p.wall)
    c.box(left, top, 34, height, p.shade)
    c.box(left - 24, top - 30, width + 48, 34, p.roof, 4)
    c.windows(left + 40, top + 6, 330, columns - 2, storeys, 110)
    c.windows(left + width - 370, top + 6, 330, columns - 2, storeys, 110)
    centre = WIDTH / 2
    c.box(centre - 130, top - 74, 260, height + 74, mix(p.wall, "#ffffff", 0.45))
    c.shape([(centre - 160, top - 70), (centre, top - 150), (centre + 160, top - 70)], p.roof)
    c.windows(centre - 110, top - 30, 220, 2, storeys - 1, 112)
    c.box(centre - 210, 604, 420, 26, p.roof, 4)
    c.box(centre - 84, 640, 168, 130, p.dark, 4)
    c.box(centre - 78, 646, 75, 124, p.glass)
    c.box(centre + 3, 646, 75, 124, p.glass)
    for dx in (-196, -120, 98, 174):
        c.box(centre + dx, 628, 22, 142, mix(p.wall, "#ffffff", 0.7))
    for step in range(3):
        c.box(centre - 220 - step * 16, 768 + step * 14, 440 + step * 32, 15, mix(p.shade, "#ffffff", 0.3 - step * 0.1))
    c.shape(
        [(centre - 120, 810), (centre + 120, 810), (centre + 420, 1000), (centre - 420, 1000)],
        mix(p.shade, "#ffffff", 0.35),
    )
    trees = c.rng.randint(4, 6)
    for index in range(trees):
        x = 60 + index * 62 if index < trees // 2 else WIDTH - 60 - (index - trees // 2) * 62
        c.palm(x, 850 + (index % 2) * 40, 1.35) if index % 2 else c.tree(x, 830, 1.05)
    hedge(c, 868)
    return f"trụ sở cơ quan {storeys} tầng có mái đỏ, hàng cây và lối vào lát đá"


def hall(c: Canvas) -> str:
    p = c.palette
    curtain = c.rng.choice(("#8f2f35", "#23527a", "#2d6a58", "#7a4a2b"))
    c.gradient(0, 640, mix(p.wall, "#ffffff", 0.2), p.shade)
    c.box(0, 640, WIDTH, 360, mix(p.shade, "#6b4a33", 0.35))
    for x in range(100, WIDTH, 350):
        c.box(x, 40, 200, 10, mix("#fff3c9", p.wall, 0.2), 5)
    c.box(250, 110, 1100, 440, curtain)
    for x in range(250, 1350, 44):
        c.shape([(x, 110), (x + 18, 110), (x + 26, 550), (x + 6, 550)], mix(curtain, "#000000", 0.14))
    c.box(430, 170, 740, 230, mix(p.sky[0], "#ffffff", 0.55), 10)
    c.circle(800, 330, 78, p.accent)
    c.shape([(430, 400), (430, 350), (640, 290), (840, 356), (1010, 300), (1170, 350), (1170, 400)], p.middle)
    c.box(180, 540, 1240, 70, mix("#7a5136", p.dark, 0.2))
    c.box(180, 540, 1240, 14, "#b98a5e")
    c.box(560, 450, 480, 92, mix("#f6efe2", p.wall, 0.3), 6)
    for x in (620, 720, 820, 920, 980):
        c.circle(x - 20, 440, 13, c.rng.choice(SHIRTS))
    c.box(1130, 440, 96, 110, "#8a5c3d", 6)
    c.person(1178, 548, 0.9, "#f1f1ec")
    c.box(1126, 470, 104, 82, "#8a5c3d", 6)
    rows = 4
    for row in range(rows):
        size, y = 0.62 + row * 0.2, 660 + row * 92
        seats = 15 - row * 2
        for seat in range(seats):
            x = WIDTH / 2 + (seat - (seats - 1) / 2) * 148 * size
            if c.rng.random() < 0.86:
                seen_from_behind(c, x, y, size)
            c.box(x - 52 * size, y, 104 * size, 120 * size, mix(curtain, "#ffffff", 0.12 - row * 0.02), 22 * size)
            c.box(x - 52 * size, y + 70 * size, 104 * size, 50 * size, mix(curtain, "#000000", 0.2), 8 * size)
    return "hội trường với sân khấu, bục phát biểu và các hàng ghế đại biểu nhìn từ phía sau"


def counter(c: Canvas) -> str:
    p, desks = c.palette, c.rng.choice((3, 4))
    c.gradient(0, 620, mix(p.sky[1], "#ffffff", 0.5), mix(p.wall, "#ffffff", 0.2))
    c.box(0, 780, WIDTH, 220, mix(p.shade, "#b9a58a", 0.35))
    for x in range(-100, WIDTH, 200):
        c.line([(x, 1000), (x + 140, 780)], mix(p.shade, "#8f7b60", 0.3), 3)
    c.box(60, 90, WIDTH - 120, 92, p.roof, 12)
    span = (WIDTH - 160) / desks
    for desk in range(desks):
        x = 80 + desk * span + span / 2
        c.circle(x, 136, 32, mix(p.wall, "#ffffff", 0.7))
        for dot in range(desk + 1):
            c.circle(x + (dot - desk / 2) * 15, 136, 5.5, p.roof)
        c.box(x - span / 2 + 20, 230, span - 40, 360, mix(p.glass, "#ffffff", 0.62), 8)
        c.person(x + 10, 690, 1.55, c.rng.choice(("#f1f1ec", "#cfe0ec", "#dfe8d8")))
        c.box(x - 130, 470, 96, 74, p.dark, 6)
        c.box(x - 124, 476, 84, 62, mix(p.glass, "#ffffff", 0.35))
        c.box(x - 90, 544, 18, 26, p.dark)
    c.box(40, 566, WIDTH - 80, 40, mix("#a97c52", p.wall, 0.15), 8)
    c.box(60, 606, WIDTH - 120, 190, mix("#8d6240", p.dark, 0.08))
    for desk in range(desks):
        c.box(90 + desk * span, 634, span - 20, 136, mix("#a97c52", p.wall, 0.12), 8)
    visitors = c.rng.randint(desks - 1, desks)
    for desk in range(visitors):
        c.person(80 + desk * span + span / 2 + c.rng.randint(-90, -50), 940, 1.85, c.rng.choice(SHIRTS), behind=True)
    pot(c, 1530, 900)
    return f"bộ phận một cửa với {_count(desks)} quầy tiếp nhận, cán bộ đang hướng dẫn người dân"


def road(c: Canvas) -> str:
    p = c.palette
    c.sky(560)
    c.hills(600, 150, p.far)
    c.hills(620, 70, p.middle)
    c.box(0, 600, WIDTH, 400, p.near)
    vanish = c.rng.randint(700, 900)
    c.shape([(vanish - 14, 600), (vanish + 14, 600), (1330, 1000), (270, 1000)], mix(p.dark, "#8a8d91", 0.55))
    for side in (270, 1330):
        c.shape([(vanish, 600), (side - 12, 1000), (side + 12, 1000)], "#f2efe4")
    for near, far in ((0, 0.16), (0.3, 0.42), (0.54, 0.63), (0.73, 0.79), (0.86, 0.9)):
        points = [
            (along(800, vanish, near) + dx * (1 - share), 1000 - 400 * share) for dx, share in ((-13, near), (13, near))
        ]
        points += [(along(800, vanish, far) + dx * (1 - far), 1000 - 400 * far) for dx in (13, -13)]
        c.shape(points, "#f4d675")
    for share in (0.93, 0.86, 0.77, 0.65, 0.5, 0.3):
        size, y = 1.75 * (1 - share) + 0.12, 1000 - 400 * share
        for edge in (90, 1510):
            c.tree(along(edge, vanish, share), y, size, mix(p.near, "#174b2c", 0.35 * (1 - share)))
    bus(c, along(590, vanish, 0.42), 1000 - 400 * 0.42, 0.82, c.rng.choice(SHIRTS[:4]))
    motorbike(c, 1080, 930, 1.1)
    return "con đường nhựa thẳng giữa hai hàng cây xanh, xe buýt và người đi xe máy"


def fields(c: Canvas) -> str:
    p = c.palette
    c.sky(520)
    c.hills(560, 190, p.far)
    c.hills(580, 90, mix(p.far, p.middle, 0.7))
    young = c.rng.random() < 0.5
    crop = mix(p.near, "#9ccc4f", 0.45) if young else mix(p.accent, "#e6c85a", 0.5)
    c.box(0, 545, WIDTH, 455, crop)
    for index in range(9):
        y, step = 552 + index * index * 6.2, 10 + index * 6
        c.shape(
            [(0, y), (WIDTH, y + step * 0.6), (WIDTH, y + step * 1.3), (0, y + step * 0.8)],
            mix(crop, p.near, 0.3 + 0.05 * index),
        )
    bend = c.rng.randint(-220, 220)
    c.shape(
        [(790, 548), (812, 548), (900 + bend, 720), (1110, 1000), (800, 1000), (830 + bend, 720)],
        mix(p.sky[0], "#ffffff", 0.35),
    )
    for x in range(0, WIDTH, 46):
        c.line([(x, 1000), (x + c.rng.randint(-16, 16), 930)], mix(crop, "#2f5a2a", 0.45), 6)
    side = c.rng.choice((250, 1330))
    house(c, side, 600, 0.95)
    for dx in (-150, -105, 120, 165):
        c.palm(side + dx, 612, c.rng.uniform(0.75, 1.05))
    for x, y in ((520, 760), (640, 800), (1180, 790))[: c.rng.randint(2, 3)]:
        c.person(x, y, 0.72, c.rng.choice(SHIRTS), hat=True)
    colour = "xanh non" if young else "chín vàng"
    return f"cánh đồng lúa {colour} bên con mương, người nông dân đội nón lá, phía xa là đồi núi"


def river(c: Canvas) -> str:
    p = c.palette
    c.sky(500)
    c.hills(520, 130, p.far)
    c.box(0, 500, WIDTH, 40, p.middle)
    for x in range(-20, WIDTH, 84):
        c.tree(x + c.rng.randint(-16, 16), 528, c.rng.uniform(0.5, 0.85), mix(p.middle, p.near, c.rng.random()))
    c.gradient(530, 1000, mix(p.sky[1], p.glass, 0.35), mix(p.glass, p.dark, 0.25))
    for _wave in range(46):
        x, y = c.rng.randint(0, WIDTH), c.rng.randint(550, 990)
        c.box(x, y, c.rng.randint(40, 60 + (y - 540) // 3), 4, mix(p.sky[1], p.glass, 0.3), 2)
    has_bridge = c.rng.random() < 0.5
    if has_bridge:
        bridge(c)
    house(c, c.rng.choice((230, 1380)), 548, 0.62)
    boat(c, c.rng.randint(560, 1000), c.rng.randint(730, 790), 1.5)
    boat(c, c.rng.choice((300, 1290)), 630, 0.7)
    for x in range(-10, 480, 24):
        reed(c, x, 1010, c.rng.uniform(0.7, 1.4))
        reed(c, WIDTH - x, 1010, c.rng.uniform(0.7, 1.4))
    rest = ", phía xa có cây cầu" if has_bridge else ""
    return f"dòng sông với chiếc thuyền gỗ, hàng cây xanh bên bờ{rest}"


def school(c: Canvas) -> str:
    p, rooms = c.palette, c.rng.choice((6, 7))
    outdoors(c)
    c.box(0, 770, WIDTH, 230, mix(p.shade, "#d8c39c", 0.5))
    wall = c.rng.choice(("#f3d68b", "#f0e2b6", "#d9e6dc", "#f4cfae"))
    c.box(160, 440, 1280, 330, wall)
    c.shape([(120, 446), (210, 340), (1390, 340), (1480, 446)], p.roof)
    c.shape([(210, 340), (1390, 340), (1400, 352), (200, 352)], mix(p.roof, "#ffffff", 0.25))
    cell = 1280 / rooms
    for floor in range(2):
        y = 462 + floor * 158
        for room in range(rooms):
            x = 160 + room * cell
            c.box(x + 22, y + 8, cell * 0.44, 78, p.glass, 4)
            c.box(x + cell * 0.62, y + 4, cell * 0.25, 146, mix(p.roof, p.dark, 0.25), 3)
        c.box(150, y + 104, 1300, 40, mix(wall, "#ffffff", 0.5))
        for x in range(160, 1440, 26):
            c.box(x, y + 110, 5, 30, mix(wall, p.dark, 0.25))
        for room in range(rooms + 1):
            c.box(150 + room * cell, y - 16, 20, 160, mix(wall, "#ffffff", 0.6))
    for x in (90, 1510):
        c.tree(x, 860, 1.75, blossoms="#d8452f")
    pupils = c.rng.randint(5, 7)
    for index in range(pupils):
        x = 330 + index * 150 + c.rng.randint(-30, 30)
        c.person(x, 880 + c.rng.randint(-20, 50), 0.9, "#f8f8f4")
    return "trường học hai tầng, học sinh áo trắng trên sân trường và cây phượng nở hoa đỏ"


def factory(c: Canvas) -> str:
    p, halls = c.palette, c.rng.choice((3, 4))
    outdoors(c)
    wall = mix(p.wall, "#c9d4da", 0.5)
    width = 1120 / halls
    for index in range(halls):
        x = 120 + index * width
        c.shape([(x, 480), (x, 380), (x + width, 480)], mix(p.glass, "#ffffff", 0.2))
        c.shape([(x, 380), (x + 12, 374), (x + width + 8, 480), (x + width - 12, 484)], p.roof)
        c.box(x, 480, width, 270, wall if index % 2 else mix(wall, p.shade, 0.3))
        c.box(x + width * 0.2, 580, width * 0.6, 170, mix(p.dark, p.glass, 0.45))
        for y in range(592, 750, 22):
            c.box(x + width * 0.2, y, width * 0.6, 3, mix(p.dark, p.glass, 0.7))
        c.box(x + width * 0.15, 520, width * 0.7, 26, p.accent if index % 2 else p.roof)
    c.box(1250, 540, 260, 210, mix(p.wall, "#ffffff", 0.4))
    c.windows(1262, 546, 236, 4, 2, 96)
    c.box(1240, 526, 280, 22, p.roof, 4)
    c.box(0, 750, WIDTH, 120, mix(p.shade, "#a9a9a4", 0.5))
    c.box(0, 870, WIDTH, 130, mix(p.dark, "#8a8d91", 0.5))
    for x in range(20, WIDTH, 150):
        c.box(x, 930, 80, 9, "#f4e7b0")
    for x in (60, 1200, 1560):
        c.tree(x, 790, 1.0)
    truck(c, c.rng.randint(240, 420), 900, c.rng.choice(SHIRTS[:5]))
    truck(c, c.rng.randint(900, 1060), 900, c.rng.choice(SHIRTS[:5]))
    return "nhà xưởng mái răng cưa trong khu công nghiệp, xe tải chạy trên đường nội bộ"


def clinic(c: Canvas) -> str:
    p, storeys = c.palette, c.rng.choice((3, 4))
    outdoors(c)
    height = storeys * 108
    top = 770 - height
    c.box(330, top + 108, 860, height - 108, mix(p.wall, "#ffffff", 0.4))
    c.windows(350, top + 114, 560, 5, storeys - 1, 106, mix(p.glass, "#4aa0a0", 0.4))
    c.box(930, top, 300, height, mix("#2f8f8a", p.wall, 0.12))
    c.box(1030, top + 52, 100, 34, "#ffffff", 4)
    c.box(1063, top + 19, 34, 100, "#ffffff", 4)
    c.windows(950, top + 130, 260, 2, storeys - 2, 106, mix(p.glass, "#ffffff", 0.4))
    c.box(318, top + 92, 624, 22, mix("#2f8f8a", p.dark, 0.2), 4)
    c.box(880, 640, 400, 22, mix("#2f8f8a", p.dark, 0.25), 4)
    c.box(990, 662, 180, 108, p.glass)
    c.box(1077, 662, 6, 108, "#ffffff")
    c.box(0, 770, WIDTH, 230, mix(p.shade, "#bfc4c0", 0.45))
    c.box(0, 770, WIDTH, 26, p.near)
    for x in (90, 220, 1400, 1530):
        c.tree(x, 800, c.rng.uniform(1.0, 1.35))
    ambulance(c, c.rng.randint(380, 520), 900)
    for index in range(c.rng.randint(2, 3)):
        c.person(960 + index * 130, 900 + index % 2 * 20, 1.0, "#f6f8f8" if index % 2 else c.rng.choice(SHIRTS))
    return f"cơ sở y tế {storeys} tầng có biển chữ thập trắng trên nền xanh, xe cứu thương và người đến khám"


def market(c: Canvas) -> str:
    p, stalls = c.palette, c.rng.choice((3, 4))
    c.sky(620)
    c.hills(640, 120, p.far)
    c.shape([(0, 420), (420, 300), (1180, 300), (WIDTH, 420), (WIDTH, 640), (0, 640)], mix(p.roof, p.far, 0.25))
    c.box(0, 470, WIDTH, 200, mix(p.shade, p.dark, 0.25))
    c.box(0, 660, WIDTH, 340, mix(p.shade, "#d6bf98", 0.4))
    span = WIDTH / stalls
    for index in range(stalls):
        x, colour = index * span + 22, SHIRTS[(index + c.rng.randint(0, 1)) % 5]
        width = span - 44
        c.box(x + 12, 470, 12, 330, p.dark)
        c.box(x + width - 24, 470, 12, 330, p.dark)
        c.person(x + width * 0.5, 790, 1.35, c.rng.choice(SHIRTS), hat=index % 2 == 0)
        for stripe in range(8):
            left = x + stripe * width / 8
            tone = colour if stripe % 2 else "#fbf6ea"
            c.shape(
                [
                    (left + 10, 430),
                    (left + width / 8 + (10 if stripe < 7 else -10), 430),
                    (left + width / 8, 520),
                    (left, 520),
                ],
                tone,
            )
            c.circle(left + width / 16, 520, width / 16, tone, 0.7)
        c.box(x, 712, width, 120, mix("#9a6b43", p.wall, 0.12), 6)
        for heap in range(4):
            fruit = c.rng.choice(("#d8452f", "#e8a23a", "#7fae4a", "#c9d35c", "#8c4f7d", "#e9c94f"))
            middle = x + width * (heap + 0.5) / 4
            for dx, dy in ((-26, 0), (0, 0), (26, 0), (-13, -20), (13, -20), (0, -38)):
                c.circle(middle + dx * span / 480, 704 + dy, 15, fruit)
        c.box(x, 712, width, 20, mix("#b98858", p.wall, 0.15), 6)
    for index in range(c.rng.randint(3, 4)):
        c.person(
            240 + index * 370 + c.rng.randint(-50, 50),
            975,
            1.55,
            c.rng.choice(SHIRTS),
            hat=c.rng.random() < 0.5,
            behind=True,
        )
    return f"khu chợ có {_count(stalls)} gian hàng trái cây dưới mái bạt sọc, người mua và người bán"


def _count(number):
    return {3: "ba", 4: "bốn"}[number]


SCENES = {
    scene.__name__: scene for scene in (office, hall, counter, road, fields, river, school, factory, clinic, market)
}
