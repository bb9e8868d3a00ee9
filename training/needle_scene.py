"""What lies before the probe, needle or not, in the beam's own picture: lines across, depth down, before scan conversion.

Amplitudes, not grey levels: `compressed` makes grey of them as a scanner does and `amplitude` undoes it for real pictures, so
that a needle adds to tissue as echoes add. Everything is drawn from banks of noise made once, which makes it fast.
"""
import cv2
import numpy as np

SIDE = 256
BANK = 640  # side of the noise fields that pieces are cut from


def compressed(a, k):
    """Grey 0..1 of an amplitude, `k` being the dynamic range."""
    return cv2.log(a + 1.0) / k


def amplitude(grey, k):
    if np.ndim(grey) < 2:
        return np.exp(np.float32(k) * grey) - np.float32(1)
    return cv2.exp(grey * k) - 1.0


def wander(rng, count, rough, spread=1.0):
    """A smooth random curve of `count` values; `rough`: how many knots."""
    knots = rng.normal(0, spread, max(2, int(rough)) + 3).astype(np.float32)
    return cv2.resize(knots[None], (count, 1), interpolation=cv2.INTER_CUBIC)[0]


def clouds(rng, cells_x, cells_y):
    small = rng.normal(0, 1, (max(2, cells_y), max(2, cells_x))).astype(np.float32)
    return cv2.resize(small, (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)


class Geometry:
    """Where each pixel of the picture lies in the beam's picture, and back."""

    def __init__(self, rng, kind):
        self.kind = kind
        y, x = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
        if kind == "linear":
            self.map = None
            self.x, self.y = x, y
            self.inside = None
            return
        if kind == "trapezoid":
            lean_l, lean_r = rng.uniform(0.02, 0.3, 2) * (rng.rand(2) < 0.6)
            if rng.rand() < 0.3:  # a sheared picture: beams steered to one side
                lean_r = -lean_l
            left, right = lean_l * SIDE * (1 - y / SIDE), SIDE - 1 - lean_r * SIDE * (1 - y / SIDE)
            self.map = ((x - left) / np.maximum(right - left, 1) * (SIDE - 1), y)
            u = x / (SIDE - 1)
            self.x, self.y = left + u * (right - left), y
        else:
            if kind == "convex":
                half, inner = np.deg2rad(rng.uniform(14, 42)), rng.uniform(0.22, 0.7)
            else:  # endocavity and phased
                half, inner = np.deg2rad(rng.uniform(38, 75)), rng.uniform(0.04, 0.3)
            flat = inner * np.cos(half)
            wide = np.sin(half) * rng.uniform(0.8, 1.08)
            tall = (1 - flat) * rng.uniform(0.65, 1.04)
            mid = rng.uniform(0.5 - 0.08, 0.5 + 0.08)
            top = flat - tall * rng.uniform(-0.02, 0.06)
            X, Y = (x / SIDE - mid) * 2 * wide, y / SIDE * tall + top
            r, turn = np.sqrt(X * X + Y * Y), np.arctan2(X, Y)
            self.map = ((turn / half + 1) / 2 * (SIDE - 1), (r - inner) / (1 - inner) * (SIDE - 1))
            turn, r = (x / (SIDE - 1) * 2 - 1) * half, inner + y / (SIDE - 1) * (1 - inner)
            self.x = (r * np.sin(turn) / (2 * wide) + mid) * SIDE
            self.y = (r * np.cos(turn) - top) / tall * SIDE
        self.map = tuple(np.ascontiguousarray(m, np.float32) for m in self.map)
        u, v = self.map
        self.inside = ((u >= 0) & (u <= SIDE - 1) & (v >= 0) & (v <= SIDE - 1)).astype(np.float32)
        self.x, self.y = np.ascontiguousarray(self.x, np.float32), np.ascontiguousarray(self.y, np.float32)

    def holds(self, p):
        x, y = int(round(p[0])), int(round(p[1]))
        if not (0 <= x < SIDE and 0 <= y < SIDE):
            return False
        return self.inside is None or self.inside[y, x] > 0

    def to_beam(self, p):
        if self.map is None:
            return p
        x, y = (np.clip(np.round(p[:, i]).astype(int), 0, SIDE - 1) for i in (0, 1))
        return np.stack([self.map[0][y, x], self.map[1][y, x]], 1)

    def picture(self, beam, outside=0.0):
        if self.map is None:
            return beam
        return cv2.remap(beam, *self.map, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE) * self.inside + outside * (1 - self.inside)


class Bank:
    """Noise made once: speckle of many grains, fibres of many kinds, sparse bright points, scatterers for needles."""

    def __init__(self, seed):
        rng = np.random.RandomState(seed)
        n = BANK
        self.grain, self.speckle, self.points, self.fibres = [], [], [], []
        for _ in range(22):
            across, along = np.exp(rng.uniform(np.log(0.5), np.log(5))), np.exp(rng.uniform(np.log(0.4), np.log(2.0)))
            re, im = (cv2.GaussianBlur(rng.normal(size=(n, n)).astype(np.float32), (0, 0), across, sigmaY=along) for _ in range(2))
            a = np.sqrt(re * re + im * im)
            self.speckle.append(a / a.mean())
            p = (rng.rand(n, n) < 0.25 / (40 * across * along)) * np.exp(rng.normal(0, 0.8, (n, n)))
            p = cv2.GaussianBlur(p.astype(np.float32), (0, 0), across, sigmaY=along)
            self.points.append(p / (np.quantile(p, 0.995) + 1e-6))
        for i in range(24):
            long_, thin = np.exp(rng.uniform(np.log(6), np.log(40))), rng.uniform(0.6, 2.2)
            f = cv2.GaussianBlur(rng.normal(size=(2 * n, 2 * n)).astype(np.float32), (0, 0), long_, sigmaY=thin)
            turn = rng.uniform(-30, 30) if i % 4 else rng.uniform(-80, 80)
            m = cv2.getRotationMatrix2D((n, n), turn, 1)
            y, x = np.mgrid[0:n, 0:n].astype(np.float32) + n // 2
            bend = cv2.resize(rng.normal(0, 14, (4, 4)).astype(np.float32), (n, n), interpolation=cv2.INTER_CUBIC)
            f = cv2.remap(cv2.warpAffine(f, m, (2 * n, 2 * n)), x, y + bend, cv2.INTER_LINEAR)
            self.fibres.append((f - f.mean()) / f.std())
        self.scatter = [rng.normal(size=(n, n)).astype(np.float32) for _ in range(6)]

    @staticmethod
    def piece(rng, fields):
        f = fields[rng.randint(len(fields))]
        x, y = rng.randint(BANK - SIDE, size=2)
        f = f[y:y + SIDE, x:x + SIDE]
        return f[::-1 if rng.rand() < 0.5 else 1, ::-1 if rng.rand() < 0.5 else 1]


def spread_by_beam(a, across, along, waist):
    """Widened by the beam: least at the depth `waist` (0..1), more away from it."""
    narrow = cv2.GaussianBlur(a, (0, 0), max(0.3, across), sigmaY=max(0.3, along))
    wide = cv2.GaussianBlur(a, (0, 0), max(0.3, across * 2.2 + 0.5), sigmaY=max(0.3, along))
    depth = np.linspace(0, 1, SIDE, dtype=np.float32)
    share = np.clip(np.abs(depth - waist) * 1.6, 0, 1)[:, None]
    return narrow + (wide - narrow) * share


def curve_rows(rng, slope, bend):
    """The row of a curve across the beam's picture at each line, about nought."""
    u = np.linspace(-0.5, 0.5, SIDE, dtype=np.float32)
    return (slope * u + bend * (4 * u * u - 0.33)) * SIDE + wander(rng, SIDE, rng.randint(1, 6), bend_noise(rng))


def bend_noise(rng):
    return abs(rng.normal(0, 1.2)) if rng.rand() < 0.6 else abs(rng.normal(0, 5))


ROWS = np.arange(SIDE, dtype=np.float32)[:, None]


def sheet(rng, row, thick, rough):
    """A thin bright sheet seen from its edge (fascia, plate, wall): its amplitude, 1 where brightest, over the whole width."""
    level = np.exp(wander(rng, SIDE, rough, rng.uniform(0.1, 0.9)))
    if rng.rand() < 0.35:  # seen over a part of the width only
        a, b = np.sort(rng.uniform(-0.2, 1.2, 2)) * SIDE
        x = np.arange(SIDE, dtype=np.float32)
        soft_a, soft_b = rng.uniform(8, 30, 2)  # fades away, where a needle ends at its tip
        level = level / ((1 + np.exp(np.clip((a - x) / soft_a, -40, 40))) * (1 + np.exp(np.clip((x - b) / soft_b, -40, 40))))
    d = (ROWS - row[None]) / thick
    return cv2.exp(-0.5 * d * d) * level[None]


def decayed(a, length):
    """Each echo followed by a tail that fades with depth over `length` px."""
    fade = np.float32(np.exp(-1 / max(length, 0.5)))
    step, out = 1, a.copy()
    while step < SIDE and fade ** step > 0.01:
        out[step:] += out[:-step].copy() * fade ** step
        step *= 2
    return out / max(1.0, length * 0.5)


def tissue(rng, bank, geometry):
    """(amplitude, k) of a needle-free scene made from nothing."""
    k = rng.uniform(4.0, 7.5)
    depth = np.linspace(0, 1, SIDE, dtype=np.float32)[:, None]
    base = rng.uniform(0.08, 0.55) if rng.rand() < 0.8 else rng.uniform(0.4, 0.85)  # some gains drive the picture to white
    grey = base + np.zeros((SIDE, SIDE), np.float32)
    grey += rng.uniform(0, 0.12) * clouds(rng, rng.randint(2, 8), rng.randint(2, 8))
    if rng.rand() < 0.8:
        grey += wander(rng, SIDE, rng.randint(1, 5), 0.1)[:, None]
    if rng.rand() < 0.4:
        grey += wander(rng, SIDE, rng.randint(1, 8), 0.08)[None]
    bright = []  # (amplitude map, grey level)
    slope_all, bend_all = rng.normal(0, 0.12), rng.normal(0, 0.05)
    if rng.rand() < 0.55:  # layers
        for _ in range(rng.randint(1, 6)):
            turned = rng.normal(0, 0.12) if rng.rand() < 0.85 else rng.normal(0, 0.7)
            row = rng.uniform(0.02, 1) * SIDE + curve_rows(rng, slope_all + turned, bend_all + rng.normal(0, 0.04))
            below = 1 / (1 + np.exp(np.clip((row[None] - ROWS) / rng.uniform(0.5, 4), -40, 40)))
            grey += rng.normal(0, 0.13) * below
            if rng.rand() < 0.7:
                bright.append((sheet(rng, row, rng.uniform(0.6, 3.0), rng.randint(2, 30)), rng.uniform(0.35, 1.0)))
    if rng.rand() < 0.5:  # muscle and its kind
        f = bank.piece(rng, bank.fibres)
        strong = rng.uniform(0.03, 0.16)
        if rng.rand() < 0.5:
            f = np.maximum(f, 0) * 1.6
        grey += strong * f * (np.clip(clouds(rng, 3, 4) + 0.5, 0, 1) if rng.rand() < 0.5 else 1)
    for _ in range(rng.randint(1, 5) if rng.rand() < 0.62 else 0):  # cysts, glands, bowel, inclusions, vessels
        c, axes = rng.uniform(0, SIDE, 2), np.exp(rng.uniform(np.log(6), np.log(80), 2))
        turn = rng.uniform(-0.6, 0.6)
        x, y = GRID_X - c[0], GRID_Y - c[1]
        e = np.sqrt(((x * np.cos(turn) + y * np.sin(turn)) / axes[0]) ** 2 + ((y * np.cos(turn) - x * np.sin(turn)) / axes[1]) ** 2)
        e += 0.08 * clouds(rng, 6, 6)
        within = 1 / (1 + np.exp(np.clip((e - 1) * axes.min() / rng.uniform(0.5, 4), -40, 40)))
        level = rng.uniform(-0.6, 0.4)
        grey += level * within
        if level < -0.2 and rng.rand() < 0.5:  # brighter behind fluid
            grey += 0.12 * (np.abs(x) < axes[0] * 0.8) * (y > 0) * (1 - within)
        if rng.rand() < 0.7:
            wall = cv2.exp(-0.5 * ((e - 1) * axes.min() / rng.uniform(0.7, 6)) ** 2)
            wall *= np.clip(0.2 + np.abs(y) / axes[1] * rng.uniform(0, 1.2), 0, 1) * np.exp(0.3 * clouds(rng, 8, 8))
            bright.append((wall, rng.uniform(0.35, 1.0)))
    grain = bank.piece(rng, bank.speckle)
    if rng.rand() < 0.5:  # grain grows with depth
        grain = grain + (bank.piece(rng, bank.speckle) - grain) * depth
    even = rng.uniform(0, 0.75) ** 2
    a = amplitude(np.clip(grey, 0, 1.1), k) * (grain * (1 - even) + even)
    if rng.rand() < 0.45:
        a += amplitude(np.float32(rng.uniform(0.25, 1.0)), k) * bank.piece(rng, bank.points) * np.exp(0.8 * clouds(rng, 4, 4))
    if rng.rand() < 0.2:  # meat: bright crumbs and short streaks
        a += amplitude(np.float32(rng.uniform(0.5, 0.95)), k) * np.maximum(bank.piece(rng, bank.fibres) - 1.6, 0) * np.clip(
            clouds(rng, 5, 5), 0, 1)
    for shape, level in bright:
        a += amplitude(np.float32(level), k) * shape * (0.6 + 0.4 * grain)
    if rng.rand() < 0.4:
        a = plate(rng, bank, a, k)
    if rng.rand() < (0.5 if geometry.map is not None else 0.15):
        a = flat_plate(rng, bank, geometry, a, k)
    if rng.rand() < 0.2:
        a = gas(rng, a, k)
    if rng.rand() < 0.15:
        a = stand_off(rng, a, k, grain)
    if rng.rand() < 0.35:
        a = near_field(rng, a, k)
    if rng.rand() < 0.2:
        a = haze(rng, bank, a, k)
    return np.asarray(a + rng.uniform(0, 0.6) * bank.piece(rng, bank.speckle), np.float32), k


GRID_Y, GRID_X = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)


