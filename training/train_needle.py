#!/usr/bin/python3
"""Trains the needle model of imaging/ and writes its weights. One command, from the project's root:

    python3 training/train_needle.py --data ../shared/data

It builds training/needle_samples (our own detector measures every line of needle-free pictures, and of the same
pictures with needles drawn into them), cross-validates by subject, trains on all of it, and writes
imaging/needle_model_weights.h. Uses planes/ (CC0, CC BY) and nerves_vessels/ (CC BY); never opens needle/.
Needs python3-numpy. The seed is fixed: same pictures, same compiler, same weights.
"""
import argparse
import json
import pathlib
import subprocess

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parent.parent
SEED = 20240611
HIDDEN = 14
STEPS = 3000
BATCH = 4096
DECAY = 2e-4


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


class Network:
    """One hidden layer of tanh, trained by Adam on cross-entropy, lines drawn by their weight."""

    def __init__(self, x, y, w, seed):
        random = np.random.RandomState(seed)
        self.mean, self.scale = x.mean(0), np.maximum(x.std(0), 1e-3)
        n = x.shape[1]
        p = [random.randn(n, HIDDEN) / np.sqrt(n), np.zeros(HIDDEN), random.randn(HIDDEN) / np.sqrt(HIDDEN), np.zeros(1)]
        m, v = [np.zeros_like(a) for a in p], [np.zeros_like(a) for a in p]
        z = self.normal(x).astype(np.float32)
        drawn = np.searchsorted(np.cumsum(w) / w.sum(), random.rand(STEPS, BATCH)).clip(0, len(y) - 1)
        for step in range(1, STEPS + 1):
            zb, yb = z[drawn[step - 1]], y[drawn[step - 1]]
            h = np.tanh(zb @ p[0] + p[1])
            d = (sigmoid(h @ p[2] + p[3]) - yb) / BATCH
            dh = d[:, None] * p[2][None, :] * (1 - h * h)
            g = [zb.T @ dh + DECAY * p[0], dh.sum(0), h.T @ d + DECAY * p[2], np.array([d.sum()])]
            rate = 0.02 * (1 - step / (STEPS + 1)) + 1e-4
            for i in range(4):
                m[i] = 0.9 * m[i] + 0.1 * g[i]
                v[i] = 0.999 * v[i] + 0.001 * g[i] ** 2
                p[i] = p[i] - rate * (m[i] / (1 - 0.9 ** step)) / (np.sqrt(v[i] / (1 - 0.999 ** step)) + 1e-9)
        self.p = p

    def normal(self, x):
        return np.clip((x - self.mean) / self.scale, -4, 4)

    def score(self, x):
        return np.tanh(self.normal(x) @ self.p[0] + self.p[1]) @ self.p[2] + self.p[3][0]


def weights(s, use):
    """Lines of pictures as they are count most; a needle as much as all of its picture's other lines together."""
    w = np.where(s.label == 1, 6.0, np.where(s.kind == 2, 0.5, np.where(s.kind == 1, 1.0, 4.0)))
    return w[use]


def train(s, use, seed):
    return Network(s.x[use], (s.label[use] == 1).astype(float), weights(s, use), seed)


def cross_validate(s, folds=5):
    """Score of every line by a network that has not seen its subject."""
    groups = sorted(set(s.group))
    random = np.random.RandomState(SEED)
    random.shuffle(groups)
    fold = {g: i % folds for i, g in enumerate(groups)}
    of = np.array([fold[g] for g in s.group])
    learn = (s.label == 0) | (s.label == 1)
    score = np.full(len(s.label), -50.0)
    for k in range(folds):
        net = train(s, learn & (of != k), SEED + k)
        score[of == k] = net.score(s.x[of == k])
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


def write_header(path, net, a, b):
    def numbers(values):
        text = [f"{v:.6g}F" if ("." in f"{v:.6g}" or "e" in f"{v:.6g}") else f"{v:.6g}.0F" for v in np.ravel(values)]
        lines, line = [], "   "
        for t in text:
            if len(line) + len(t) + 2 > 108:
                lines.append(line)
                line = "   "
            line += " " + t + ","
        return "\n".join(lines + [line])
    mean, scale = net.mean, net.scale
    with open(path, "w") as f:
        f.write("// Written by training/train_needle.py; see training/needle_model_card.md. Do not edit.\n#pragma once\n\n"
                "#include <cstddef>\n\nnamespace acuguide::imaging::needle_model {\n\n// clang-format off\n"
                f"inline constexpr std::size_t kInputs = {len(mean)};\ninline constexpr std::size_t kHidden = {HIDDEN};\n"
                f"inline constexpr float kMean[kInputs] = {{\n{numbers(mean)}\n}};\n"
                f"inline constexpr float kInverseScale[kInputs] = {{\n{numbers(1 / scale)}\n}};\n"
                f"// Input by input.\ninline constexpr float kHiddenWeights[kInputs][kHidden] = {{\n")
        for row in net.p[0]:
            f.write("  {\n" + numbers(row) + "\n  },\n")
        f.write(f"}};\ninline constexpr float kHiddenBias[kHidden] = {{\n{numbers(net.p[1])}\n}};\n"
                f"inline constexpr float kOutputWeights[kHidden] = {{\n{numbers(net.p[2])}\n}};\n"
                f"inline constexpr float kOutputBias = {float(net.p[3][0]):.7g}F;\n"
                f"// Platt's calibration of the output.\ninline constexpr float kSlope = {a:.7g}F;\n"
                f"inline constexpr float kShift = {b:.7g}F;\n// clang-format on\n\n}}  // namespace acuguide::imaging::needle_model\n")


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
    print(json.dumps(report(s, np.where(s.label == -1, 0, sigmoid(a * score + b))), indent=1))
    net = train(s, learn, SEED)
    write_header(args.out, net, a, b)


if __name__ == "__main__":
    main()
