"""What the scanner, its screen and the recording do to a picture after the echoes are in. Pictures: float32, grey 0..1.

Each function takes the list of pictures of one moment (this frame, or this and the one before) and treats them alike.
"""
import cv2
import numpy as np

from needle_scene import SIDE, clouds, wander


def processed(rng, frames):
    """In the beam's picture: speckle reduction, edge enhancement, gain by depth."""
    pick = rng.rand()
    if pick < 0.12:
        size = 3 if rng.rand() < 0.7 else 5
        frames = [cv2.medianBlur(f, size) for f in frames]
    elif pick < 0.24:
        width, near = rng.uniform(0.05, 0.25), rng.uniform(1, 2.5)
        frames = [cv2.bilateralFilter(np.ascontiguousarray(f), 5, width, near) for f in frames]
    elif pick < 0.34:  # speckle reduction that leaves islands: smooth where flat, sharp at edges
        frames = [cv2.max(cv2.GaussianBlur(f, (0, 0), 1.2), f - 0.05) for f in frames]
    if rng.rand() < 0.3:
        strong, near = rng.uniform(0.3, 1.5), rng.uniform(0.8, 2.5)
        frames = [f + strong * (f - cv2.GaussianBlur(f, (0, 0), near)) for f in frames]
    if rng.rand() < 0.3:
        curve = wander(rng, SIDE, rng.randint(2, 7), 0.12)[:, None]
        frames = [f + curve * (f > 0.02) for f in frames]
    if rng.rand() < 0.12:  # lines that a bad contact or dead elements darken
        x, wide = rng.uniform(0, SIDE), rng.uniform(3, 40)
        fall = 1 - rng.uniform(0.3, 1) * np.exp(-0.5 * ((np.arange(SIDE) - x) / wide) ** 4)
        frames = [f * fall.astype(np.float32)[None] for f in frames]
    return frames


def tone(rng):
    """Gamma, gain and floor of the screen, as a function of a picture."""
    gamma, gain = np.exp(rng.normal(0, 0.25)), np.exp(rng.normal(0, 0.15))
    if rng.rand() < 0.15:
        gain *= rng.uniform(1.15, 1.8)  # much of the picture is white
    low = rng.uniform(-0.15, 0.04) if rng.rand() < 0.6 else rng.uniform(0, 0.12) if rng.rand() < 0.4 else 0.0

    def toned(f):
        f = np.clip(f, 0, 1.3)
        if abs(gamma - 1) > 0.05:
            f = cv2.pow(f, gamma)
        return np.clip(f * gain + low, 0, 1)
    return toned


LETTERS = "0123456789ABCDEFGHIKLMNOPRSTUVWXYZabcdefghiklmnoprstu.:/%- "


