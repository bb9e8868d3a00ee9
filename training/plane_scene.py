"""Muscle between its aponeuroses as a scanner shows it, made from nothing, and bone drawn into any picture.

Amplitudes in the beam's picture, 256 x 256, probe at the top (needle_scene.py has the words). Rows are given for each of the 256
columns; NaN: not known there, NONE: known not to be there.
"""
import cv2
import numpy as np

from needle_scene import BANK, ROWS, SIDE, Bank, amplitude, clouds, sheet, wander

NONE = -1000.0


class Streaks:
    """Streaks along the rows, made once, to be turned to any direction."""

    def __init__(self, seed):
        rng = np.random.RandomState(seed)
        self.fields = []
        for _ in range(16):
            long_, thin = np.exp(rng.uniform(np.log(8), np.log(60))), np.exp(rng.uniform(np.log(0.6), np.log(2.8)))
            f = cv2.GaussianBlur(rng.normal(size=(BANK, BANK)).astype(np.float32), (0, 0), long_, sigmaY=thin)
            self.fields.append((f - f.mean()) / f.std())

    def turned(self, rng, degrees):
        """A 256 x 256 piece whose streaks rise by `degrees` to the right, and bend a little."""
        f = self.fields[rng.randint(len(self.fields))]
        m = cv2.getRotationMatrix2D((SIDE / 2, SIDE / 2), degrees, np.exp(rng.uniform(-0.2, 0.3)))
        back = cv2.invertAffineTransform(m)
        back[:, 2] += rng.uniform(BANK / 2 - SIDE / 2 - 40, BANK / 2 - SIDE / 2 + 40, 2)
        return cv2.warpAffine(f, back, (SIDE, SIDE), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_WRAP)


def below(row, soft):
    return 1 / (1 + np.exp(np.clip((row[None] - ROWS) / soft, -40, 40)))


def band(rng, row, thick, grain, k):
    """A fascia or aponeurosis `thick` px thick about `row`, of one sheet or two, uneven along its way."""
    level = amplitude(np.float32(rng.uniform(0.3, 1.05)), k)
    a = sheet(rng, row, max(0.6, thick / 2.4), rng.randint(2, 25))
    if thick > 4 and rng.rand() < 0.4:
        part = rng.uniform(0.25, 0.5) * thick
        a = np.maximum(sheet(rng, row - part, thick / 6, rng.randint(2, 25)), sheet(rng, row + part, thick / 6, rng.randint(2, 25))) + 0.3 * a
    return level * a * (0.5 + 0.5 * grain)


