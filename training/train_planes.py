#!/usr/bin/python3
"""Learns by what the two aponeuroses are chosen and writes the weights. One command, from the project's root:

    /usr/bin/python3 training/train_planes.py

It builds training/plane_samples (our own code measures every pair of curves in each picture, as it is and varied, with the network
that has not seen that scanner: run train_plane_network.py before), cross-validates by scanner, fits on all of it, writes
imaging/planes/plane_pair_weights.h and prints what training/planes_model_card.md reports. Uses planes/ (CC0, CC BY),
aponeurosis/ (Apache-2.0) and nerves_vessels/ (CC BY). Needs Debian's python3-numpy, -scipy and -opencv. The seed is fixed:
same pictures, same compiler, same weights.

The model is a softmax over all pairs of a picture and "no muscle between two aponeuroses here". A pair is right to the degree its
edges lie on the observers': exp(-(error beyond the best pair on offer) / 1.3 % of the height).
"""
import argparse
import csv
import pathlib
import subprocess

import cv2
import numpy as np
from scipy.optimize import minimize

from plane_pictures import edges
from train_plane_network import STAGES

ROOT = pathlib.Path(__file__).resolve().parent.parent
SEED, VARIATIONS = 20240611, 6
TOLERANCE = 1.3   # hundredths of the height
MOST_ERROR = 13.0  # of one curve, hundredths of the height
WRONG = 2.5  # the rule of ../shared/score
RIDGE = 1.0
NONE_WEIGHT = 1.0  # of a picture without two aponeuroses


def source_of(data, path):
    """As plane_pictures.py names it; nerves_vessels/ by runs of 17 names, which may show one subject."""
    part = path.relative_to(data).parts
    if part[0] == "aponeurosis":
        h, w = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE).shape
        return f"aponeurosis/{h - h % 2}x{w}"
    return f"planes/{part[2]}" if part[0] == "planes" else f"nerves_vessels/{int(path.stem) // 17}"


def build_tool(build, name):
    subprocess.run(["cmake", "-S", ROOT / "training", "-B", build, "-DCMAKE_BUILD_TYPE=Release"], check=True,
                   stdout=subprocess.DEVNULL)
    subprocess.run(["cmake", "--build", build, "-j2", "--target", name], check=True, stdout=subprocess.DEVNULL)
    return build / name


def sample(data, build, networks):
    tool = build_tool(build, "plane_samples")
    out = build / "plane_samples.csv"
    with open(build / "truth.csv", "w") as truth, open(build / "pictures.csv", "w") as list_:
        truth.write("picture,plane,x,y\n")
        list_.write("picture,group,network\n")
        stages = [n for n in STAGES if STAGES[n][0]]
        for k, path in enumerate(p for folder in ("planes/images", "nerves_vessels/images", "aponeurosis/apo_images")
                                 for p in sorted((data / folder).rglob("*")) if p.suffix.lower() in (".png", ".jpg", ".jpeg", ".bmp")):
            source = source_of(data, path)
            unseen = [n for n in stages if source in STAGES[n][0]] or [stages[k % len(stages)]]  # none left nerves_vessels/ out
            if source.startswith("aponeurosis"):
                mask = cv2.imread(str(path).replace("apo_images", "apo_masks"), cv2.IMREAD_GRAYSCALE)
                rows = dict(zip(("superficial", "deep"), edges(mask)))
                if np.isnan(rows["superficial"]).all():
                    continue
                for plane, row in rows.items():
                    truth.writelines(f"{path},{plane},{x},{row[x]}\n" for x in range(0, len(row), 16) if np.isfinite(row[x]))
            list_.write(f"{path},{source},{networks / unseen[0]}.onnx\n")
        for r in csv.DictReader(open(data / "planes/consensus.csv")):
            for plane in ("superficial", "deep"):
                if r[f"{plane}_y"]:
                    truth.write(f"{data / 'planes' / r['image']},{plane},{r['x_col']},{r[f'{plane}_y']}\n")
    subprocess.run([tool, out, str(SEED), str(VARIATIONS), build / "truth.csv", build / "pictures.csv"], check=True)
    return out


class Samples:
    """All pairs, and the pictures they are of: `start` is the first pair of a picture, `of` the picture of a pair."""

    def __init__(self, path):
        with open(path, newline="") as f:
            rows = csv.reader(f)
            head = next(rows)
            table = list(rows)
        number = lambda k: np.array([float(r[k]) if r[k] else np.nan for r in table])  # noqa: E731
        self.names = head[5:]
        key = [(r[1], r[2]) for r in table]
        first = np.array([i == 0 or key[i] != key[i - 1] for i in range(len(key))])
        self.start, self.of = np.flatnonzero(first), np.cumsum(first) - 1
        self.group = np.array([r[0] for r in table])[self.start]
        self.varied = np.array([r[2] != "0" for r in table])[self.start]
        self.superficial, self.deep = number(3), number(4)
        self.x = np.array([r[5:] for r in table], float)
        self.muscle = ~(np.isnan(self.superficial) & np.isnan(self.deep))[self.start]
        self.wrong = ~((np.nan_to_num(self.superficial) <= WRONG) & (np.nan_to_num(self.deep) <= WRONG))
        self.any_right = np.maximum.reduceat(~self.wrong, self.start)
        error = sum(np.minimum(np.abs(np.nan_to_num(e)), MOST_ERROR) for e in (self.superficial, self.deep))
        self.cost = error - np.minimum.reduceat(error, self.start)[self.of]


def softmax(score, none, start, of):
    top = np.maximum(np.maximum.reduceat(score, start), none)
    e, e0 = np.exp(score - top[of]), np.exp(none - top)
    total = np.add.reduceat(e, start) + e0
    return e / total[of], e0 / total


