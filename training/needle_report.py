#!/usr/bin/python3
"""What the networks of training/train_needle_network.py see in pictures of sources left out, and the verdict made of it.

    /usr/bin/python3 training/needle_report.py            prints recall by angle, thickness and contrast, false needles, wrong
                                                          lines, and the weights of the verdict

Each source is judged by the network that never saw it: aponeurosis/ by `without_aponeurosis`, planes/ and nerves_vessels/ by
`without_planes_nerves`. Real needles (seen/, needle/) are seen by neither and judged by both.
"""
import argparse
import pathlib
import pickle

import cv2
import numpy as np
import torch

import needle_measures
from needle_network import SIDE, NeedleNetwork, inputs
from needle_reading import lines
from needle_rendering import Renderer

ROOT = pathlib.Path(__file__).resolve().parent.parent
FOLDS = {"without_aponeurosis": ("aponeurosis",), "without_planes_nerves": ("planes", "nerves_vessels")}


def features(found):
    """What the verdict on the best of `found` is made of."""
    best = found[0]
    second = found[1]["score"] if len(found) > 1 else 0.0
    return [1.0, np.sqrt(max(best["score"], 0)), best["mean"], best["low"], np.log(best["length"]), best["tip"], best["other"],
            np.sqrt(max(second, 0))]


def rendered(net, pictures, seed, count, share_needle):
    """(features, right or not, needle or none, best line) of pictures drawn into `pictures`."""
    renderer = Renderer(pictures, seed, 1.0, share_needle)
    out = []
    for first in range(0, count, 16):
        batch = [renderer.sample(first + i) for i in range(16)]
        net.eval()
        with torch.no_grad():
            maps = net(inputs(torch.from_numpy(np.stack([b[0] for b in batch])))).numpy()
        for m, (_, points, weights, tip, needle) in zip(maps, batch):
            found = lines(m, 2)
            shown = points[weights > 0] if points is not None else None
            ok = None
            if shown is not None and len(shown) >= 14:
                ok = bool(found) and needle_measures.right(found[0], (0, 0, SIDE, SIDE), shown[-1], shown[0])[0]
            elif points is not None:
                continue
            out.append((features(found) if found else None, ok, needle, shown))
    return out


def logistic(x, y, weight, decay=1.0):
    middle, spread = x.mean(0), x.std(0) + 1e-9
    middle[0], spread[0] = 0, 1
    z, w = (x - middle) / spread, np.zeros(x.shape[1])
    hold = np.diag([1e-6] + [decay] * (x.shape[1] - 1))
    for _ in range(60):
        p = 1 / (1 + np.exp(-z @ w))
        w += np.linalg.solve((z * (weight * p * (1 - p))[:, None]).T @ z + hold, z.T @ (weight * (y - p)) - hold @ w)
    w = w / spread
    w[0] -= (w[1:] * middle[1:]).sum()
    return w


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--data", type=pathlib.Path, default=ROOT / "../shared/data")
    a.add_argument("--work", type=pathlib.Path, default=ROOT / "build/needle_network")
    a.add_argument("--count", type=int, default=1200, help="rendered pictures a fold")
    a.add_argument("--one", help="judge every source by this network (in sample where it learnt from it)")
    o = a.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    pictures = pickle.loads((o.work / "pictures.pickle").read_bytes())
    sets, empty = needle_measures.with_needle(o.data), needle_measures.without(o.data, pictures)
    drawn, real, needles = [], {}, []
    for fold, sources in FOLDS.items():
        net = NeedleNetwork()
        net.load_state_dict(torch.load(o.work / f"{o.one or fold}.pt")["mean"])
        drawn += rendered(net, [p[2] for p in pictures if p[0] in sources], 99, o.count, 0.85)
        for name in sources + ("bone",):
            found = [lines(m, 2) for m in needle_measures.maps_of(net, [p[1] for p in empty[name]])]
            real.setdefault(name, []).extend((features(f) if f else None, n) for f, (n, _) in zip(found, empty[name]))
        for name, list_ in sets.items():
            for m, p in zip(needle_measures.maps_of(net, [p[1] for p in list_]), list_):
                f = lines(m, 2)
                ok = None if p[3] is None else bool(f) and needle_measures.right(f[0], *p[2:])[0]
                needles.append((name, features(f) if f else None, ok, p[0]))
    x = [(f, ok is True, 1.0) for f, ok, _, _ in drawn if f] + [(f, False, 3.0) for name, l in real.items() if name != "bone" for f, _ in l if f]
    x, y, w = (np.array(v, float) for v in zip(*x))
    weights = logistic(x, y, w)
    print("weights of the verdict (1, root score, mean, low quarter, log length, tip, other end, root of the second's score):\n  " +
          ", ".join(f"{v:.5g}" for v in weights))
    sure = lambda f: -99.0 if f is None else float(np.dot(weights, f))
    pooled = np.array([sure(f) for l in real.values() for f, _ in l])
    for rate in (0.02, 0.01, 0.004, 0.001):
        at = float(np.quantile(pooled, 1 - rate))
        print(f"verdict over {at:.2f}: false " + ", ".join(f"{n} {sum(sure(f) > at for f, _ in l)}/{len(l)}" for n, l in real.items()))
        for name in sets:
            these = [(sure(f) > at, ok) for n, f, ok, _ in needles if n == name]
            print(f"  {name}: right {sum(s and ok is True for s, ok in these)} of {sum(ok is not None for _, ok in these)}, "
                  f"wrong {sum(s and ok is not True for s, ok in these)}", end=";")
        there = [(sure(f) > at, ok, n, s) for f, ok, n, s in drawn if ok is not None]
        none = [sure(f) > at for f, ok, n, s in drawn if ok is None]
        print(f"\n  rendered: right {np.mean([s and ok for s, ok, _, _ in there]):.3f}, wrong {np.mean([s and not ok for s, ok, _, _ in there]):.4f}; "
              f"needle-free rendered false {np.mean(none):.4f}")
        angle = np.array([abs(n.steep) for _, _, n, _ in there])
        hit = np.array([s and ok for s, ok, _, _ in there])
        print("  by angle " + ", ".join(f"{lo}-{lo + 15}: {hit[(angle >= lo) & (angle < lo + 15)].mean():.2f}" for lo in range(0, 90, 15)))
        contrast = np.array([n.contrast for _, _, n, _ in there])
        print("  by contrast " + ", ".join(f"{a:.2f}-{b:.2f}: {hit[(contrast >= a) & (contrast < b)].mean():.2f}" for a, b in ((0.07, 0.15), (0.15, 0.25), (0.25, 0.45), (0.45, 1.01))))
        print("  by wall " + ", ".join(f"{k}: {hit[[n.wall == k for _, _, n, _ in there]].mean():.2f}" for k in ("thin", "band", "double", "uneven")))
    worst = sorted(((sure(f), n) for l in real.values() for f, n in l), reverse=True)[:12]
    print("most like needles: " + ", ".join(f"{n} {v:.1f}" for v, n in worst))


if __name__ == "__main__":
    main()