def muscles(rng, bank, streaks):
    """(amplitude, k, superficial row, deep row, cosine and sine of twice the fibres' angle, 0 where none are to be seen)."""
    k = rng.uniform(4.0, 7.5)
    u = np.linspace(-1, 1, SIDE, dtype=np.float32)
    tilt, sag = rng.normal(0, 0.05), rng.normal(0, 0.02)

    def surface(depth, free):
        bend = wander(rng, SIDE, rng.randint(1, 5), abs(rng.normal(0, 1.0)))
        return ((depth + (tilt + rng.normal(0, free)) * u + (sag + rng.normal(0, free / 2)) * u * u) * SIDE + bend).astype(np.float32)

    grain = bank.piece(rng, bank.speckle)
    if rng.rand() < 0.5:
        grain = grain + (bank.piece(rng, bank.speckle) - grain) * ROWS / SIDE
    grey = rng.uniform(0.15, 0.6) + np.zeros((SIDE, SIDE), np.float32)
    sheets = []
    skin = surface(rng.uniform(0.0, 0.06) if rng.rand() < 0.75 else rng.uniform(0.06, 0.25), 0.01)
    cropped = rng.rand() < 0.3
    if cropped:
        skin[:] = -10
    depth = max(0.0, float(skin.mean()) / SIDE) + (rng.uniform(0.02, 0.1) if rng.rand() < 0.5 else rng.uniform(0.05, 0.32))
    top = surface(depth, 0.015)
    top = np.maximum(top, skin + 4)
    thick = rng.uniform(1.5, 9)
    for _ in range(rng.randint(0, 6)):  # septa of the subcutis
        y = skin + (top - skin) * rng.uniform(0.1, 0.9) + rng.normal(0, 0.06) * u * SIDE
        sheets.append((y, rng.uniform(0.8, 2.5), skin, top - thick))
    rows = [top]
    texture = np.zeros((SIDE, SIDE), np.float32)
    cos2, sin2 = (np.zeros((SIDE, SIDE), np.float32) for _ in range(2))
    height = rng.uniform(0.12, 0.3) if rng.rand() < 0.45 else rng.uniform(0.25, 0.62)
    count = rng.randint(1, 4)
    for i in range(count):
        lower = surface(float(rows[-1].mean()) / SIDE + height, 0.04 if i == 0 else 0.06)
        lower = np.maximum(lower, rows[-1] + 14)
        within = below(rows[-1] + thick / 2, 1.0) - below(lower, 1.0)
        base = rng.normal(0, 0.12)
        grey += base * within
        if rng.rand() < 0.85:  # along the fibres; else across them, where only dots show
            pennate = rng.uniform(-30, 30) if rng.rand() < 0.7 else rng.uniform(-60, 60)
            field = streaks.turned(rng, pennate)
            strong = rng.uniform(0.03, 0.2) * np.clip(clouds(rng, 3, 3) * 0.5 + 0.8, 0.05, 1)
            if rng.rand() < 0.6:
                field = np.maximum(field, 0) * 1.5
            texture += strong * field * within
            mask = within > 0.5
            cos2[mask], sin2[mask] = np.cos(np.deg2rad(2 * pennate)), np.sin(np.deg2rad(2 * pennate))
            if rng.rand() < 0.4:  # strong fascicles
                texture += rng.uniform(0.08, 0.3) * np.maximum(streaks.turned(rng, pennate) - rng.uniform(1.2, 2), 0) * within
        for _ in range(rng.randint(0, 3) if rng.rand() < 0.4 else 0):  # inner tendon and septa: no border of a muscle
            y = rows[-1] + (lower - rows[-1]) * rng.uniform(0.2, 0.8) + rng.normal(0, 0.12) * u * SIDE
            sheets.append((y, rng.uniform(0.7, 2.0), rows[-1] + thick, lower - 4))
        rows.append(lower)
        height = rng.uniform(0.1, 0.5)
    deepest = rows[-1]
    if rng.rand() < 0.5:  # darker with depth
        grey -= rng.uniform(0, 0.4) * np.maximum(ROWS / SIDE - rng.uniform(0.2, 0.8), 0)
    if rng.rand() < 0.5:
        grey += rng.normal(0, 0.15) * below(deepest, 3)
    even = rng.uniform(0, 0.75) ** 2
    a = amplitude(np.clip(grey + texture, 0, 1.1), k) * (grain * (1 - even) + even)
    for y, wide, low, high in sheets:
        within = below(low, 1.5) * (1 - below(high, 1.5))
        a += amplitude(np.float32(rng.uniform(0.25, 0.8)), k) * sheet(rng, y.astype(np.float32), wide, rng.randint(4, 25)) * within * part(rng)
    thicks = [thick] + [rng.uniform(1.5, 8) for _ in rows[1:]]
    for row, t in zip(rows, thicks):
        a += band(rng, row, t, grain, k)
    if rng.rand() < 0.15:  # hardly anything is heard from below an aponeurosis, which is no bone for that
        i = rng.randint(1, len(rows))
        a *= 1 - below(rows[i] + thicks[i], rng.uniform(1, 8)) * rng.uniform(0.6, 1.0)
    if not cropped:
        a *= below(skin, 1.0) * (1 - rng.uniform(0, 0.08)) + rng.uniform(0, 0.08)
        a += amplitude(np.float32(rng.uniform(0.4, 1.1)), k) * sheet(rng, skin, rng.uniform(0.8, 4), rng.randint(2, 10))
    superficial, deep = rows[0] + thick / 2, rows[1] - thicks[1] / 2
    inside = (ROWS > superficial[None] + 2) & (ROWS < deep[None] - 2)
    cos2[~inside] = np.nan
    deep[deep > SIDE + 2] = NONE
    return np.asarray(a + rng.uniform(0, 0.5) * bank.piece(rng, bank.speckle), np.float32), k, superficial, deep, cos2, sin2


def part(rng):
    """Weights along the columns of something seen over a part of the width."""
    x = np.arange(SIDE, dtype=np.float32)
    middle, half, soft = rng.uniform(0, SIDE), rng.uniform(15, 110), rng.uniform(2, 15)
    return (1 / (1 + np.exp(np.clip((np.abs(x - middle) - half) / soft, -40, 40))))[None]