def fit(s, use):
    """Weights of the measures and, last, the score of there being no such pair. use: pictures learned from."""
    rows = use[s.of]
    x, right = s.x[rows], np.exp(-s.cost[rows] / TOLERANCE)
    of = (np.cumsum(use) - 1)[s.of[rows]]
    start = np.flatnonzero(np.r_[True, of[1:] != of[:-1]])
    muscle = s.muscle[use]
    mean, scale = x.mean(axis=0), x.std(axis=0)
    z = (x - mean) / scale
    weight = np.where(muscle, 1.0, NONE_WEIGHT) / (1 + VARIATIONS)

    def loss(t):
        w, none = t[:-1], t[-1]
        p, p0 = softmax(z @ w, none, start, of)
        hit = np.add.reduceat(p * right, start) + 1e-12
        value = np.sum(weight * np.where(muscle, -np.log(hit), -np.log(p0 + 1e-300))) + 0.5 * RIDGE * w @ w
        g = weight[of] * (p - np.where(muscle[of], p * right / hit[of], 0))
        g0 = np.sum(weight * (p0 - np.where(muscle, 0, 1)))
        return value, np.r_[g @ z + RIDGE * w, g0]

    t = minimize(loss, np.zeros(x.shape[1] + 1), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    w = t[:-1] / scale
    return np.r_[w, t[-1] + w @ mean]


def cross_validate(s):
    """Each pair's score and probability by weights that have not seen its subject or data set."""
    muscles = sorted(set(s.group[s.muscle]))
    others = sorted(set(s.group[~s.muscle]) - set(muscles))
    score, probability = np.zeros(len(s.of)), np.zeros(len(s.of))
    for k, name in enumerate(muscles):
        out = np.isin(s.group, [name] + others[k::len(muscles)])
        t = fit(s, ~out)
        rows = out[s.of]
        value = s.x @ t[:-1]
        score[rows], probability[rows] = value[rows], softmax(value, t[-1], s.start, s.of)[0][rows]
    return score, probability


def chosen(s, score):
    order = np.lexsort((score, s.of))
    return order[np.r_[np.flatnonzero(np.diff(s.of[order])), len(order) - 1]]


def report(title, s, score, probability):
    pick, any_pair = chosen(s, score), np.add.reduceat(probability, s.start)
    print(title)
    for name, use in (("as they are", ~s.varied), ("varied", s.varied)):
        m, n = use & s.muscle, use & ~s.muscle
        a = pick[m]
        print(f"  {name}: superficial median {np.nanmedian(s.superficial[a]):.2f} %, deep {np.nanmedian(s.deep[a]):.2f} %;"
              f" wrong {np.mean(s.wrong[a]):.3f} of {m.sum()};"
              f" two aponeuroses less likely than not {np.sum(any_pair[m] < 0.5)} of {m.sum()};"
              f" in pictures without, more likely than not {np.sum(any_pair[n] > 0.5)} of {n.sum()}")
        for g in sorted(set(s.group[m])):
            b = pick[m & (s.group == g)]
            print(f"    {g}: {np.nanmedian(s.superficial[b]):.2f} %, {np.nanmedian(s.deep[b]):.2f} %,"
                  f" wrong {np.sum(s.wrong[b])} of {len(b)}, no pair on offer is right {np.sum(~s.any_right[s.of[b]])}")
    print("  probability of the chosen pair against the share of right ones (both planes):")
    for low, high in ((0, .2), (.2, .4), (.4, .6), (.6, .8), (.8, 1.01)):
        inside = (probability[pick] >= low) & (probability[pick] < high)
        right = inside & s.muscle & ~s.wrong[pick]
        if inside.any():
            print(f"    {low:.1f}-{min(high, 1):.1f}: {np.sum(right) / np.sum(inside):.2f} of {np.sum(inside)}")


def write(s, t):
    lines = [f"    {value:.3f},  // {name}" for name, value in zip(s.names, t[:-1])]
    (ROOT / "imaging/planes/plane_pair_weights.h").write_text(
        "#pragma once\n\n"
        "// Written by training/train_planes.py: do not edit. Data, licences and scores: training/planes_model_card.md.\n\n"
        "#include \"imaging/planes/plane_pairs.h\"\n\n"
        "#include <array>\n\n"
        "namespace acuguide::imaging {\n\n"
        "// clang-format off\n"
        "/// Score of a pair: the sum of its measures, each times its weight.\n"
        "constexpr std::array<double, PlanePair::measures> planePairWeights = {\n" + "\n".join(lines) + "\n};\n"
        "// clang-format on\n\n"
        "/// Score of there being no muscle between two aponeuroses in the picture.\n"
        f"constexpr double noPlanePairScore = {t[-1]:.3f};\n\n"
        "}  // namespace acuguide::imaging\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default=ROOT / "../shared/data")
    parser.add_argument("--networks", type=pathlib.Path, default=ROOT / "build/plane_network")
    parser.add_argument("--again", action="store_true", help="take plane_samples.csv as it is")
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build-training")
    arguments = parser.parse_args()
    out = arguments.build / "plane_samples.csv"
    s = Samples(out if arguments.again else sample(arguments.data.resolve(), arguments.build, arguments.networks))
    report("Without the scanner in question:", s, *cross_validate(s))
    t = fit(s, np.ones(len(s.start), bool))
    score = s.x @ t[:-1]
    report("With all:", s, score, softmax(score, t[-1], s.start, s.of)[0])
    write(s, t)


if __name__ == "__main__":
    main()
