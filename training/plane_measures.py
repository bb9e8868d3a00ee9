"""What the planes' network says of pictures it did not learn from, before any curve is fitted."""
import csv

import cv2
import numpy as np
import torch

from plane_labels import CELLS, COLUMNS
from plane_network import inputs


def bones(data):
    """(name, picture 256, surface row by column of it) of the tracked sweep's frames."""
    folder, truth = data / "seen/bone/images", {}
    for r in csv.DictReader(open(data / "seen/bone/bone_top.csv")):
        truth.setdefault(r["image"], {})[int(r["col"])] = float(r["row"])
    found = []
    for path in sorted(folder.glob("*.png")):
        grey = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
        h, w = grey.shape
        top = min(truth[path.name].values())
        columns = {c * 256 / w: y * 256 / h for c, y in truth[path.name].items() if y < top + 60}
        found.append((path.name, cv2.resize(grey, (256, 256), interpolation=cv2.INTER_AREA), columns, 20 * 256 / h))
    return found


def answers(net, pictures):
    net.eval()
    out = []
    with torch.no_grad():
        for i in range(0, len(pictures), 16):
            out += list(net(inputs(torch.from_numpy(np.stack(pictures[i:i + 16])))).numpy())
    return out


def rows(scores):
    """(likeliest row, px of the 256 picture, and how likely anything is there) by column of one channel."""
    e = np.exp(np.minimum(scores, 30))
    p = e / (1 + e.sum(0))
    best = p.argmax(0)
    at = np.arange(CELLS)[:, None]
    near = p * (np.abs(at - best[None]) <= 1)
    return (near * at).sum(0) / near.sum(0) * 4 + 1.5, p.sum(0)


def measure(net, pictures, bone_pictures):
    by = {}
    small = [cv2.resize(p.grey, (256, 256), interpolation=cv2.INTER_AREA) for p in pictures]
    for p, a in zip(pictures, answers(net, small)):
        h, w = p.grey.shape
        line = by.setdefault(p.source, {"wrong": [], "superficial": [], "deep": [], "fibre": []})
        bad = None
        for i, truth in ((0, p.superficial), (1, p.deep)):
            want = np.interp(COLUMNS, (np.arange(w) + 0.5) * 256 / w - 0.5, truth) if np.isfinite(truth).sum() > 0.3 * w else None
            if want is None:
                continue
            got, sure = rows(a[i])
            error = np.abs(got * h / 256 - want)[np.isfinite(want)]
            bad = bool(bad) or error.mean() > 0.025 * h or (sure[np.isfinite(want)] > 0.5).mean() < 0.5
            line["superficial" if i == 0 else "deep"].append(error.mean() / h * 100)
        if bad is not None:
            line["wrong"].append(bad)
        if p.cos2 is not None:
            c, s = (cv2.resize(m, (256, 256), interpolation=cv2.INTER_NEAREST)[1::4, 1::4] for m in (p.cos2, p.sin2))
            known = np.isfinite(c)
            turn = 0.5 * np.arctan2(a[4][known], a[3][known])  # of the stretched picture
            turn = np.arctan(np.tan(turn) * h / w)
            true = 0.5 * np.arctan2(s[known], c[known])
            middle = [0.5 * np.arctan2(np.sin(2 * t).mean(), np.cos(2 * t).mean()) for t in (turn, true)]
            off = abs((np.degrees(middle[0] - middle[1]) + 90) % 180 - 90)
            line["fibre"].append(off)
    for source, v in sorted(by.items()):
        text = f"  {source}:"
        if v["wrong"]:
            text += f" wrong {np.mean(v['wrong']):.3f} of {len(v['wrong'])};"
            text += "".join(f" {k} median {np.median(v[k]):.2f} % of the height," for k in ("superficial", "deep") if v[k])
        if v["fibre"]:
            text += f" fibres within 3 deg {np.mean(np.array(v['fibre']) <= 3):.2f} of {len(v['fibre'])}, median {np.median(v['fibre']):.1f}"
        if not (v["wrong"] or v["fibre"]):
            continue
        print(text, flush=True)
    text = "  bone:"
    for (name, _, truth, near), a in zip(bone_pictures, answers(net, [b[1] for b in bone_pictures])):
        got, sure = rows(a[2])
        at = np.interp(list(truth), COLUMNS, got)
        seen = np.interp(list(truth), COLUMNS, sure) > 0.5
        error = np.abs(at - np.array(list(truth.values())))
        text += f" {name} seen {seen.mean():.2f} near {(seen & (error < near)).mean():.2f};"
    some = [cv2.resize(p.grey, (256, 256), interpolation=cv2.INTER_AREA) for p in pictures]
    wide = [(rows(a[2])[1] > 0.5).mean() > 0.06 for a in answers(net, some)]
    print(text + f" a bone in {100 * np.mean(wide):.1f} % of the others", flush=True)
