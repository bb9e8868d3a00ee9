"""Ultrasound pictures with a needle and without, of any scanner: what the needle's network learns from.

A scene in the beam's picture (made from nothing, or a real needle-free picture), a needle in it, then the scanner and the
recording. `sample(i)` is the same for the same number and seed, whatever was drawn before it.
"""
import cv2
import numpy as np

from needle_scanner import furnish, processed, recorded, tone
from needle_scene import SIDE, Bank, Geometry, amplitude, clouds, compressed, decayed, haze, spread_by_beam, tissue, wander

GEOMETRIES = 240


class Needle:
    """Where a needle lies in the picture (px) and how it shows itself."""

    def __init__(self, rng, geometry, k):
        self.k = k
        for _ in range(40):
            pick = rng.rand()
            steep = rng.uniform(-10, 22) if pick < 0.32 else rng.uniform(12, 60) if pick < 0.7 else rng.uniform(55, 90)
            side = 1 if rng.rand() < 0.5 else -1
            self.along = np.array([side * np.cos(np.deg2rad(steep)), np.sin(np.deg2rad(steep))])
            tip = np.array([rng.uniform(0.04, 0.96), rng.uniform(0.08, 0.97)]) * SIDE
            if not geometry.holds(tip):
                continue
            length = 0
            while length < 400 and geometry.holds(tip - self.along * (length + 2)):
                length += 2
            longest = rng.uniform(32, 300) if rng.rand() < (0.6 if abs(steep) < 15 else 0.3) else 1e3
            inside = length > longest
            length = min(length, longest)
            if length >= 30:
                break
        else:
            tip, length, inside = np.array([0.5, 0.6]) * SIDE, 90.0, True
        self.tip, self.length, self.steep = tip, length, steep
        self.bend = rng.normal(0, 0.012) * length if rng.rand() < 0.4 else 0.0
        self.beyond = 0 if inside else 30  # drawn on beyond the edge of the picture
        n = 512
        s = np.linspace(0, 1, n)
        level = wander(rng, n, rng.randint(1, 6), rng.uniform(0, 0.10)) + wander(rng, n, length / rng.uniform(4, 25), rng.uniform(0, 0.10))
        if rng.rand() < 0.3:  # patches that are missing
            level -= rng.uniform(0.1, 0.5) / (1 + np.exp(np.clip((wander(rng, n, rng.randint(2, 9)) + rng.uniform(-0.4, 1.2)) / 0.1, -30, 30)))
        if rng.rand() < 0.4:  # dimmer towards where it came from
            level -= rng.uniform(0.1, 0.8) * np.clip(1 - s / rng.uniform(0.1, 0.8), 0, 1)
        if rng.rand() < 0.2:  # and towards the tip: leaves the plane there
            level -= rng.uniform(0.1, 0.5) * np.clip((s - rng.uniform(0.4, 0.9)) * 4, 0, 1)
        if inside:
            level -= 1.0 * np.clip(1 - s * length / rng.uniform(2, 25), 0, 1)
        self.level = level.astype(np.float32)
        self.wall = rng.choice(["thin", "band", "double", "uneven", "ribbon"], p=[0.42, 0.22, 0.13, 0.11, 0.12])
        self.half = np.exp(rng.uniform(np.log(0.45), np.log(2.0))) if self.wall == "thin" else np.exp(rng.uniform(np.log(1.2), np.log(6.5)))
        if self.wall == "uneven":
            self.half *= 0.6
        self.soft = rng.uniform(0.4, 1.6) if rng.rand() < 0.7 else rng.uniform(1.6, 4.0)
        self.second, self.within = rng.uniform(0.15, 1.0), rng.uniform(0, 0.5)
        self.taper = 0.0  # how much wider the shaft shows at its tip than where it begins, as a share
        if self.wall == "ribbon":  # a wide shaft in a wide beam: two edges of unlike brightness, grey or dark between them
            self.half, self.soft = rng.uniform(2.5, 8.5) if rng.rand() < 0.8 else rng.uniform(8, 20), rng.uniform(0.4, 2.2)
            self.second, self.within = np.exp(-k * rng.uniform(0, 0.35)), np.exp(-k * rng.uniform(0.08, 0.6))
            self.taper = rng.uniform(-0.6, 0.8) if rng.rand() < 0.7 else 0.0
        self.side_turned = rng.rand() < 0.5
        self.cut = rng.uniform(-1.5, 1.5) if rng.rand() < 0.5 else 0  # bevel: the end is cut at a slant
        self.tip_bright = rng.uniform(0, 0.35) if rng.rand() < 0.4 else -1
        self.tip_size = rng.uniform(0.8, 4.5)
        self.grain = rng.uniform(0, 1) ** 1.5 if rng.rand() < 0.7 else 1.0
        steepness = abs(steep) / 90
        self.across = np.exp(rng.uniform(np.log(0.4), np.log(1.6 + 3.2 * steepness)))
        self.axial = np.exp(rng.uniform(np.log(0.35), np.log(1.5)))
        self.waist = rng.uniform(-0.2, 1)
        if abs(steep) > 45 and rng.rand() < 0.35:  # a fine upright shaft in a narrow beam: thin, even, hardly any grain
            self.wall, self.taper, self.half = "thin", 0.0, np.exp(rng.uniform(np.log(0.45), np.log(1.3)))
            self.across, self.axial = rng.uniform(0.3, 1.0), rng.uniform(0.3, 0.9)
            self.grain = 0.0 if rng.rand() < 0.5 else rng.uniform(0, 0.4)
        pick = rng.rand()
        self.contrast = rng.uniform(0.07, 0.25) if pick < 0.45 else rng.uniform(0.2, 0.5) if pick < 0.8 else rng.uniform(0.45, 1.0)
        if abs(steep) < 25 and rng.rand() < 0.5:  # a mirror to the beam
            self.contrast += 0.25
        self.shadow = rng.uniform(0.1, 0.9) if rng.rand() < 0.2 else 0
        self.lobes = rng.uniform(0.005, 0.05) if rng.rand() < 0.25 else 0
        self.echo_step, self.echo_fade, self.echoes = rng.uniform(2.5, 24), rng.uniform(0.15, 0.75), 0
        if rng.rand() < 0.35:
            self.echoes = rng.randint(1, 6)
        self.tail = rng.uniform(6, 70) if rng.rand() < 0.25 else 0
        self.tail_at, self.tail_wide, self.tail_strong = rng.uniform(0.2, 1.05), rng.uniform(0.02, 0.3), rng.uniform(0.1, 0.7)
        self.tail_stripes = rng.uniform(3, 12) if rng.rand() < 0.5 else 0
        self.noise = [Bank.piece(rng, BANK.scatter) for _ in range(2)] if self.grain > 0.05 else None

    def path(self, moved=0.0):
        """Points along the shaft every 2 px, from where it begins to the tip (moved on by `moved`)."""
        s = np.arange(0, self.length + moved + 0.1, 2.0)
        s = self.length + moved - s[::-1]
        begin = self.tip - self.along * self.length
        off = self.bend * 4 * s * (self.length - s) / self.length ** 2
        return begin + s[:, None] * self.along + off[:, None] * np.array([-self.along[1], self.along[0]]), s

    def echoes_of(self, geometry, level, moved=0.0, aside=0.0):
        """Amplitude of its echoes in the beam's picture; `level`: grey of a mean piece of shaft."""
        begin = self.tip - self.along * self.length
        x, y = geometry.x - np.float32(begin[0] - aside * self.along[1]), geometry.y - np.float32(begin[1] + aside * self.along[0])
        ax, ay = np.float32(self.along[0]), np.float32(self.along[1])
        s, d = x * ax + y * ay, y * ax - x * ay
        if self.bend:
            d = d - np.float32(self.bend * 4 / self.length ** 2) * s * (self.length - s)
        index = np.clip(s * np.float32(511 / self.length), 0, 511).astype(np.int16)
        table = amplitude(np.clip(self.level + level, 0, 1.2), self.k)
        h = np.float32(self.half)
        if self.taper:
            h = h * np.clip(1 + np.float32(self.taper) * (s * np.float32(1 / self.length) - np.float32(0.5)), 0.2, 2)
        if self.wall == "thin":
            shape = cv2.exp(-0.5 * (d / h) ** 2)
        elif self.wall == "band":
            shape = 1 / (1 + cv2.exp(np.minimum((np.abs(d) - h) / np.float32(self.soft), np.float32(30))))
        else:
            w = np.float32(0.4 + 0.35 * self.soft)
            a, b = cv2.exp(-0.5 * ((d - h) / w) ** 2), cv2.exp(-0.5 * ((d + h) / w) ** 2)
            if self.side_turned:
                a, b = b, a
            shape = np.maximum(np.maximum(a, self.second * b), np.float32(self.within) * (np.abs(d) < h))
            if self.wall == "uneven":
                shape = np.maximum(shape, cv2.exp(-0.5 * (d / (w * 1.3)) ** 2))
        end = self.length + moved + self.cut * np.clip(d, -6, 6)
        ends = 1 / (1 + cv2.exp(np.clip((s - end) / 0.7, -30, 30)))
        if self.beyond == 0:
            ends = ends * (s > 0)
        a = table[index] * shape * ends
        if self.tip_bright >= 0:
            t = self.tip + self.along * moved
            r = ((geometry.x - np.float32(t[0])) ** 2 + (geometry.y - np.float32(t[1])) ** 2) / np.float32(self.tip_size ** 2)
            a = a + amplitude(np.float32(min(1.2, level + self.tip_bright)), self.k) * cv2.exp(-0.5 * r)
        strongest = float(a.max()) + 1e-6
        if self.noise is not None:  # rough surface: echoes of random phase beside the mirror's
            mirror = spread_by_beam(a * (1 - self.grain), self.across, self.axial, self.waist) if self.grain < 0.95 else 0
            re, im = (spread_by_beam(a * n, self.across, self.axial, self.waist) for n in self.noise)
            gain = 1.2 * np.sqrt(4 * np.pi * max(self.across, 0.4) * max(self.axial, 0.4)) ** 0.5 * self.grain
            a = np.sqrt((mirror + re * gain) ** 2 + (im * gain) ** 2)
        else:
            a = spread_by_beam(a, self.across, self.axial, self.waist)
        extra = 0
        if self.tail:
            part = np.exp(-0.5 * ((s / self.length - self.tail_at) / self.tail_wide) ** 2)
            extra = decayed(a * part, self.tail) * self.tail_strong
            if self.tail_stripes:
                extra = extra * (0.6 + 0.4 * np.sin(2 * np.pi * np.arange(SIDE, dtype=np.float32) / self.tail_stripes))[:, None]
        if self.lobes:
            extra = extra + cv2.blur(a, (61, 1)) * 61 * self.lobes * 0.2
        for i in range(1, self.echoes + 1):
            step = int(round(i * self.echo_step))
            if step >= SIDE:
                break
            e = np.zeros_like(a)
            e[step:] = a[:-step] * np.float32(self.echo_fade ** i * 0.5)
            extra = extra + e
        if self.shadow:
            dark = np.minimum(1, np.maximum.accumulate(cv2.blur(a, (5, 1)), 0) / strongest * 2.0)
            dark = np.roll(dark, 3, 0)
            return a, extra, 1 - self.shadow * cv2.blur(dark, (5, 5))
        return a, extra, 1.0