def plate(rng, bank, a, k):
    """A strong reflector over most of the width (bone, the floor of a bath), with shadow or its own repetitions beneath."""
    steep = rng.normal(0, 0.2) if rng.rand() < 0.6 else rng.normal(0, 0.9)  # a fascia that dives, with shadow beneath, is none
    row = rng.uniform(0.35, 1.0) * SIDE + curve_rows(rng, steep, rng.normal(0, 0.12) * (rng.rand() < 0.6))
    line = sheet(rng, row, rng.uniform(0.8, 4), rng.randint(2, 20))
    grain = bank.piece(rng, bank.speckle)
    below = 1 / (1 + np.exp(np.clip((row[None] + 3 - ROWS) / 2.5, -40, 40)))
    a = a * (1 - below * rng.uniform(0.3, 1.0) * np.minimum(1, cv2.blur(line, (15, 1)).max(0))[None])
    top = amplitude(np.float32(rng.uniform(0.6, 1.1)), k)
    a = a + top * line * (0.5 + 0.5 * grain)
    if rng.rand() < 0.5:
        step, fade = rng.uniform(4, 26), rng.uniform(0.2, 0.8)
        part = np.exp(-0.5 * ((np.arange(SIDE) - rng.uniform(0, SIDE)) / rng.uniform(15, 80)) ** 2).astype(np.float32)
        for i in range(1, 7):
            s = int(round(i * step))
            if s >= SIDE:
                break
            a[s:] += top * fade ** i * line[:-s] * part
    return a