def bone(rng, bank, a, k):
    """(amplitude with a bone in it, row of its surface by column, NONE beside it, how much shadow lies over each pixel)."""
    x = np.arange(SIDE, dtype=np.float32)
    kind = rng.rand()
    middle, y0 = rng.uniform(0.05, 0.95) * SIDE, rng.uniform(0.2, 0.85) * SIDE
    if kind < 0.5:  # a round bone
        half = rng.uniform(14, 110)
        rise = half * rng.uniform(0.15, 1.3)
        left, right = middle - half * rng.uniform(0.4, 1.0), middle + half * rng.uniform(0.4, 1.0)
        power = rng.uniform(1.4, 3)
        row = y0 + rise * (np.abs(x - middle) / half) ** power
    else:  # flat, oblique, hollow, uneven
        half = rng.uniform(20, 220)
        left, right = middle - half * rng.uniform(0.2, 1), middle + half * rng.uniform(0.2, 1)
        row = y0 + rng.normal(0, 0.35) * (x - middle) - rng.normal(0, 0.15) * SIDE * ((x - middle) / SIDE) ** 2 * 4
    row = (row + wander(rng, SIDE, rng.randint(3, 14), abs(rng.normal(0, 2.0)))).astype(np.float32)
    slope = cv2.GaussianBlur(np.gradient(row)[None], (0, 0), 2)[0]
    soft = rng.uniform(0.6, 5)
    spans = 1 / ((1 + np.exp(np.clip((left - x) / soft, -40, 40))) * (1 + np.exp(np.clip((x - right) / soft, -40, 40))))
    if rng.rand() < 0.15:  # two bones with a gap
        gap, wide = rng.uniform(left, right), rng.uniform(4, 30)
        spans *= 1 - np.exp(-((x - gap) / wide) ** 4)
    strong = np.exp(-(slope / rng.uniform(0.4, 1.6)) ** 2) * np.exp(wander(rng, SIDE, rng.randint(2, 14), rng.uniform(0.1, 0.8)))
    thick = rng.uniform(0.8, 3.5) * np.sqrt(1 + np.minimum(slope, 2) ** 2)
    d = (ROWS - row[None]) / thick[None]
    line = np.where(d < 0, cv2.exp(-0.5 * d * d), cv2.exp(-0.5 * (d / np.float32(rng.uniform(1, 2.5))) ** 2)) * (strong * spans)[None]
    dark = rng.uniform(0.75, 1.0) if rng.rand() < 0.85 else rng.uniform(0.45, 0.8)
    hidden = below(row + rng.uniform(1, 4), rng.uniform(0.5, 4)) * np.minimum(1, spans * 1.1)[None].astype(np.float32)
    wide = rng.uniform(0.3, 6)
    hidden = cv2.GaussianBlur(hidden, (0, 0), wide, sigmaY=0.6) if wide > 0.5 else hidden
    if rng.rand() < 0.3:  # clutter fills the shadow again with depth, or only beneath the surface
        hidden = hidden * (1 - rng.uniform(0, 0.4) * np.clip((ROWS - row[None]) / 120, 0, 1))
    grain = bank.piece(rng, bank.speckle)
    level = rng.uniform(0.55, 1.1) if rng.rand() < 0.7 else rng.uniform(0.3, 0.6)
    a = a * (1 - dark * hidden) + amplitude(np.float32(level), k) * line * (0.5 + 0.5 * grain)
    if rng.rand() < 0.3:  # the way to the bone and back once more
        for i in range(1, 3):
            again = np.minimum(row * (1 + i) if rng.rand() < 0.3 else row + i * rng.uniform(6, 40), 10 * SIDE)
            a = a + amplitude(np.float32(rng.uniform(0.2, 0.55)), k) * cv2.exp(-0.5 * ((ROWS - again[None]) / 2.5) ** 2) * (strong * spans)[None]
    seen = (spans > 0.5) & (np.abs(slope) < 2.5) & (row < SIDE - 10) & (row > 4)
    surface = np.where(seen, row, np.where(spans > 0.05, np.nan, NONE)).astype(np.float32)
    return np.asarray(a, np.float32), surface, hidden


def vessel(rng, a, k):
    """A dark lumen between a near wall and a far wall, which answer where they lie across the beam: no bone."""
    c, axes, turn = rng.uniform(0.1, 0.9, 2) * SIDE, np.exp(rng.uniform(np.log(5), np.log(45), 2)), rng.uniform(-0.5, 0.5)
    y, x = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
    x, y = x - np.float32(c[0]), y - np.float32(c[1])
    e = np.hypot((x * np.cos(turn) + y * np.sin(turn)) / axes[0], (y * np.cos(turn) - x * np.sin(turn)) / axes[1])
    inside = 1 / (1 + np.exp(np.clip((e - 1) * axes.min() / rng.uniform(0.5, 2), -40, 40)))
    a = a * (1 - inside * rng.uniform(0.6, 1.0))
    wall = cv2.exp(-0.5 * ((e - 1) * np.float32(axes.min() / rng.uniform(0.8, 2.5))) ** 2) * np.clip(np.abs(y) / axes[1] * 1.3 - 0.3, 0, 1)
    wall *= np.where(y > 0, rng.uniform(0.1, 1.2), rng.uniform(0.1, 1.2))
    behind = (np.abs(x) < axes[0] * 0.8) * below(np.full(SIDE, c[1] + axes[1], np.float32), 2.0)
    return (a * (1 + rng.uniform(-0.6, 1.0) * behind) + amplitude(np.float32(rng.uniform(0.3, 1.0)), k) * wall).astype(np.float32)


def lost_contact(rng, a):
    """Columns that the probe does not reach: dark from the top down, without anything bright above."""
    x, wide = rng.choice([0, SIDE]) + rng.normal(0, 20) if rng.rand() < 0.6 else rng.uniform(0, SIDE), rng.uniform(5, 50)
    fall = 1 - rng.uniform(0.5, 1) * np.exp(-0.5 * ((np.arange(SIDE) - x) / wide) ** 4)
    return a * fall.astype(np.float32)[None]