BANK = None


class Renderer:
    """`pictures`: real needle-free regions in grey (may be none)."""

    def __init__(self, pictures, seed, share_real=0.5, share_needle=0.6, chances=None):
        global BANK
        self.seed, self.pictures, self.share_real, self.share_needle = seed, pictures, share_real, share_needle
        self.chances = None if chances is None else np.cumsum(chances) / np.sum(chances)
        BANK = self.bank = Bank(4711)
        rng = np.random.RandomState(4712)
        kinds = ["convex"] * 6 + ["endo"] * 3 + ["trapezoid"]
        self.linear = Geometry(rng, "linear")
        self.geometries = [Geometry(rng, kinds[i % len(kinds)]) for i in range(GEOMETRIES)]

    def background(self, rng, geometry, which=None):
        """(amplitude, k, real or not)"""
        if which is None and (not self.pictures or rng.rand() > self.share_real):
            return *tissue(rng, self.bank, geometry), False
        if which is None:
            which = rng.randint(len(self.pictures)) if self.chances is None else int(np.searchsorted(self.chances, rng.rand()))
        grey = self.pictures[which]
        h, w = grey.shape
        cw, ch = (int(v * rng.uniform(0.55, 1.0)) if rng.rand() < 0.6 else v for v in (w, h))
        x, y = rng.randint(w - cw + 1), rng.randint(h - ch + 1)
        part = cv2.resize(grey[y:y + ch, x:x + cw], (SIDE, SIDE), interpolation=cv2.INTER_AREA)
        if rng.rand() < 0.5:
            part = part[:, ::-1]
        part = part.astype(np.float32) / 255
        if rng.rand() < 0.35:  # turned, pressed
            m = cv2.getRotationMatrix2D((SIDE / 2, SIDE / 2), rng.normal(0, 9), np.exp(rng.uniform(0, 0.3)))
            m[0, 1] += rng.normal(0, 0.1)
            part = cv2.warpAffine(part, m, (SIDE, SIDE), borderMode=cv2.BORDER_REFLECT)
        k = rng.uniform(4.0, 7.5)
        if rng.rand() < 0.4:
            part = np.clip(part * np.exp(rng.normal(0, 0.25)) + rng.normal(0, 0.04), 0, 1)
        a = amplitude(np.ascontiguousarray(part), k)
        if rng.rand() < 0.25:
            even = rng.uniform(0.3, 0.9)
            a = a * (even + (1 - even) * Bank.piece(rng, self.bank.speckle))
        if rng.rand() < 0.12:
            a = haze(rng, self.bank, a, k)
        return a, k, True

    def sample(self, number, real=None):
        """Pictures (2,256,256) in bytes: this frame and the one before; shaft points (n,2) with weights, tip or None."""
        rng = np.random.RandomState((self.seed * 1000003 + number * 7919) % (2 ** 32 - 1))
        geometry = self.linear if rng.rand() < 0.55 else self.geometries[rng.randint(len(self.geometries))]
        a, k, is_real = self.background(rng, geometry, real)
        if is_real and geometry is not self.linear and rng.rand() < 0.5:
            geometry = self.linear
        a = np.asarray(a, np.float32)
        shown = [a]
        moving = rng.rand() < 0.5
        if moving:
            shift = rng.normal(0, 0.6, 2) if rng.rand() < 0.6 else rng.normal(0, 2.5, 2)
            m = np.array([[1 + rng.normal(0, 0.002), 0, shift[0]], [0, 1 + rng.normal(0, 0.002), shift[1]]])
            before = cv2.warpAffine(a, m, (SIDE, SIDE), borderMode=cv2.BORDER_REFLECT)
            if rng.rand() < 0.6:
                mix = rng.uniform(0, 0.5)
                before = before * ((1 - mix) + mix * Bank.piece(rng, self.bank.speckle))
            shown.append(before)
        points = weights = tip = None
        toned = tone(rng)
        if rng.rand() < self.share_needle:
            frames, points, weights, tip, info = self.with_needle(rng, geometry, shown, k, toned)
        else:
            frames, info = [compressed(f, k) for f in shown], None
        frames = processed(rng, frames)
        outside = rng.uniform(0, 0.25) if rng.rand() < 0.25 else 0.0
        frames = [np.ascontiguousarray(geometry.picture(toned(f), outside)) for f in frames]
        if len(frames) == 2 and rng.rand() < 0.3:
            p = rng.uniform(0.1, 0.5)
            frames[0] = frames[0] * (1 - p) + frames[1] * p
        flip_x, flip_y = rng.rand() < 0.5, rng.rand() < 0.12
        m = np.array([[-1.0 if flip_x else 1, 0, SIDE - 1 if flip_x else 0], [0, -1.0 if flip_y else 1, SIDE - 1 if flip_y else 0]])
        inset = rng.rand() < 0.2
        if inset:  # the region was found too large
            zoom = rng.uniform(0.72, 0.99, 2)
            m = np.array([[zoom[0], 0, rng.uniform(0, 1 - zoom[0]) * SIDE], [0, zoom[1], rng.uniform(0, 1 - zoom[1]) * SIDE]]) @ np.vstack([m, [0, 0, 1]])
        if inset or flip_x or flip_y:
            border = outside if inset else 0
            frames = [cv2.warpAffine(f, m, (SIDE, SIDE), borderValue=border) for f in frames]
        if points is not None:
            points = points @ m[:, :2].T + m[:, 2]
            tip = None if tip is None else m[:, :2] @ tip + m[:, 2]
        if rng.rand() < 0.3:
            furnish(rng, frames)
        frames = recorded(rng, frames)
        if len(frames) == 1:
            frames = frames * 2
        return np.stack(frames), points, weights, tip, info

    def with_needle(self, rng, geometry, shown, k, toned):
        needle = Needle(rng, geometry, k)
        path, s = needle.path()
        beam = geometry.to_beam(path)
        bx, by = (np.clip(np.round(beam[:, i]).astype(int), 0, SIDE - 1) for i in (0, 1))
        plain = compressed(shown[0], k)
        around = cv2.blur(plain, (9, 9))[by, bx]
        before = toned(plain)
        rough = cv2.blur(before, (11, 11))
        rough = np.sqrt(np.maximum(cv2.blur(before * before, (11, 11)) - rough * rough, 0))[by, bx]
        level = min(1.1, float(np.quantile(around, rng.uniform(0.3, 0.8))) + needle.contrast)
        moved = [0.0]
        aside = [0.0]
        if len(shown) == 2:
            pick = rng.rand()
            moved.append(-rng.uniform(1, 14) if pick < 0.5 else rng.normal(0, 1) if pick < 0.85 else rng.uniform(1, 10))
            aside.append(rng.normal(0, 0.3) if rng.rand() < 0.7 else rng.normal(0, 2.0))
            if needle.length + moved[1] < 15:
                moved[1] = 0.0
        # The beam spreads it: what the level was meant to be is what the shaft shows at last.
        for attempt in range(3):
            e, extra, dark = needle.echoes_of(geometry, level)
            got = np.quantile(compressed(np.ascontiguousarray(e), k)[by, bx], 0.7) if attempt == 0 else level
            level_used = min(1.25, level + (level - float(got))) if attempt == 0 else level + 0.15 * attempt
            if attempt == 0 and level_used - level > 0.02:
                e, extra, dark = needle.echoes_of(geometry, level_used)
            grey = compressed(np.ascontiguousarray(shown[0] * dark + e + extra, np.float32), k)
            gain = cv2.blur(toned(grey) - before, (3, 3))[by, bx]
            seen = np.convolve(gain, np.ones(5) / 5, "same") > 0.04 + 0.35 * rough
            if seen.sum() * 2 >= 30:
                break
            level = min(1.15, max(level, level_used) + 0.15)
        final = max(level_used, level) if attempt else level_used
        frames = [grey]
        if len(shown) == 2:
            e, extra, dark = needle.echoes_of(geometry, final, moved[1], aside[1])
            frames.append(compressed(np.ascontiguousarray(shown[1] * dark + e + extra, np.float32), k))
        weights = labelled(seen)
        last = np.flatnonzero(seen)
        tip = needle.tip if len(last) and (len(seen) - 1 - last[-1]) * 2 <= 8 else None
        return frames, path, weights, tip, needle


def labelled(seen, gap=16):
    """1 where the shaft shows or a short gap lies between parts that do, else 0: not judged there. Steps are 2 px."""
    weight = seen.astype(np.float32)
    where = np.flatnonzero(seen)
    for a, b in zip(where[:-1], where[1:]):
        if b - a <= gap:
            weight[a:b] = 1
    return weight
