#!/usr/bin/python3
"""Trains the needle model of imaging/ and writes its weights. One command, from the project's root:

    /usr/bin/python3 training/train_needle.py                        writes imaging/needle/needle_model_weights.h
    /usr/bin/python3 training/train_needle.py --predictions FILE.csv leaves the weights alone; see below

It builds training/needle_samples (our own detector measures every line of needle-free pictures, and of the same
pictures with needles drawn into them), judges every line by a model that has not seen its subject, calibrates on that,
trains on all of it. Uses planes/ (CC0, CC BY) and nerves_vessels/ (CC BY); never opens needle/. Where the ultrasound
picture lies in each image is read from training/needle_regions.csv, so that the weights depend on nothing but the
needle's own code (--find-regions writes that file anew). Needs Debian's python3-numpy and python3-sklearn. The seed is
fixed: same pictures, same compiler, same weights.

--predictions: a row is a line of a picture. picture (number; lines of one picture share it), group (subject), kind
(0 a real picture as it is, 1 the same varied in gain, size, blur and orientation, 2 varied and a needle drawn into it),
label (1 the drawn needle, 0 not a needle, -1 an echo or a part of the needle: leave out of an ROC, 2 a drawn needle no
line of which was found: counts as missed), angle_deg, peak, contrast (of the drawn needle: steepness, grey level, mean
grey levels above the brighter of its sides; empty for kinds 0 and 1), confidence (as the detector would report it, after
planes, echoes and rivals, by a model and a calibration that have not seen the subject). A picture is called a needle's
when its largest confidence reaches the operating point.
"""
import argparse
import csv
import json
import os
import pathlib
import subprocess
import tempfile

os.environ["OMP_NUM_THREADS"] = "1"  # the order of sums, and so the weights, must not depend on the machine
import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

import boosted_trees

ROOT = pathlib.Path(__file__).resolve().parent.parent
REGIONS = ROOT / "training" / "needle_regions.csv"
SEED = 20240611
MODELS, SHARE = 3, 0.7
TREES, LEAVES, RATE = 100, 10, 0.1
POINT = 0.8  # the operating point: tracking/needle_tracker.h, bornConfidence
REAL_CONTRAST = 109  # grey levels by which the faintest real needle stands out: docs/accuracy.md
# Pictures without a needle for each one with it, where the confidence is to be right.
WITHOUT_PER_NEEDLE = 3
# Physics the drawn needles must not overrule: more of these never speaks against a needle, or never for one.
RISING = {"contrast", "contrast_gain", "peak_rank", "filled", "local_rank", "local_lead", "saturation", "rank"}
FALLING = {"residual", "bow", "bow_share", "tip_beyond", "tail_beyond", "line_beyond", "parallel_mean", "parallel_most",
           "rivals_parallel", "rivals", "rival_most", "rival_contrast"}


def pictures(data):
    found = []
    for folder in ("planes/images", "nerves_vessels/images"):
        found += [p for p in (data / folder).rglob("*") if p.suffix.lower() in (".png", ".jpg", ".jpeg", ".bmp")]
    return sorted(found)


def build_tool(build):
    subprocess.run(["cmake", "-S", ROOT / "training", "-B", build, "-DCMAKE_BUILD_TYPE=Release"], check=True,
                   stdout=subprocess.DEVNULL)
    subprocess.run(["cmake", "--build", build, "-j2"], check=True, stdout=subprocess.DEVNULL)
    return build / "needle_samples"


def sample(tool, data, build):
    out = build / "samples.csv"
    subprocess.run([tool, "measure", out, str(SEED), data, REGIONS], check=True)
    return out


class Samples:
    FIRST = 18  # columns before the features

    def __init__(self, path):
        with open(path) as f:
            head = f.readline().strip().split(",")
            lines = [line.rstrip("\n").split(",") for line in f]
        self.names = head[self.FIRST:]
        self.group = np.array([line[0] for line in lines])
        table = np.array([line[1:] for line in lines], dtype=np.float64)
        self.kind, self.label, self.picture = (table[:, i].astype(int) for i in range(3))
        self.angle, self.peak, self.contrast, self.tip = (table[:, i] for i in range(3, 7))
        self.place = table[:, 7:self.FIRST - 1]  # probe, unit, on_plane, ox, oy, dx, dy, begin, end, level
        self.x = table[:, self.FIRST - 1:]
        self.learn = (self.label == 0) | (self.label == 1)


def sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -60, 60)))


def weights(s, use):
    """Lines of pictures as they are count most; a needle as much as all of its picture's other lines together."""
    w = np.where(s.label == 1, 6.0, np.where(s.kind == 2, 0.5, np.where(s.kind == 1, 1.0, 4.0)))
    return w[use]


def thinned(s, use):
    """One in three of the other lines beside a drawn needle, for three: they are many, and much like those without."""
    beside = (s.kind == 2) & (s.label == 0)
    kept = use & (~beside | (np.arange(len(s.label)) % 3 == 0))
    return kept, weights(s, kept) * np.where(beside[kept], 3.0, 1.0)


class Trees:
    """The mean of several boosted models, each from a share of the pictures: steadier where there is little to go by."""

    def __init__(self, s, use, seed):
        monotone = [1 if n in RISING else -1 if n in FALLING else 0 for n in s.names]
        random = np.random.RandomState(seed)
        self.models = []
        for i in range(MODELS):
            kept = (random.rand(s.picture.max() + 1) < SHARE)[s.picture] & use
            model = HistGradientBoostingClassifier(
                max_iter=TREES, learning_rate=RATE, max_leaf_nodes=LEAVES, min_samples_leaf=40, l2_regularization=5,
                monotonic_cst=monotone, early_stopping=False, random_state=seed + i)
            kept, weight = thinned(s, kept)
            self.models.append(model.fit(s.x[kept], s.label[kept] == 1, sample_weight=weight))

    def score(self, x):
        return np.mean([m.decision_function(x) for m in self.models], axis=0)


