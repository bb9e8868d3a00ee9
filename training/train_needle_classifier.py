#!/usr/bin/python3
"""Trains the classifier on what may be a needle and writes imaging/needle/needle_classifier_weights.h. One command, from the
project's root, after train_needle_network.py:

    /usr/bin/python3 training/train_needle_classifier.py

Every source is seen by a network that never saw it (`without_...` of train_needle_network.py): aponeurosis/ by one,
planes/ and nerves_vessels/ by another. Needles are rendered into their pictures by both renderers; the detector itself
measures every line (training/needle_lines); boosted trees over its evidence and features (imaging/needle/needle_classifier.h)
are fitted to those lines. What is printed for a source is said by trees fitted to the other ones. seen/ and needle/ are
only measured on. The seed is fixed. Needs Debian's python3-numpy, -sklearn, -opencv and -torch.
"""
import argparse
import csv
import os
import pathlib
import pickle
import subprocess

os.environ["OMP_NUM_THREADS"] = "1"  # the order of sums, and so the weights, must not depend on the machine
import cv2
import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

import boosted_trees
from needle_rendering import Renderer
from needle_scene import SIDE

ROOT = pathlib.Path(__file__).resolve().parent.parent
WEIGHTS = ROOT / "imaging/needle/needle_classifier_weights.h"
FOLDS = {"without_aponeurosis": ("aponeurosis",), "without_planes_nerves": ("planes", "nerves_vessels")}
SEED, EVIDENCE = 77, 11  # first column of the evidence in needle_lines' table
PART, REAL = 0.4, 3.0  # weights of a line that is a part or an echo of the needle, and of one of a real needle-free picture
DRAWN = 2  # needles drawn into each of them by the renderer of train_needle.py, beside the rendered ones
TREES, LEAVES, RATE, MODELS = 140, 8, 0.07, 3
# More of these never speaks against a needle, or never for one.
RISING = {"ridge", "seen", "mean", "low", "tip", "contrast_gain", "peak_rank", "filled", "local_rank", "local_lead"}
FALLING = {"rival", "aside", "edge", "residual", "bow_share", "tip_beyond", "line_beyond", "parallel_mean", "parallel_most"}


def build_tool(build):
    subprocess.run(["cmake", "-S", ROOT / "training", "-B", build, "-DCMAKE_BUILD_TYPE=Release"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["cmake", "--build", build, "--target", "needle_lines"], check=True, stdout=subprocess.DEVNULL)
    return build / "needle_lines"


class Case:
    """A picture with its truth: `needle` None (none is there) or (tip, tail) in px; `kind`: what it is."""

    def __init__(self, kind, name, path, before="", needle=None, info=None, draw=""):
        self.kind, self.name, self.path, self.before, self.needle, self.info = kind, name, path, before, needle, info
        self.draw = draw
        self.lines = np.zeros((0, EVIDENCE))


def changed(rng, grey):
    """One of the changes that a recording makes: gain, blur, half size, JPEG."""
    pick = rng.randint(4)
    if pick == 0:
        return np.clip(grey.astype(np.float32) * rng.choice([0.6, 1.5]), 0, 255).astype(np.uint8)
    if pick == 1:
        return cv2.GaussianBlur(grey, (0, 0), 1.5)
    if pick == 2:
        return cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    return cv2.imdecode(cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, 60])[1], cv2.IMREAD_GRAYSCALE)


def paths(data, pictures, sources):
    """(source, file) of the needle-free pictures of `sources`."""
    out = []
    for row in csv.DictReader(open(ROOT / "training/needle_regions.csv")):
        if row["image"].split("/")[0] in sources:
            out.append((row["image"].split("/")[0], data / row["image"]))
    if "aponeurosis" in sources:
        out += [("aponeurosis", p) for part in ("apo_images", "fasc_images") for p in sorted((data / "aponeurosis" / part).glob("*.png"))]
    return out


def left_out(data, pictures, sources, folder, count):
    """The cases of sources left out: as they are, changed, and with needles rendered into them."""
    rng, cases = np.random.RandomState(SEED), []
    for source, path in paths(data, pictures, sources):
        cases.append(Case(source, path.name, path))
        for i in range(2):
            out = folder / f"{source}_{path.stem}_{i}.png"
            cv2.imwrite(str(out), changed(rng, cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)))
            cases.append(Case(source + " changed", path.name, out))
        cases += [Case("drawn", path.name, path, draw=str(SEED + 1000 * len(cases) + i)) for i in range(DRAWN)]
    renderer = Renderer([p[2] for p in pictures if p[0] in sources], SEED, 1.0, 0.85)
    for number in range(count):
        frames, points, weights, tip, info = renderer.sample(number)
        shown = points[weights > 0] if points is not None else None
        if shown is not None and len(shown) < 14:
            continue
        wide = rng.randint(380, 760)
        size = (wide, int(wide * np.exp(rng.uniform(-0.45, 0.25))))
        files = []
        for name, frame in zip(("now", "before"), frames):
            files.append(folder / f"{number}_{name}.png")
            cv2.imwrite(str(files[-1]), cv2.resize(frame, size, interpolation=cv2.INTER_CUBIC))
        scale = np.array(size) / SIDE
        needle = None if shown is None else ((shown[-1] + 0.5) * scale - 0.5, (shown[0] + 0.5) * scale - 0.5)
        moving = (frames[0] != frames[1]).any()
        cases.append(Case("rendered" if needle is not None else "rendered empty", str(number), files[0], files[1] if moving else "", needle, info))
    return cases