def flat_plate(rng, bank, geometry, a, k):
    """As `plate`, but straight in the picture and not in the beam's: what a convex probe makes of a flat floor or a flat sheet.
    It goes from edge to edge, which a needle does not."""
    slope, y0 = np.tan(rng.normal(0, 0.28)), rng.uniform(0.1, 1.0) * SIDE
    d = (geometry.y - np.float32(y0) - np.float32(slope) * (geometry.x - np.float32(SIDE / 2))) / np.float32(np.hypot(1, slope))
    x = np.clip(geometry.x, 0, SIDE - 1).astype(np.int16)
    level = np.exp(wander(rng, SIDE, rng.randint(2, 25), rng.uniform(0.1, 0.8)))[x]
    grain = bank.piece(rng, bank.speckle)
    top = amplitude(np.float32(rng.uniform(0.3, 1.1)), k)
    shape = cv2.exp(-0.5 * (d / np.float32(rng.uniform(0.7, 4))) ** 2)
    if rng.rand() < 0.6:
        a = a * (1 - np.float32(rng.uniform(0.2, 1.0)) * (d > 1))
    step, fade = rng.uniform(4, 26), rng.uniform(0.15, 0.7)
    for i in range(1, rng.randint(2, 6) if rng.rand() < 0.5 else 0):
        shape = shape + fade ** i * cv2.exp(-0.5 * ((d - np.float32(i * step)) / 1.5) ** 2)
    return a + top * shape * level * (0.5 + 0.5 * grain)