def folds(s, count=4):
    """Neighbouring runs of names, which may show one subject, go together."""
    def order(group):
        return (0, int(group[6:])) if group.startswith("nerves") else (1, group)
    groups = sorted(set(s.group), key=order)
    runs = [g for g in groups if g.startswith("nerves")]
    fold = {g: i * count // len(runs) for i, g in enumerate(runs)}
    fold.update({g: i % count for i, g in enumerate(g for g in groups if g not in fold)})
    return np.array([fold[g] for g in s.group])


def cross_validate(s, of):
    """Score of every line by a model that has not seen its subject."""
    score = np.full(len(s.label), -50.0)
    for k in sorted(set(of)):
        score[of == k] = Trees(s, s.learn & (of != k), SEED + k).score(s.x[of == k])
    score[s.label == 2] = -50  # never found
    return score


def unseen_confidence(tool, s, of, score):
    """What the detector would say of every line; the calibration has not seen its subject either."""
    probability = np.zeros(len(score))
    for k in sorted(set(of)):
        a, b = calibration(s, score, s.learn & (of != k))
        probability[of == k] = sigmoid(a * score[of == k] + b)
    probability[s.label == 2] = 0
    return weigh(tool, s, probability)


def weigh(tool, s, probability):
    """Planes, echoes and rivals, by the detector's own code."""
    with tempfile.TemporaryDirectory() as folder:
        scores, out = pathlib.Path(folder) / "scores.csv", pathlib.Path(folder) / "out.csv"
        with open(scores, "w") as f:
            f.write("picture,probe,unit,on_plane,ox,oy,dx,dy,begin,end,level,confidence\n")
            for picture, (probe, unit, *place), p in zip(s.picture, s.place, probability):
                f.write(",".join([str(picture), str(int(probe))] + [repr(float(v)) for v in (unit, *place, p)]) + "\n")
        subprocess.run([tool, "weigh", scores, out], check=True)
        return np.loadtxt(out)


def calibration(s, score, use):
    a, b = calibrate(score[use], (s.label[use] == 1).astype(float), weights(s, use))
    return a, b - np.log(WITHOUT_PER_NEEDLE)


def calibrate(score, y, w):
    """Platt: probability = sigmoid(a * score + b), by Newton's method."""
    a, b = 1.0, 0.0
    for _ in range(60):
        p = sigmoid(a * score + b)
        g = np.array([np.sum(w * (p - y) * score), np.sum(w * (p - y))])
        q = w * p * (1 - p) + 1e-12
        h = np.array([[np.sum(q * score * score), np.sum(q * score)], [np.sum(q * score), np.sum(q)]]) + 1e-9 * np.eye(2)
        step = np.linalg.solve(h, g)
        a, b = a - step[0], b - step[1]
    return a, b


def report(s, probability):
    """Picture by picture: how often a needle is drawn where there is none, and found where there is one."""
    def best(mask):
        top = {}
        for i in np.flatnonzero(mask):
            top[s.picture[i]] = max(top.get(s.picture[i], 0.0), probability[i])
        return np.array(list(top.values()))
    none = [best((s.kind == k)) for k in (0, 1)]
    drawn = {}
    for i in np.flatnonzero((s.label == 1) | (s.label == 2)):
        if s.label[i] == 2 or probability[i] >= drawn.get(s.picture[i], (-1, i))[0]:
            drawn[s.picture[i]] = (probability[i] if s.label[i] == 1 else 0.0, i)
    p = np.array([v[0] for v in drawn.values()])
    at = np.array([v[1] for v in drawn.values()])
    angle, contrast, group = s.angle[at], s.contrast[at], s.group[at]
    core = (angle >= 20) & (angle <= 45)
    as_real = core & (contrast >= REAL_CONTRAST)
    table = []
    for t in (0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99):
        table.append({"confidence": t, "false_as_is": share(none[0] >= t), "false_varied": share(none[1] >= t),
                      "recall": share(p >= t), "recall_20_45": share(p[core] >= t),
                      "recall_20_45_as_real": share(p[as_real] >= t)})
    by_angle = {f"{a}-{a + 10}": share(p[(angle >= a) & (angle < a + 10)] >= POINT) for a in range(5, 65, 10)}
    by_contrast = {f"{b}-{b + 20}": share(p[(contrast >= b) & (contrast < b + 20)] >= POINT) for b in range(20, 180, 20)}
    by_group = {g: [share(p[as_real & (group == g)] > 0), share(p[as_real & (group == g)] >= POINT),
                    share(best((s.kind < 2) & (s.group == g)) >= POINT)] for g in sorted(set(s.group))}
    return {"roc": table, "recall_by_angle": by_angle, "recall_by_contrast": by_contrast,
            "group: lines found, recall 20-45 as real, false": by_group, "tip_end_right": share(s.tip[s.label == 1])}


def share(values):
    return round(float(np.mean(values)), 4) if len(values) else None


def write_predictions(path, s, confidence):
    with open(path, "w", newline="") as f:
        out = csv.writer(f)
        out.writerow("picture,group,kind,label,angle_deg,peak,contrast,confidence".split(","))
        for i in range(len(s.label)):
            drawn = [f"{v:.2f}" for v in (s.angle[i], s.peak[i], s.contrast[i])] if s.kind[i] == 2 else ["", "", ""]
            out.writerow([s.picture[i], s.group[i], s.kind[i], s.label[i], *drawn, f"{confidence[i]:.6f}"])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--samples", type=pathlib.Path, help="use these measurements instead of making them")
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build-training")
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "imaging/needle/needle_model_weights.h")
    parser.add_argument("--predictions", type=pathlib.Path, help="write out-of-fold predictions here, and no weights")
    parser.add_argument("--find-regions", action="store_true", help="write training/needle_regions.csv anew, and stop")
    args = parser.parse_args()
    tool = build_tool(args.build)
    if args.find_regions:
        subprocess.run([tool, "regions", REGIONS, args.data, *pictures(args.data)], check=True)
        return
    s = Samples(args.samples or sample(tool, args.data, args.build))
    of = folds(s)
    score = cross_validate(s, of)
    confidence = unseen_confidence(tool, s, of, score)
    print(json.dumps(report(s, np.where(s.label == -1, 0, confidence)), indent=1))
    if args.predictions:
        write_predictions(args.predictions, s, confidence)
    else:
        boosted_trees.write(args.out, "needle_model", "train_needle.py", "needle_model_card.md", Trees(s, s.learn, SEED).models,
                            *calibration(s, score, s.learn))


if __name__ == "__main__":
    main()
