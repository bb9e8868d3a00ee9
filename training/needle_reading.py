"""Reads one needle off the network's maps; imaging/needle/ does the same in C++.

Every cell that may be shaft votes for the line through it at the angle it gives. The strongest line is fitted to the cells
near it that agree with its direction; where the shaft begins and ends is where likelihood, less a toll per cell, adds up most.
The toll follows how sure the network is of this line, so that a faint one is read as whole as a clear one.
"""
import numpy as np

LEAST, NEAR, TURNS = 0.05, 1.6, 45
TOLL, TOLL_SHARE = (0.08, 0.3), 0.45  # the toll, least and most; of the line's own likelihood


def lines(maps, count=3):
    """Up to `count` dicts: begin, end (px of the 256 picture, end = tip), score and what a verdict may use, best first."""
    shaft = 1 / (1 + np.exp(-maps[0].astype(np.float64)))
    tip = 1 / (1 + np.exp(-maps[3].astype(np.float64)))
    y, x = np.nonzero(shaft > LEAST)
    if len(y) < 4:
        return []
    w = shaft[y, x]
    turn = 0.5 * np.arctan2(maps[2][y, x], maps[1][y, x])
    left = np.ones(len(w), bool)
    found = []
    for _ in range(count):
        if left.sum() < 4:
            break
        votes = np.zeros((TURNS, 192))
        t = np.floor((turn / np.pi % 1) * TURNS).astype(int) % TURNS
        for dt in (-1, 0, 1):
            b = (t + dt) % TURNS
            a = (b + 0.5) / TURNS * np.pi
            rho = np.clip(np.round(y * np.cos(a) - x * np.sin(a) + 96).astype(int), 1, 190)
            for dr, s in ((-1, 0.5), (0, 1.0), (1, 0.5)):
                np.add.at(votes, (b[left], rho[left] + dr), w[left] * s * (1.0 if dt == 0 else 0.6))
        b, r = np.unravel_index(votes.argmax(), votes.shape)
        angle = (b + 0.5) / TURNS * np.pi
        n = np.array([-np.sin(angle), np.cos(angle)])
        off = r - 96.0
        for wide in (2.5, NEAR, NEAR):
            near = left & (np.abs(x * n[0] + y * n[1] - off) < wide) & (np.cos(2 * (turn - angle)) > 0.7)
            if near.sum() < 3:
                break
            ww = w[near] ** 2
            m = np.array([(x[near] * ww).sum(), (y[near] * ww).sum()]) / ww.sum()
            dx, dy = x[near] - m[0], y[near] - m[1]
            angle = 0.5 * np.arctan2(2 * (ww * dx * dy).sum(), (ww * (dx * dx - dy * dy)).sum())
            n = np.array([-np.sin(angle), np.cos(angle)])
            off = m @ n
        else:
            found.append(one(x, y, w, turn, left, angle, n, off, tip))
            left &= ~(np.abs(x * n[0] + y * n[1] - off) < 3)
            continue
        left &= np.abs(x * n[0] + y * n[1] - off) > 2
    return sorted(found, key=lambda f: -f["score"])


def one(x, y, w, turn, left, angle, n, off, tip):
    d = np.array([np.cos(angle), np.sin(angle)])
    near = left & (np.abs(x * n[0] + y * n[1] - off) < NEAR + 0.4)
    s = x[near] * d[0] + y[near] * d[1]
    agree = np.clip(np.cos(2 * (turn[near] - angle)), 0, 1)
    profile = np.zeros(200)
    np.maximum.at(profile, np.clip(np.round(s + 70).astype(int), 0, 199), w[near] * agree)
    shown = np.sort(profile[profile > 0])
    toll = np.clip(TOLL_SHARE * shown[int(0.75 * (len(shown) - 1))], *TOLL) if len(shown) else TOLL[1]
    best = run = 0.0
    first = start = last = 0
    for i, v in enumerate(profile - toll):
        if run <= 0:
            run, start = 0.0, i
        run += v
        if run > best:
            best, first, last = run, start, i
    a, b = n * off + d * (first - 70 - 0.5), n * off + d * (last - 70 + 0.5)
    peak = []
    for p in (a, b):
        cx, cy = int(round(p[0])), int(round(p[1]))
        piece = tip[max(0, cy - 3):cy + 4, max(0, cx - 3):cx + 4]
        peak.append(piece.max() if piece.size else 0.0)
    flip = peak[0] > peak[1]
    begin, end = (b, a) if flip else (a, b)
    inside = profile[first:last + 1]
    return {"begin": begin * 4 + 1.5, "end": end * 4 + 1.5, "score": best, "length": last - first + 1, "mean": inside.mean(),
            "low": np.quantile(inside, 0.25), "tip": max(peak), "other": min(peak), "angle": angle}