def gas(rng, a, k):
    """Bright at the top, dirty tails below."""
    x0, wide, y0 = rng.uniform(0, SIDE), rng.uniform(6, 60), rng.uniform(0, 0.8) * SIDE
    part = np.exp(-0.5 * ((np.arange(SIDE) - x0) / wide) ** 4).astype(np.float32)[None]
    below = 1 / (1 + np.exp(np.clip((y0 - ROWS) / 2, -40, 40)))
    stripes = 1 + rng.uniform(0, 0.7) * np.sin(2 * np.pi * ROWS / rng.uniform(3, 15) + rng.uniform(0, 6))
    if rng.rand() < 0.5:
        return a * (1 - part * below * rng.uniform(0.4, 1)) + amplitude(np.float32(rng.uniform(0.3, 0.9)), k) * part * np.exp(
            -np.maximum(ROWS - y0, 0) / rng.uniform(8, 90)) * below * stripes
    return a + amplitude(np.float32(rng.uniform(0.2, 0.7)), k) * part * np.exp(-ROWS / rng.uniform(40, 200)) * stripes


def stand_off(rng, a, k, grain):
    """Gel or water above the skin: dark, then a bright curve."""
    row = rng.uniform(0.03, 0.4) * SIDE + curve_rows(rng, rng.normal(0, 0.3), rng.normal(0, 0.15))
    below = 1 / (1 + np.exp(np.clip((row[None] - ROWS) / 1.5, -40, 40)))
    return a * (below + rng.uniform(0, 0.1)) + amplitude(np.float32(rng.uniform(0.5, 1.05)), k) * sheet(
        rng, row, rng.uniform(0.7, 3), rng.randint(2, 12)) * (0.6 + 0.4 * grain)


def haze(rng, bank, a, k):
    """A veil of clutter (reverberation, multiple scattering) that whitens a part of the picture, coarse or without any grain."""
    veil = 1 / (1 + np.exp(-3 * (clouds(rng, rng.randint(2, 5), rng.randint(2, 5)) + rng.uniform(-1, 1))))
    if rng.rand() < 0.6:
        veil = veil * np.exp(-ROWS / SIDE / rng.uniform(0.15, 1.2))
    grain, even = bank.piece(rng, bank.speckle), rng.uniform(0.2, 1)
    return a + amplitude(np.float32(rng.uniform(0.4, 0.95)), k) * veil * (grain * (1 - even) + even)


def near_field(rng, a, k):
    """The probe's face and its ringing: bright lines along it."""
    step, fade = rng.uniform(3, 18), rng.uniform(0.3, 0.85)
    v = ROWS[:, 0]
    rings = sum(fade ** i * np.exp(-0.5 * ((v - (i + rng.uniform(0, 1)) * step) / rng.uniform(0.8, 3)) ** 2) for i in range(6))
    return a + amplitude(np.float32(rng.uniform(0.3, 0.9)), k) * (rings.astype(np.float32) * 1.0)[:, None]
