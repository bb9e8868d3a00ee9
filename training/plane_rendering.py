"""Ultrasound pictures with what is known of their planes, fibres and bone: what the planes' network learns from.

A scene made from nothing or a real picture pulled about, a bone drawn into some, then scanner, screen and recording as for needles
(needle_scanner.py). `sample(i)` is the same for the same number and seed, whatever was drawn before it.
"""
import cv2
import numpy as np

from needle_scanner import furnish, processed, recorded, tone
from needle_scene import ROWS, SIDE, Bank, Geometry, amplitude, compressed, gas, haze, tissue, wander
from plane_scene import NONE, Streaks, bone, lost_contact, muscles, vessel

X = np.arange(SIDE, dtype=np.float32)


class Pull:
    """From the new picture's pixels to the old one's: columns stay columns, which keeps the beam upright."""

    def __init__(self, rng, picture):
        h, w = picture.grey.shape
        top, bottom, left, right = 0.0, float(h - 1), 0.0, float(w - 1)
        known = [r[np.isfinite(r)] for r in (picture.superficial, picture.deep)]
        first = known[0].min() if len(known[0]) else 0.12 * h
        last = known[1].max() if len(known[1]) else 0.75 * h
        if rng.rand() < 0.6:
            wide = w * rng.uniform(0.45, 1.0)
            left = rng.uniform(0, w - wide)
            right = left + wide - 1
        if rng.rand() < 0.45:  # the picture begins below the skin, at times within the band
            top = max(0.0, rng.uniform(0, first + 2))
        if rng.rand() < 0.55:
            bottom = min(bottom, rng.uniform(min(last + 0.03 * h, h - 2), h - 1))
        if rng.rand() < 0.2:  # black above and below, where the region was found too large
            top, bottom = top - rng.uniform(0, 0.08) * h, bottom + rng.uniform(0, 0.12) * h
        if rng.rand() < 0.5:
            left, right = right, left
        self.across = (right - left) / (SIDE - 1)
        self.x = (left + self.across * X).astype(np.float32)
        self.down = (bottom - top) / (SIDE - 1)
        lean = rng.normal(0, 0.06) * h if rng.rand() < 0.6 else 0.0
        bend = rng.normal(0, 0.03) * h * ((X / SIDE * 2 - 1) ** 2 - 0.33) if rng.rand() < 0.4 else 0.0 * X
        if rng.rand() < 0.3:
            bend = bend + wander(rng, SIDE, rng.randint(2, 6), 0.008 * h)
        self.shift = (top + lean * (X / SIDE - 0.5) + bend).astype(np.float32)

    def of_picture(self, m, flags, border=0.0):
        x = np.repeat(self.x[None], SIDE, 0)
        y = (ROWS * np.float32(self.down) + self.shift[None]).astype(np.float32)
        return cv2.remap(m, x, y, flags, borderMode=cv2.BORDER_CONSTANT, borderValue=border)

    def of_row(self, row):
        at = row[np.clip(np.round(self.x).astype(int), 0, len(row) - 1)]
        out = ((at - self.shift) / self.down).astype(np.float32)
        out[(out < 0) & (at > NONE)] = np.nan  # cut away
        return out

    def of_fibres(self, cos2, sin2):
        c, s = (self.of_picture(m, cv2.INTER_NEAREST, float("nan")) for m in (cos2, sin2))
        turn = 0.5 * np.arctan2(s, c)
        slope = (-np.tan(turn) * self.across - np.gradient(self.shift)[None]) / self.down
        slope = -slope  # rising to the right
        return ((1 - slope * slope) / (1 + slope * slope)).astype(np.float32), (2 * slope / (1 + slope * slope)).astype(np.float32)


