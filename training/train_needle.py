#!/usr/bin/python3
"""Trains the needle model of imaging/ and writes its weights. One command, from the project's root:

    python3 training/train_needle.py --data ../shared/data

It builds training/needle_samples (our own detector measures every line of needle-free pictures, and of the same
pictures with needles drawn into them), cross-validates by subject, trains on all of it, and writes
imaging/needle_model_weights.h. Uses planes/ (CC0, CC BY) and nerves_vessels/ (CC BY); never opens needle/.
Needs Debian's python3-numpy and python3-sklearn. The seed is fixed: same pictures, same compiler, same weights.
"""
import argparse
import json
import pathlib
import subprocess

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

ROOT = pathlib.Path(__file__).resolve().parent.parent
SEED = 20240611
MODELS, SHARE = 3, 0.7
TREES, LEAVES, RATE = 100, 10, 0.1
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


def sample(data, build):
    subprocess.run(["cmake", "-S", ROOT / "training", "-B", build, "-DCMAKE_BUILD_TYPE=Release"], check=True,
                   stdout=subprocess.DEVNULL)
    subprocess.run(["cmake", "--build", build, "-j2"], check=True, stdout=subprocess.DEVNULL)
    out = build / "samples.csv"
    subprocess.run([build / "needle_samples", out, str(SEED)] + [str(p) for p in pictures(data)], check=True)
    return out


class Samples:
    def __init__(self, path):
        with open(path) as f:
            head = f.readline().strip().split(",")
            lines = [line.rstrip("\n").split(",") for line in f]
        self.names = head[8:]
        self.group = np.array([line[0] for line in lines])
        table = np.array([line[1:] for line in lines], dtype=np.float64)
        self.kind, self.label, self.picture = table[:, 0], table[:, 1], table[:, 2].astype(int)
        self.angle, self.peak, self.tip = table[:, 3], table[:, 4], table[:, 5]
        self.x = table[:, 7:]


def sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -60, 60)))


def weights(s, use):
    """Lines of pictures as they are count most; a needle as much as all of its picture's other lines together."""
    w = np.where(s.label == 1, 6.0, np.where(s.kind == 2, 0.5, np.where(s.kind == 1, 1.0, 4.0)))
    return w[use]


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
            self.models.append(model.fit(s.x[kept], s.label[kept] == 1, sample_weight=weights(s, kept)))

    def score(self, x):
        return np.mean([m.decision_function(x) for m in self.models], axis=0)


def cross_validate(s, folds=4):
    """Score of every line by a model that has not seen its subject."""
    groups = sorted(set(s.group))
    random = np.random.RandomState(SEED)
    random.shuffle(groups)
    fold = {g: i % folds for i, g in enumerate(groups)}
    of = np.array([fold[g] for g in s.group])
    learn = (s.label == 0) | (s.label == 1)
    score = np.full(len(s.label), -50.0)
    for k in range(folds):
        score[of == k] = Trees(s, learn & (of != k), SEED + k).score(s.x[of == k])
    score[s.label == 2] = -50  # never found
    return score


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


def against_rivals(s, probability):
    """As NeedleDetector::weighRivals: one needle a picture at most. Lines of label -1 belong to the needle."""
    odds = probability / np.maximum(1 - probability, 1e-6)
    counted = np.where(s.label == -1, 0, odds)
    total = np.bincount(s.picture, weights=counted, minlength=s.picture.max() + 1)
    return odds / (1 + total[s.picture] + np.where(s.label == -1, odds, 0))


def report(s, probability):
    """Picture by picture: how often a needle is drawn where there is none, and found where there is one."""
    probability = against_rivals(s, probability)

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
    angle, peak = s.angle[at], s.peak[at]
    core = (angle >= 20) & (angle <= 45)
    bright = core & (peak >= 200)
    table = []
    for t in (0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99):
        table.append({"confidence": t, "false_as_is": round(float(np.mean(none[0] >= t)), 4),
                      "false_varied": round(float(np.mean(none[1] >= t)), 4), "recall": round(float(np.mean(p >= t)), 4),
                      "recall_20_45": round(float(np.mean(p[core] >= t)), 4),
                      "recall_20_45_bright": round(float(np.mean(p[bright] >= t)), 4)})
    by_angle = {f"{a}-{a + 10}": round(float(np.mean(p[(angle >= a) & (angle < a + 10)] >= 0.8)), 3)
                for a in range(5, 65, 10)}
    by_peak = {f"{b}-{b + 20}": round(float(np.mean(p[(peak >= b) & (peak < b + 20)] >= 0.8)), 3)
               for b in range(120, 255, 20)}
    tips = s.tip[(s.label == 1)]
    return {"roc": table, "recall_by_angle": by_angle, "recall_by_peak": by_peak, "tip_end_right": round(float(tips.mean()), 4)}


def write_header(path, trees, a, b):
    """The trees, node after node: {feature or -1, threshold or value, nodes to the left and right child}."""
    nodes, roots = [], []
    for (tree,) in (t for m in trees.models for t in m._predictors):
        roots.append(len(nodes))
        for at, node in enumerate(tree.nodes):
            if node["is_leaf"]:
                nodes.append(f"{{-1, {float(node['value']) / MODELS:.5e}F, 0, 0}}")
            else:
                nodes.append(f"{{{node['feature_idx']}, {float(node['num_threshold']):.7e}F, "
                             f"{int(node['left']) - at}, {int(node['right']) - at}}}")
    def rows(items, per_row):
        return "".join("    " + ", ".join(items[i:i + per_row]) + ",\n" for i in range(0, len(items), per_row))
    with open(path, "w") as f:
        f.write("// Written by training/train_needle.py; see training/needle_model_card.md. Do not edit.\n#pragma once\n\n"
                "#include <cstddef>\n\nnamespace acuguide::imaging::needle_model {\n\n// clang-format off\n"
                "struct Node {\n  int feature;      // -1: a leaf\n  float value;      // threshold (left when not above), or the leaf's\n"
                "  int left, right;  // steps to the children\n};\n\n"
                f"inline constexpr std::size_t kInputs = {trees.models[0].n_features_in_};\n"
                f"inline constexpr int kRoots[] = {{\n{rows([str(r) for r in roots], 20)}}};\n"
                f"inline constexpr Node kNodes[] = {{\n{rows(nodes, 4)}}};\n"
                f"inline constexpr double kBaseline = {np.mean([np.ravel(m._baseline_prediction)[0] for m in trees.models]):.9g};\n"
                f"// Platt's calibration of the sum.\ninline constexpr double kSlope = {a:.9g};\n"
                f"inline constexpr double kShift = {b:.9g};\n// clang-format on\n\n"
                "}  // namespace acuguide::imaging::needle_model\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=pathlib.Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--samples", type=pathlib.Path, help="use these measurements instead of making them")
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build-training")
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "imaging" / "needle_model_weights.h")
    args = parser.parse_args()
    s = Samples(args.samples or sample(args.data, args.build))
    learn = (s.label == 0) | (s.label == 1)
    score = cross_validate(s)
    a, b = calibrate(score[learn], (s.label[learn] == 1).astype(float), weights(s, learn))
    b -= np.log(WITHOUT_PER_NEEDLE)
    print(json.dumps(report(s, np.where(s.label == -1, 0, sigmoid(a * score + b))), indent=1))
    write_header(args.out, Trees(s, learn, SEED), a, b)


if __name__ == "__main__":
    main()
