"""Changes that a scanner, its user or a screen grab make to a picture, and the way back for what is found in it."""
import math
import zlib

import cv2
import numpy as np


class Change:
    """`apply` changes a picture; `back` takes a point of the changed picture of this size to the original."""

    def __init__(self, name, apply, back=None, turns=1):
        self.name, self.apply, self.turns = name, apply, turns
        self.back = back or (lambda x, y, size: (x, y))

    @property
    def upside_down(self):
        return self.name == "upside down"


def _gain(factor):
    return lambda p: np.clip(p.astype(np.float32) * factor, 0, 255).astype(np.uint8)


MARGIN = (96, 64)


def _on_a_screen(p):
    """Text, a ruler and a grey ramp around it, as a capture device sees a scanner."""
    left, top = MARGIN
    screen = np.zeros((p.shape[0] + 2 * top, p.shape[1] + 2 * left), np.uint8)
    screen[top:top + p.shape[0], left:left + p.shape[1]] = p
    for i, text in enumerate(("MSK 10 MHz", "GN 58  DR 65", "MI 0.9  TIs 0.3")):
        cv2.putText(screen, text, (8, 18 + 17 * i), cv2.FONT_HERSHEY_SIMPLEX, 0.45, 200, 1, cv2.LINE_AA)
    for y in range(top, top + p.shape[0], 20):
        long = 12 if (y - top) % 100 == 0 else 6
        cv2.line(screen, (left + p.shape[1] + 8, y), (left + p.shape[1] + 8 + long, y), 210, 1)
    ramp = np.linspace(255, 0, 150).astype(np.uint8)[:, None].repeat(14, axis=1)
    screen[top + 30:top + 180, 20:34] = ramp
    return screen


# Outside of what training/needle_samples draws by chance, except the two flips.
CHANGES = [
    Change("mirrored", lambda p: cv2.flip(p, 1), lambda x, y, s: (s[0] - 1 - x, y), turns=-1),
    Change("upside down", lambda p: cv2.flip(p, 0), lambda x, y, s: (x, s[1] - 1 - y), turns=-1),
    Change("gain 0.6", _gain(0.6)),
    Change("gain 1.4", _gain(1.4)),
    Change("blur 2 px", lambda p: cv2.GaussianBlur(p, (0, 0), 2)),
    Change("half size", lambda p: cv2.resize(p, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA),
           lambda x, y, s: (2 * x + 0.5, 2 * y + 0.5)),
    Change("on a screen", _on_a_screen, lambda x, y, s: (x - MARGIN[0], y - MARGIN[1])),
]


def read_grey(path):
    picture = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
    if picture is None:
        raise RuntimeError(f"{path}: not a picture that can be read")
    return picture


def read_sequence(path):
    """Frames of an uncoloured MetaImage sequence as the simulator writes it: (frames, height, width)."""
    data = path.read_bytes()
    mark = data.index(b"ElementDataFile = LOCAL") + len(b"ElementDataFile = LOCAL")
    start = data.index(b"\n", mark) + 1
    head = dict(line.split(" = ", 1) for line in data[:start].decode("ascii").splitlines() if " = " in line)
    width, height, count = (int(n) for n in head["DimSize"].split())
    pixels = zlib.decompress(data[start:]) if head.get("CompressedData") == "True" else data[start:]
    return np.frombuffer(pixels, np.uint8, width * height * count).reshape(count, height, width)


def overlay(picture, truth, found, text, planes=()):
    """Truth green, what was found orange (a ring at the tip), planes thin; one line of text below."""
    shown = cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR)
    for points, colour in planes:
        cv2.polylines(shown, [np.array(points, np.float32).round().astype(np.int32)], False, colour, 1, cv2.LINE_AA)
    for needle, colour in ((truth, (90, 220, 90)), (found, (40, 150, 255))):
        if needle is None:
            continue
        tip, tail = (tuple(int(round(v)) for v in p) for p in (needle[:2], needle[2:]))
        cv2.line(shown, tip, tail, colour, 1, cv2.LINE_AA)
        cv2.circle(shown, tip, 6, colour, 1, cv2.LINE_AA)
    strip = np.zeros((22, shown.shape[1], 3), np.uint8)
    scale = min(0.5, 0.5 * shown.shape[1] / max(1, cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, 0.5, 1)[0][0] + 10))
    cv2.putText(strip, text, (5, 15), cv2.FONT_HERSHEY_SIMPLEX, scale, (230, 230, 230), 1, cv2.LINE_AA)
    return np.vstack([shown, strip])


def sheet(pictures, columns, width):
    """Pictures side by side, each scaled to `width`."""
    tiles = []
    for p in pictures:
        tiles.append(cv2.resize(p, (width, int(round(p.shape[0] * width / p.shape[1]))), interpolation=cv2.INTER_AREA))
    height = max(t.shape[0] for t in tiles)
    tiles = [cv2.copyMakeBorder(t, 0, height - t.shape[0] + 4, 0, 4, cv2.BORDER_CONSTANT) for t in tiles]
    while len(tiles) % columns:
        tiles.append(np.zeros_like(tiles[0]))
    return np.vstack([np.hstack(tiles[i:i + columns]) for i in range(0, len(tiles), columns)])