class PlaneRenderer:
    def __init__(self, pictures, seed, share_real=0.6):
        self.pictures, self.seed, self.share_real = pictures, seed, share_real
        self.bank, self.streaks = Bank(4711), Streaks(4713)
        self.geometry = Geometry(np.random.RandomState(1), "linear")
        sources = [p.source for p in pictures]
        often = np.array([1.0 / np.sqrt(sources.count(p.source)) for p in pictures])
        self.chances = np.cumsum(often) / often.sum() if len(often) else None

    def scene(self, rng):
        """amplitude, k, superficial, deep, bone, cos2, sin2, weights of superficial, deep, bone"""
        nothing = np.full(SIDE, NONE, np.float32)
        if self.chances is None or rng.rand() > self.share_real:
            if rng.rand() < 0.12:
                return *tissue(rng, self.bank, self.geometry), nothing, nothing.copy(), nothing.copy(), None, None, (0.3, 0.3, 0.5)
            a, k, superficial, deep, *fibres = muscles(rng, self.bank, self.streaks)
            return a, k, superficial, deep, nothing, *fibres, (1.0, 1.0, 1.0)
        p = self.pictures[min(int(np.searchsorted(self.chances, rng.rand())), len(self.pictures) - 1)]
        pull = Pull(rng, p)
        part = pull.of_picture(p.grey, cv2.INTER_AREA if pull.down > 1.2 else cv2.INTER_LINEAR).astype(np.float32) / 255
        if rng.rand() < 0.5:
            part = np.clip(np.power(part, np.exp(rng.normal(0, 0.2))) * np.exp(rng.normal(0, 0.25)) + rng.normal(0, 0.05), 0, 1)
        k = rng.uniform(4.0, 7.5)
        a = amplitude(np.ascontiguousarray(part, np.float32), k)
        if rng.rand() < 0.4:
            even = rng.uniform(0.2, 0.9)
            a = a * (even + (1 - even) * Bank.piece(rng, self.bank.speckle))
        if rng.rand() < 0.12:
            a = haze(rng, self.bank, a, k)
        if p.known:
            rows, weights = [pull.of_row(r) for r in (p.superficial, p.deep)], (1.0, 1.0, 0.7)
        else:
            rows, weights = [nothing, nothing.copy()], (0.07, 0.07, 1.0 if p.boneless else 0.0)
        fibres = pull.of_fibres(p.cos2, p.sin2) if p.cos2 is not None else (None, None)
        surface = nothing.copy()
        if p.bone is not None:
            surface, weights = pull.of_row(p.bone), (1.0, 1.0, 1.0)
            surface[np.isnan(surface) | (surface < NONE / 2)] = NONE
        return np.asarray(a, np.float32), k, *rows, surface, *fibres, weights

    def sample(self, number):
        """Picture (256,256) in bytes, rows of superficial, deep and bone, fibres, weights."""
        rng = np.random.RandomState((self.seed * 1000003 + number * 7919) % (2 ** 32 - 1))
        a, k, superficial, deep, surface, cos2, sin2, weights = self.scene(rng)
        for _ in range(rng.randint(1, 4) if rng.rand() < 0.15 else 0):
            a = vessel(rng, a, k)
        if rng.rand() < 0.4 and (surface <= NONE).all():
            a, surface, hidden = bone(rng, self.bank, a, k)
            weights = (*weights[:2], 1.0)
            rows = np.clip(np.nan_to_num(deep, nan=0), 0, SIDE - 1).astype(int)
            covered = hidden[rows, np.arange(SIDE)] > 0.3
            deep = np.where(covered & (deep > NONE), np.nan, deep)
            rows = np.clip(np.nan_to_num(superficial, nan=0), 0, SIDE - 1).astype(int)
            superficial = np.where((hidden[rows, np.arange(SIDE)] > 0.3) & (superficial > NONE), np.nan, superficial)
            if cos2 is not None:
                cos2 = np.where(hidden > 0.2, np.nan, cos2)
        if rng.rand() < 0.12:
            a = lost_contact(rng, a)
        if rng.rand() < 0.06:
            a = gas(rng, a, k)
        frames = processed(rng, [compressed(np.ascontiguousarray(a, np.float32), k)])
        frames = [np.ascontiguousarray(tone(rng)(f)) for f in frames]
        if rng.rand() < 0.2:
            furnish(rng, frames)
        return recorded(rng, frames)[0], superficial, deep, surface, cos2, sin2, weights