def furnish(rng, frames, rows=(0, SIDE)):
    """Letters, rulers, guide lines, circles, callipers and boxes, in all frames at the same place."""
    def both(draw, *args):
        for f in frames:
            draw(f, *args)

    for _ in range(1 + rng.poisson(1.0)):
        grey = float(rng.uniform(0.35, 1.0))
        kind = rng.randint(9)
        p = tuple(int(v) for v in rng.randint(SIDE, size=2))
        if kind == 0:
            text = "".join(LETTERS[i] for i in rng.randint(len(LETTERS), size=rng.randint(1, 14)))
            both(cv2.putText, text, p, int(rng.randint(3)), float(rng.uniform(0.25, 0.55)), grey, 1, cv2.LINE_AA)
        elif kind == 1:  # a ruler
            step, long_, upright = rng.uniform(5, 40), rng.randint(1, 7), rng.rand() < 0.7
            edge = int(rng.choice([rng.randint(0, 12), SIDE - 1 - rng.randint(0, 12), rng.randint(SIDE)]))
            for i in range(int(SIDE / step) + 1):
                q = int(i * step)
                a, b = ((edge, q), (edge + long_, q)) if upright else ((q, edge), (q, edge + long_))
                both(cv2.line, a, b, grey, 1)
        elif kind in (2, 3):  # biopsy guide: dotted lines, one or two
            turn, long_, gap = rng.uniform(0, 2 * np.pi), rng.uniform(40, 400), rng.uniform(3, 16)
            d, size = np.array([np.cos(turn), np.sin(turn)]), int(rng.randint(0, 2))
            apart = rng.uniform(6, 30)
            for j in range(rng.randint(1, 3)):
                for i in range(int(long_ / gap)):
                    q = np.array(p) + d * i * gap + j * apart * np.array([-d[1], d[0]])
                    if kind == 2:
                        both(cv2.circle, tuple(int(v) for v in q), size, grey, -1)
                    else:
                        e = q + d * gap * 0.5
                        both(cv2.line, tuple(int(v) for v in q), tuple(int(v) for v in e), grey, 1, cv2.LINE_AA)
        elif kind == 4:
            axes = tuple(int(v) for v in rng.randint(5, 60, size=2))
            both(cv2.ellipse, p, axes, float(rng.uniform(0, 180)), 0, 360, grey, 1, cv2.LINE_AA)
        elif kind == 5:  # callipers, and a dotted line between them
            q = tuple(int(v) for v in np.array(p) + rng.randint(-90, 90, size=2))
            mark, size = int(rng.randint(4)), int(rng.randint(4, 9))
            both(cv2.drawMarker, p, grey, mark, size, 1, cv2.LINE_AA)
            both(cv2.drawMarker, q, grey, mark, size, 1, cv2.LINE_AA)
            if rng.rand() < 0.5:
                for t in np.linspace(0, 1, max(3, int(np.hypot(p[0] - q[0], p[1] - q[1]) / rng.uniform(3, 8)))):
                    both(cv2.circle, tuple(int(v) for v in np.array(p) * (1 - t) + np.array(q) * t), 0, grey, -1)
        elif kind == 6:
            q = tuple(int(v) for v in np.array(p) + rng.randint(8, 120, size=2))
            both(cv2.rectangle, p, q, grey * 0.7, 1)
        elif kind == 7:  # the box of a colour flow or zoom, leaning
            lean, w, h = rng.randint(-40, 40), rng.randint(30, 150), rng.randint(20, 150)
            c = np.array([[0, 0], [w, 0], [w + lean, h], [lean, h]]) + np.array(p)
            both(cv2.polylines, [c.astype(np.int32)], True, grey, 1, cv2.LINE_AA)
        else:  # a grey bar at the side
            w, h = rng.randint(3, 9), rng.randint(30, 110)
            x0, y0 = int(rng.choice([2, SIDE - 12])), rng.randint(SIDE - h)
            ramp = np.linspace(1, 0, h, dtype=np.float32)[:, None]
            for f in frames:
                f[y0:y0 + h, x0:x0 + w] = ramp


def recorded(rng, frames):
    """Sampled coarser, blurred, noisy, coded, stepped; bytes come back."""
    if rng.rand() < 0.3:
        s = rng.uniform(0.45, 0.95)
        size = (int(SIDE * s), int(SIDE * min(1.0, s * np.exp(rng.normal(0, 0.2)))))
        how = [cv2.INTER_LINEAR, cv2.INTER_AREA, cv2.INTER_CUBIC][rng.randint(3)]
        frames = [cv2.resize(cv2.resize(f, size, interpolation=how), (SIDE, SIDE), interpolation=cv2.INTER_LINEAR) for f in frames]
    if rng.rand() < 0.3:
        a, b = rng.uniform(0.3, 1.5, 2)
        frames = [cv2.GaussianBlur(f, (0, 0), a, sigmaY=b) for f in frames]
    elif rng.rand() < 0.15:
        strong = rng.uniform(0.3, 1.0)
        frames = [f + strong * (f - cv2.GaussianBlur(f, (0, 0), 1.0)) for f in frames]
    if rng.rand() < 0.15:
        s = rng.uniform(0.004, 0.03)
        frames = [f + s * cv2.resize(rng.normal(size=(128, 128)).astype(np.float32), (SIDE, SIDE), interpolation=cv2.INTER_NEAREST)
                  for f in frames]
    out = [np.clip(f * 255 + 0.5, 0, 255).astype(np.uint8) for f in frames]
    if rng.rand() < 0.3:
        q = [cv2.IMWRITE_JPEG_QUALITY, int(rng.randint(35, 95))]
        out = [cv2.imdecode(cv2.imencode(".jpg", f, q)[1], cv2.IMREAD_GRAYSCALE) for f in out]
    elif rng.rand() < 0.05:
        step = int(rng.randint(2, 17))
        out = [(f // step * step).astype(np.uint8) for f in out]
    return out
