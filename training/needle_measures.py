"""The real pictures the network is measured on and never learns from, and the rule of ../shared/score in the 256 px picture."""
import csv

import cv2
import numpy as np
import torch

from needle_network import SIDE, inputs
from needle_reading import lines

BOXES = {"phantom_convex": (0, 0, 580, 400), "screen_linear": (365, 110, 651, 593), "handheld_stills": None,
         "invitro": (72, 0, 577, 440), "tissue": (158, 13, 406, 420)}


def cut(grey, box):
    x, y, w, h = box or (0, 0, grey.shape[1], grey.shape[0])
    return cv2.resize(grey[y:y + h, x:x + w], (SIDE, SIDE), interpolation=cv2.INTER_AREA), (x, y, w, h)


def with_needle(data):
    """Lists of (name, picture 256, box, tip, tail) by set; tip is None where no needle shows."""
    sets = {}
    for name in ("phantom_convex", "screen_linear", "handheld_stills"):
        rows = csv.DictReader(open(data / "seen" / name / "needles.csv"))
        sets[name] = []
        for r in rows:
            if "not annotated" in (r["note"] or ""):
                continue
            grey = cv2.imread(str(data / "seen" / name / "images" / r["image"]), cv2.IMREAD_GRAYSCALE)
            small, box = cut(grey, BOXES[name])
            ends = [np.array([float(r[a]), float(r[b])]) for a, b in (("tip_x", "tip_y"), ("tail_x", "tail_y"))] if r["tip_x"] else [None] * 2
            sets[name].append((r["image"], small, box, *ends))
    for name in ("invitro", "tissue"):
        sets[name] = []
        for r in csv.DictReader(open(data / "needle" / name / "ground_truth.csv")):
            grey = cv2.imread(str(data / "needle" / name / r["image"]), cv2.IMREAD_GRAYSCALE)
            small, box = cut(grey, BOXES[name])
            ends = [np.array([float(r[f"shaft_{k}_x"]), float(r[f"shaft_{k}_y"])]) for k in ("tip", "tail")] if r["visible"] == "1" else [None] * 2
            sets[name].append((r["image"], small, box, *ends))
    return sets


def without(data, pictures):
    """Needle-free pictures by source: (name, picture 256)."""
    sets = {}
    for source, name, grey in pictures:
        sets.setdefault(source, []).append((name, cv2.resize(grey, (SIDE, SIDE), interpolation=cv2.INTER_AREA)))
    sets["bone"] = [(p.name, cut(cv2.imread(str(p), cv2.IMREAD_GRAYSCALE), None)[0])
                    for folder in ("stills", "images") for p in sorted((data / "seen/bone" / folder).glob("*.png"))]
    return sets


def maps_of(net, pictures):
    net.eval()
    out = []
    with torch.no_grad():
        for i in range(0, len(pictures), 16):
            x = torch.from_numpy(np.stack(pictures[i:i + 16]))[:, None].expand(-1, 2, -1, -1)
            out += list(net(inputs(x)).numpy())
    return out


def most_like_needles(net, pictures):
    """How often each needle-free picture should come: the more often, the more of a needle the network sees in it."""
    small = [cv2.resize(p, (SIDE, SIDE), interpolation=cv2.INTER_AREA) for p in pictures]
    found = [lines(m, 1) for m in maps_of(net, small)]
    return np.array([1 + min(8.0, f[0]["score"]) if f else 1.0 for f in found])


def right(line, box, tip, tail):
    """Whether a line answers a labelled needle, and whether its tip end does."""
    x, y, w, h = box
    a, b = (np.array([p[0] * w / SIDE + x, p[1] * h / SIDE + y]) for p in (line["begin"], line["end"]))
    length = np.hypot(*(tip - tail))
    u = (tip - tail) / length
    turn = np.degrees(np.arctan2(*(b - a)[::-1]) - np.arctan2(*u[::-1]))
    turn = abs((turn + 90) % 180 - 90)
    middle = (a + b) / 2 - tail
    across, along = abs(middle[0] * u[1] - middle[1] * u[0]), middle @ u
    ok = turn <= 5 and across <= 0.02 * w and -0.2 * length <= along <= 1.2 * length
    return ok, np.hypot(*(b - tip)) < np.hypot(*(a - tip)), abs((b - tip) @ u)


def measure(net, sets, empty):
    """Prints, for the thresholds that give so many false needles in the sources of `empty`, what is found in `sets`."""
    scores = {}
    for name, list_ in empty.items():
        found = [lines(m, 1) for m in maps_of(net, [p[1] for p in list_])]
        scores[name] = np.array([f[0]["score"] if f else 0.0 for f in found])
    pooled = np.concatenate([s for s in scores.values()])
    best = {name: [(lines(m, 1), p) for m, p in zip(maps_of(net, [p[1] for p in list_]), list_)] for name, list_ in sets.items()}
    for rate in (0.02, 0.004):
        at = max(2.0, float(np.quantile(pooled, 1 - rate)))
        text = f"  at {at:5.1f}: false " + ", ".join(f"{n} {100 * (s > at).mean():.1f}%" for n, s in scores.items()) + "; right"
        for name, list_ in best.items():
            shown = [(f, p) for f, p in list_ if p[3] is not None]
            judged = [right(f[0], *p[2:]) for f, p in shown if f and f[0]["score"] > at]
            ok = sum(j[0] for j in judged)
            none = sum(bool(f) and f[0]["score"] > at for f, p in list_ if p[3] is None)
            text += f" {name} {ok}/{len(shown)} wrong {len(judged) - ok + none} tipend {sum(j[0] and j[1] for j in judged)};"
        print(text, flush=True)
    text = "  best line, no threshold:"
    for name, list_ in best.items():
        shown = [(f, p) for f, p in list_ if p[3] is not None]
        text += f" {name} {sum(bool(f) and right(f[0], *p[2:])[0] for f, p in shown)}/{len(shown)}"
    print(text, flush=True)
    return scores, best
