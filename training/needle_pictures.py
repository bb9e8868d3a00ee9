"""The real needle-free pictures that needles are drawn into, each cut to its imaging region, by source.

Sources: planes/ (CC0, CC BY 4.0), nerves_vessels/ (CC BY 4.0), aponeurosis/ (Apache-2.0). Never needle/ or seen/.
"""
import csv

import cv2
import numpy as np

LARGEST = 400  # the longer side of a kept picture, px


def busy_box(grey):
    """The largest block of a screen that shows tissue, not flat grey or letters."""
    small = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA).astype(np.float32)
    mean = cv2.blur(small, (5, 5))
    busy = (np.sqrt(np.maximum(cv2.blur(small * small, (5, 5)) - mean * mean, 0)) > 1.2).astype(np.uint8)
    busy = cv2.morphologyEx(busy, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    busy = cv2.morphologyEx(busy, cv2.MORPH_OPEN, np.ones((41, 41), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(busy)
    if count < 2:
        return 0, 0, grey.shape[1], grey.shape[0]
    x, y, w, h, _ = max(stats[1:], key=lambda s: s[4])
    return 2 * x + 2, 2 * y + 2, 2 * w - 4, 2 * h - 4


def load(data, regions):
    """A list of (source, name, region in grey)."""
    found = []

    def add(source, path, box):
        grey = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
        x, y, w, h = box or busy_box(grey)
        part = grey[y:y + h, x:x + w]
        scale = min(1.0, LARGEST / max(part.shape))
        found.append((source, f"{source}/{path.parent.name}/{path.name}",
                      cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)))

    for row in csv.DictReader(open(regions)):
        source = row["image"].split("/")[0]
        add(source, data / row["image"], tuple(int(row[k]) for k in "xywh"))
    for part in ("apo_images", "fasc_images"):
        for path in sorted((data / "aponeurosis" / part).glob("*.png")):
            add("aponeurosis", path, None)
    return found
