"""The stills and masks the structure model learns from, what is varied of them, and which of them belong together."""
import csv

import cv2
import numpy as np

LARGEST = 320  # the longer side of a kept picture, px
ALIKE = 0.5  # correlation from which two stills count as one scene


class Picture:
    def __init__(self, name, grey, label, size, bounds):
        self.name, self.grey, self.label, self.size, self.bounds = name, grey, label, size, bounds


def label_of(mask):
    """0 none, 1 vessel, 2 nerve, from the colours of the source (as cv2 reads them: BGR)."""
    label = np.zeros(mask.shape[:2], np.uint8)
    label[mask[..., 1] > 64] = 1
    label[mask[..., 2] > 64] = 2
    return label


def load(data, regions):
    """Every still cut to its ultrasound picture, as training/needle_regions.csv says where that lies."""
    found = []
    for row in csv.DictReader(open(regions)):
        if not row["image"].startswith("nerves_vessels/"):
            continue
        grey = cv2.imread(str(data / row["image"]), cv2.IMREAD_GRAYSCALE)
        mask = cv2.imread(str(data / row["image"].replace("/images/", "/masks/")))
        x, y, w, h = (int(row[k]) for k in "xywh")
        part = (slice(y, y + h), slice(x, x + w))
        scale = min(1.0, LARGEST / max(w, h))
        small = (max(8, round(w * scale)), max(8, round(h * scale)))
        found.append(Picture(row["image"].rsplit("/", 1)[1], cv2.resize(grey[part], small, interpolation=cv2.INTER_AREA),
                             cv2.resize(label_of(mask)[part], small, interpolation=cv2.INTER_NEAREST),
                             grey.shape[::-1], (x, y, w, h)))
    return found


def scenes(pictures):
    """A number for each picture; pictures of the same number look alike, shifted or mirrored. The names say nothing
    (neighbours are no more alike than others), but 30 or so stills are there twice, from one moment of one subject."""
    small = []
    for p in pictures:
        t = cv2.resize(cv2.GaussianBlur(p.grey, (0, 0), 2), (48, 48), interpolation=cv2.INTER_AREA).astype(np.float32)
        t -= cv2.GaussianBlur(t, (0, 0), 8)
        small.append((t - t.mean()) / (t.std() + 1e-6))
    number = np.arange(len(small))
    for i, a in enumerate(small):
        wide = cv2.copyMakeBorder(a, 8, 8, 8, 8, cv2.BORDER_CONSTANT, value=0)
        for j in range(i):
            if max(cv2.matchTemplate(wide, np.ascontiguousarray(b), cv2.TM_CCORR_NORMED).max()
                   for b in (small[j], small[j][:, ::-1])) > ALIKE:
                number[number == number[i]] = number[j]
    return number


def folds(pictures, count, seed):
    """Which fold each picture is left out in; a scene is never split."""
    scene = scenes(pictures)
    order = np.random.RandomState(seed).permutation(np.unique(scene))
    fold, filled = {}, np.zeros(count)
    for s in sorted(order, key=lambda s: -(scene == s).sum()):
        fold[s] = int(filled.argmin())
        filled[fold[s]] += (scene == s).sum()
    return np.array([fold[s] for s in scene])


def upright(picture, size):
    return cv2.resize(picture.grey, (size, size), interpolation=cv2.INTER_AREA).astype(np.float32) / 255


def varied(picture, size, rng, strength=1.0):
    """The picture as another probe, machine, gain or hand would have shown it: image (size,size) 0..1 and label."""
    h, w = picture.grey.shape
    m = np.array([[2 / w, 0, -1], [0, 2 / h, -1], [0, 0, 1]])
    turn = np.deg2rad(rng.normal(0, 6 * strength))
    zoom = np.exp(rng.normal(0.05 * strength, 0.15 * strength))
    stretch = np.exp(rng.normal(0, 0.1 * strength))
    sides = [zoom * stretch * (-1 if rng.rand() < 0.5 else 1), zoom / stretch * (-1 if rng.rand() < 0.1 * strength else 1)]
    shape = np.array([[np.cos(turn), -np.sin(turn) + rng.normal(0, 0.06 * strength), rng.normal(0, 0.15 * strength)],
                      [np.sin(turn), np.cos(turn), rng.normal(0, 0.15 * strength)], [0, 0, 1]]) @ np.diag([*sides, 1])
    back = np.array([[size / 2, 0, size / 2], [0, size / 2, size / 2], [0, 0, 1]])
    m = (back @ shape @ m)[:2]
    image = cv2.warpAffine(picture.grey, m, (size, size), flags=cv2.INTER_LINEAR).astype(np.float32) / 255
    label = cv2.warpAffine(picture.label, m, (size, size), flags=cv2.INTER_NEAREST)
    if rng.rand() < 0.2 * strength:
        image, label = bent(image, label, rng)
    return other_machine(image, rng, strength), label