def measured_only(data):
    cases = []
    for name in ("phantom_convex", "screen_linear", "handheld_stills"):
        for r in csv.DictReader(open(data / "seen" / name / "needles.csv")):
            if "not annotated" not in (r["note"] or ""):
                ends = [np.array([float(r[a]), float(r[b])]) for a, b in (("tip_x", "tip_y"), ("tail_x", "tail_y"))] if r["tip_x"] else None
                cases.append(Case(name, r["image"], data / "seen" / name / "images" / r["image"], "", ends))
    for name in ("invitro", "tissue"):
        for r in csv.DictReader(open(data / "needle" / name / "ground_truth.csv")):
            ends = [np.array([float(r[f"shaft_{k}_x"]), float(r[f"shaft_{k}_y"])]) for k in ("tip", "tail")] if r["visible"] == "1" else None
            cases.append(Case(name, r["image"], data / "needle" / name / r["image"], "", ends))
    for folder in ("stills", "images"):
        cases += [Case("bone", p.name, p) for p in sorted((data / "seen/bone" / folder).glob("*.png"))]
    return cases


def measure(tool, network, cases, folder):
    with open(folder / "pictures.csv", "w") as f:
        f.write("picture,before,draw\n" + "".join(f"{c.path},{c.before},{c.draw}\n" for c in cases))
    subprocess.run([tool, network, folder / "pictures.csv", folder / "lines.csv"], check=True)
    table = np.loadtxt(folder / "lines.csv", delimiter=",", skiprows=1, ndmin=2)
    for number, case in enumerate(cases):
        lines = table[table[:, 0] == number]
        if case.draw:
            case.needle = (lines[0, 7:9], lines[0, 9:11])
        case.lines = lines[lines[:, 5] >= 0]


def label(case, line, least=5.0, share=0.02):
    """1: the needle; 0: not; -1: a part or an echo of it."""
    if case.needle is None:
        return 0
    tip, tail = case.needle
    a, b = line[3:5], line[1:3]
    length, wide = np.hypot(*(tip - tail)), line[6]
    u = (tip - tail) / length
    turn = np.degrees(np.arctan2(*(b - a)[::-1]) - np.arctan2(*u[::-1]))
    turn = abs((turn + 90) % 180 - 90)
    middle = (a + b) / 2 - tail
    across, along = abs(middle[0] * u[1] - middle[1] * u[0]), middle @ u
    if turn <= least and across <= share * wide and -0.2 * length <= along <= 1.2 * length:
        return 1
    return -1 if turn <= 9 and across <= 0.06 * wide else 0


class Classifier:
    """Boosted trees, each model by another draw of the pictures, and Platt's calibration of their mean."""

    def __init__(self, cases, names):
        rows = [(line[EVIDENCE:], label(c, line), REAL if c.needle is None and "rendered" not in c.kind else 1.0, i)
                for i, c in enumerate(cases) for line in c.lines]
        # A part, an edge or an echo of the needle is not the needle, but no great matter either.
        rows = [(x, max(y, 0), w if y >= 0 else PART, i) for x, y, w, i in rows]
        x, y, weight, picture = (np.array(v, float) for v in zip(*rows))
        signs = [1 if n in RISING else -1 if n in FALLING else 0 for n in names]
        self.models, self.slope, self.shift = [], 1.0, 0.0
        for seed in range(MODELS):
            use = np.random.RandomState(SEED + seed).rand(len(cases))[picture.astype(int)] < 0.8
            self.models.append(HistGradientBoostingClassifier(
                max_iter=TREES, max_leaf_nodes=LEAVES, learning_rate=RATE, l2_regularization=5.0, min_samples_leaf=40,
                monotonic_cst=signs, random_state=seed, early_stopping=False).fit(x[use], y[use], sample_weight=weight[use]))

    def raw(self, x):
        return np.mean([m.decision_function(x) for m in self.models], 0)

    def calibrate(self, raw, y, weight):
        """`raw`: of lines that these trees have not seen."""
        w, x = np.zeros(2), np.stack([raw, np.ones(len(raw))], 1)
        for _ in range(60):
            p = 1 / (1 + np.exp(-x @ w))
            w += np.linalg.solve((x * (weight * p * (1 - p))[:, None]).T @ x + 1e-3 * np.eye(2), x.T @ (weight * (y - p)))
        self.slope, self.shift = w

    def of(self, case):
        """(probability, label, line) of the likeliest line; others that are likely speak against it, as in NeedleVerdict."""
        if not len(case.lines):
            return 0.0, 0, None
        odds = np.exp(np.clip(self.slope * self.raw(case.lines[:, EVIDENCE:]) + self.shift, -30, 30))
        best = int(odds.argmax())
        return odds[best] / (1 + odds[best]), label(case, case.lines[best]), case.lines[best]


