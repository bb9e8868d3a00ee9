"""What was found against what is there: the rule of ../shared/score/score_needle.py, frame by frame."""
import math

import cv2
import numpy as np

RIGHT = {"angle_deg": 3, "across_px": 5, "along_px": 25}


class Comparison:
    """One detection against one needle. Points are (x, y) in px; `along` is positive where the tip is too short."""

    def __init__(self, found, truth):
        (tx, ty, ax, ay), (gx, gy, hx, hy) = found, truth
        length = math.hypot(gx - hx, gy - hy)
        ux, uy = (gx - hx) / length, (gy - hy) / length
        self.end_right = math.hypot(tx - gx, ty - gy) <= math.hypot(ax - gx, ay - gy)
        if not self.end_right:
            tx, ty, ax, ay = ax, ay, tx, ty
        turn = math.degrees(math.atan2(ty - ay, tx - ax) - math.atan2(uy, ux))
        self.angle = abs((turn + 90) % 180 - 90)
        m = math.hypot(tx - ax, ty - ay) or 1e-9
        mx, my = (gx + hx) / 2, (gy + hy) / 2
        self.across = abs((mx - ax) * (ty - ay) - (my - ay) * (tx - ax)) / m
        self.short = -((tx - gx) * ux + (ty - gy) * uy)
        self.tip = math.hypot(tx - gx, ty - gy)

    @property
    def on_line(self):
        return self.angle <= RIGHT["angle_deg"] and self.across <= RIGHT["across_px"]

    @property
    def right(self):
        return self.on_line and abs(self.short) <= RIGHT["along_px"]


def truth_of(row):
    """(tip x, tip y, tail x, tail y) of what can be seen of the shaft; None where no needle shows."""
    if row["visible"] != "1":
        return None
    return tuple(float(row["shaft_" + k]) for k in ("tip_x", "tip_y", "tail_x", "tail_y"))


def contrast(picture, needle):
    """Mean grey level of the shaft above the brighter of its two sides, as training/needle_renderer.h has it: the brightest
    point within 2 units of the line against the sides 5 to 9 units away; a unit is 1/500 of the root of the picture's area."""
    tx, ty, ax, ay = needle
    unit = max(1.0, math.sqrt(picture.shape[0] * picture.shape[1]) / 500)
    length = math.hypot(ax - tx, ay - ty)
    along = np.linspace(0.05, 0.95, max(8, int(length / 2)))[:, None]
    ux, uy = (ax - tx) / length, (ay - ty) / length
    across = unit * np.arange(-9, 9.5, 0.5)[None, :]
    x = (tx + along * (ax - tx) - uy * across).astype(np.float32)
    y = (ty + along * (ay - ty) + ux * across).astype(np.float32)
    cut = cv2.remap(picture, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE).astype(np.float32)
    off = across[0] / unit
    on = cut[:, np.abs(off) <= 2].max(axis=1)
    sides = np.maximum(cut[:, off >= 5].mean(axis=1), cut[:, off <= -5].mean(axis=1))
    return float(np.mean(on - sides))


def canny_hough(grey):
    """The peer: the longest line of 3 to 70 degrees (as benchmarks/peers.cpp); the deeper end is called the tip."""
    edges = cv2.Canny(cv2.GaussianBlur(grey, (5, 5), 0), 50, 150)
    lines = cv2.HoughLinesP(edges, 1, math.pi / 180, 60, minLineLength=60, maxLineGap=10)
    best, longest = None, 0
    for line in [] if lines is None else lines.reshape(-1, 4).tolist():
        dx, dy = abs(line[2] - line[0]), abs(line[3] - line[1])
        angle = math.degrees(math.atan2(dy, dx))
        if 3 <= angle <= 70 and math.hypot(dx, dy) > longest:
            best, longest = line, math.hypot(dx, dy)
    return best


def quantile(values, share):
    """By the nearest rank, as the scoring scripts."""
    values = sorted(values)
    return values[min(len(values) - 1, max(0, math.ceil(share * len(values)) - 1))] if values else None


def binned(values, edges):
    """Index of each value's bin; values beyond the edges fall into none."""
    where = np.digitize(values, edges) - 1
    return np.where((where >= 0) & (where < len(edges) - 1), where, -1)


def curve(cases, key, edges):
    """Recall, and tip error where the line is right, of cases (dicts with `key`, `right`, `on_line`, `short`) by bins of `key`."""
    table = []
    where = binned([c[key] for c in cases], edges)
    for i in range(len(edges) - 1):
        inside = [c for c, w in zip(cases, where) if w == i]
        if len(inside) < 8:
            continue
        tips = [abs(c["short"]) for c in inside if c["on_line"]]
        table.append({"from": edges[i], "to": edges[i + 1], "n": len(inside),
                      "recall": sum(c["right"] for c in inside) / len(inside),
                      "tip_median": quantile(tips, 0.5), "tip_p95": quantile(tips, 0.95)})
    return table


def case(found, truth, **more):
    """One frame with a needle, as curve() and the list of the worst want it. `found`: with its confidence, or None."""
    result = {"right": False, "on_line": False, "short": 0.0, "found": None, "truth": list(truth), "confidence": 0.0, **more}
    if found is not None:
        c = Comparison(found[1:], truth)
        result.update(right=c.right, on_line=c.on_line, short=c.short, angle_off=c.angle, across=c.across,
                      end_right=c.end_right, found=list(found[1:]), confidence=found[0])
    return result


def steepness(needle):
    return math.degrees(math.atan2(abs(needle[3] - needle[1]), abs(needle[2] - needle[0])))