def bent(image, label, rng):
    """Pressed unevenly: a smooth displacement of a few pixels."""
    size = image.shape[0]
    grid = np.mgrid[0:size, 0:size].astype(np.float32)
    shift = [cv2.resize(rng.normal(0, size * 0.02, (4, 4)).astype(np.float32), (size, size), interpolation=cv2.INTER_CUBIC)
             for _ in range(2)]
    x, y = grid[1] + shift[0], grid[0] + shift[1]
    return cv2.remap(image, x, y, cv2.INTER_LINEAR), cv2.remap(label, x, y, cv2.INTER_NEAREST)


def other_machine(image, rng, strength):
    size = image.shape[0]
    image = np.clip(image, 0, 1) ** np.exp(rng.normal(0, 0.25 * strength)) * np.exp(
        rng.normal(0, 0.2 * strength)) + rng.normal(0, 0.02 * strength)
    if rng.rand() < 0.5 * strength:  # gain by depth
        curve = np.interp(np.arange(size), np.linspace(0, size, 5), np.exp(rng.normal(0, 0.25, 5)))
        image = image * curve[:, None].astype(np.float32)
    if rng.rand() < 0.3 * strength:  # speckle
        grain = rng.normal(1, 0.25, (size // rng.randint(1, 4), size // rng.randint(1, 3))).astype(np.float32)
        image = image * cv2.resize(grain, (size, size), interpolation=cv2.INTER_LINEAR)
    if rng.rand() < 0.25 * strength:
        image = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.4, 1.5))
    if rng.rand() < 0.15 * strength:  # sharpened by the machine
        image = image + rng.uniform(0.3, 1.0) * (image - cv2.GaussianBlur(image, (0, 0), 1.5))
    if rng.rand() < 0.2 * strength:
        image = image + rng.normal(0, rng.uniform(0.005, 0.04), image.shape)
    if rng.rand() < 0.2 * strength:  # shadow of bone, air or an instrument
        x, wide = rng.randint(size), rng.uniform(0.03, 0.15) * size
        fall = 1 - rng.uniform(0.4, 0.95) * np.exp(-0.5 * ((np.arange(size) - x) / wide) ** 2)
        image[rng.randint(size):] *= fall.astype(np.float32)
    image = np.ascontiguousarray(np.clip(image, 0, 1), np.float32)
    if rng.rand() < 0.3 * strength:
        furnish(image, rng)
    if rng.rand() < 0.15 * strength:
        a, b = rng.randint(size, size=2)
        image[b:b + rng.randint(size // 6), a:a + rng.randint(size // 6)] = rng.rand() * 0.3
    return image


def furnish(image, rng):
    """What machines and users draw into the picture, and needles."""
    size = image.shape[0]
    for _ in range(rng.randint(1, 4)):
        a, b = (tuple(int(v) for v in rng.randint(size, size=2)) for _ in range(2))
        kind, grey = rng.randint(4), float(rng.uniform(0.5, 1))
        if kind == 0:
            cv2.putText(image, "".join(chr(rng.randint(48, 90)) for _ in range(rng.randint(1, 8))), a, cv2.FONT_HERSHEY_SIMPLEX,
                        float(rng.uniform(0.25, 0.6)), grey, 1, cv2.LINE_AA)
        elif kind == 1:
            cv2.line(image, a, b, grey, rng.randint(1, 3), cv2.LINE_AA)
        elif kind == 2:
            for y in range(rng.randint(20), size, rng.randint(8, 40)):
                cv2.line(image, (size - 4, y), (size - 1, y), grey, 1)
        else:
            cv2.drawMarker(image, a, grey, rng.randint(4), rng.randint(4, 12), 1, cv2.LINE_AA)