def calibration_lines(classifier, cases):
    raw, y, weight = [], [], []
    for c in cases:
        if len(c.lines):
            score = classifier.raw(c.lines[:, EVIDENCE:])
            best = int(score.argmax())
            what = label(c, c.lines[best])
            if what >= 0:
                raw.append(score[best]), y.append(what), weight.append(REAL if c.needle is None and "rendered" not in c.kind else 1.0)
    return tuple(np.array(v, float) for v in (raw, y, weight))


def report(cases, said, points):
    kinds = list(dict.fromkeys(c.kind for c in cases))
    for at in points:
        print(f"  over {at:.3f}:", end="")
        for kind in kinds:
            mine = [(s, c) for s, c in zip(said, cases) if c.kind == kind]
            with_ = [(p > at, ok) for (p, ok, _), c in mine if c.needle is not None]
            none = [p > at for (p, ok, _), c in mine if c.needle is None]
            if with_:
                print(f" {kind} {sum(s and ok == 1 for s, ok in with_)}/{len(with_)} wrong {sum(s and ok != 1 for s, ok in with_)}", end=";")
            if none:
                print(f" {kind} false {sum(none)}/{len(none)}", end=";")
        print()
    steep = [(abs(c.info.steep), p > points[-1] and ok == 1) for (p, ok, _), c in zip(said, cases) if c.kind == "rendered"]
    if steep:
        print("  rendered by angle " + ", ".join(f"{lo}-{lo + 15}: {np.mean([h for a, h in steep if lo <= a < lo + 15]):.2f}" for lo in range(0, 90, 15)))


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--data", type=pathlib.Path, default=ROOT / "../shared/data")
    a.add_argument("--work", type=pathlib.Path, default=ROOT / "build/needle_network")
    a.add_argument("--count", type=int, default=900, help="rendered pictures a fold")
    a.add_argument("--folds", nargs="*", default=list(FOLDS), choices=list(FOLDS))
    o = a.parse_args()
    data = o.data.resolve()
    tool = build_tool(ROOT / "build/training")
    pictures = pickle.loads((o.work / "pictures.pickle").read_bytes())
    folds = {}
    for fold in o.folds:
        folder = o.work / "classifier" / fold
        folder.mkdir(parents=True, exist_ok=True)
        folds[fold] = left_out(data, pictures, FOLDS[fold], folder, o.count), measured_only(data)
        measure(tool, o.work / f"{fold}.onnx", folds[fold][0] + folds[fold][1], folder)
    pickle.dump(folds, open(o.work / "verdict/lines.pickle", "wb"))
    names = open(folder / "lines.csv").readline().strip().split(",")[EVIDENCE:]
    everything = [c for cases, _ in folds.values() for c in cases]
    whole, unseen = Classifier(everything, names), []
    for fold, (cases, only) in folds.items():
        others = [c for other, (these, _) in folds.items() if other != fold for c in these]
        classifier = Classifier(others, names) if others else whole
        unseen.append(calibration_lines(classifier, cases))
        classifier.calibrate(*unseen[-1])
        print(f"{fold}: its own sources, by trees fitted to " + ("the others" if others else "ALL"))
        said = [classifier.of(c) for c in cases + only]
        none = np.sort([p for (p, _, _), c in zip(said, cases + only) if c.needle is None and "rendered" not in c.kind])[::-1]
        report(cases + only, said, [none[int(len(none) * r)] for r in (0.02, 0.01, 0.004)] + [0.8])
        worst = sorted(((p, c.kind, c.name) for (p, _, _), c in zip(said, cases + only) if c.needle is None), reverse=True)[:10]
        print("  most like needles: " + ", ".join(f"{k} {n} {p:.2f}" for p, k, n in worst), flush=True)
    whole.calibrate(*(np.concatenate(v) for v in zip(*unseen)))
    print(f"calibration: {whole.slope:.3f} {whole.shift:.3f}")
    for fold, (cases, only) in folds.items():
        print(f"{fold}: by the trees that are written (in sample but for seen/ and needle/)")
        report(cases + only, [whole.of(c) for c in cases + only], [0.5, 0.8])
    pickle.dump((whole, names), open(o.work / "verdict/classifier.pickle", "wb"))
    if len(o.folds) == len(FOLDS):
        boosted_trees.write(WEIGHTS, "needle_classifier_weights", "train_needle_classifier.py", "needle_network_model_card.md",
                            whole.models, whole.slope, whole.shift)


if __name__ == "__main__":
    main()
