#!/usr/bin/python3
"""Trains the network that sees needles and writes imaging/needle/needle_network.onnx. One command, from the project's root:

    /usr/bin/python3 training/train_needle_network.py

First on scenes made from nothing, then, from those weights, thrice with real needle-free pictures as well: once without
aponeurosis/, once without planes/ and nerves_vessels/ (what these two say of the sources they have not seen are the left-out
scores), and twice with all, the second time from a high learning rate on. Shipped is what lies between "all" and
"again", weight by weight, a third of the way. A run goes on from its checkpoint (build/needle_network/). seen/ and needle/ are only measured on. Seeds are
fixed; one thread to train, one process to draw. Needs Debian's python3-torch, -onnx and -opencv.
"""
import argparse
import pathlib
import pickle

import cv2
import numpy as np
import torch

import needle_measures
import needle_pictures
import network_loop
from needle_labels import label, loss
from needle_network import NeedleNetwork, export, inputs
from needle_rendering import Renderer

ROOT = pathlib.Path(__file__).resolve().parent.parent
SEED = 20261201
# name: (sources drawn into or None, steps, start, learning rate, share of real backgrounds)
STAGES = {
    "made": (None, 2000, None, 3e-3, 0.0),
    "without_planes_nerves": (("aponeurosis",), 4000, "made", 2e-3, 0.6),
    "all": (("planes", "nerves_vessels", "aponeurosis"), 9000, "made", 2e-3, 0.6),
    "without_aponeurosis": (("planes", "nerves_vessels"), 2400, "made", 2e-3, 0.6),
    "again": (("planes", "nerves_vessels", "aponeurosis"), 6000, "all", 1.5e-3, 0.6),
}
WHOLE = ("all", "again")  # nothing left out


def sample(renderer, number):
    frames, points, weights, tip, _ = renderer.sample(number)
    return torch.from_numpy(frames), torch.from_numpy(label(points, weights, tip)).half()


def flipped(x, y):
    y = y.flip(3)
    y[:, 2] *= -1
    return x.flip(3), y


def train(name, pictures, work, every, check):
    sources, steps, start, rate, share = STAGES[name]
    used = [p[2] for p in pictures if sources and p[0] in sources]
    torch.manual_seed(SEED)
    net = NeedleNetwork()
    if start:
        net.load_state_dict(torch.load(work / f"{start}.pt")["mean"])
    seed = SEED % 100000 + list(STAGES).index(name)

    def drawn(step, mean):
        """Once the network knows something, the pictures in which it sees needles come more often."""
        chances = None
        if used and (step >= steps // 4 or start != "made"):
            chances = needle_measures.most_like_needles(mean, used)
        return network_loop.loader(lambda: Renderer(used, seed, share, chances=chances), sample, step)

    return network_loop.train(name, net, steps, rate, work / f"{name}.pt", SEED, drawn, inputs, lambda answer, y: loss(answer, y.float()),
                              flipped, lambda mean: used and export(mean, work / f"{name}.onnx"), every, check)


def mixed(one, other, pictures, share=0.35):
    """The network whose weights lie between those of two, `share` of the way to the other; its normalisations measured anew."""
    net = NeedleNetwork()
    a, b = one.state_dict(), other.state_dict()
    net.load_state_dict({k: a[k] * (1 - share) + b[k] * share if a[k].dtype.is_floating_point else b[k] for k in a})
    for part in net.modules():
        if isinstance(part, torch.nn.BatchNorm2d):
            part.reset_running_stats()
            part.momentum = None
    net.train()
    renderer = Renderer(pictures, 99, 0.6)
    with torch.no_grad():
        for i in range(24):
            net(inputs(torch.from_numpy(np.stack([renderer.sample(16 * i + j)[0] for j in range(16)]))))
    return net.eval()


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--data", type=pathlib.Path, default=ROOT / "../shared/data")
    a.add_argument("--work", type=pathlib.Path, default=ROOT / "build/needle_network", help="checkpoints; a run goes on from them")
    a.add_argument("--only", nargs="*", choices=list(STAGES), default=list(STAGES))
    a.add_argument("--every", type=int, default=600, help="steps between two measurements")
    o = a.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    o.work.mkdir(parents=True, exist_ok=True)
    kept = o.work / "pictures.pickle"
    if not kept.exists():
        kept.write_bytes(pickle.dumps(needle_pictures.load(o.data, ROOT / "training/needle_regions.csv")))
    pictures = pickle.loads(kept.read_bytes())
    sets, empty = needle_measures.with_needle(o.data), needle_measures.without(o.data, pictures)
    nets = {}
    for name in o.only:
        sources = STAGES[name][0] or ()
        left = {n: e for n, e in empty.items() if n not in sources} if name not in WHOLE else empty
        print(f"{name}: measured on needle-free " + ("sources left out: " if name not in WHOLE else "(IN SAMPLE but bone): ") + ", ".join(left), flush=True)
        nets[name] = train(name, pictures, o.work, o.every, lambda n: needle_measures.measure(n, sets, left))
    if "all" in nets and "again" in nets:
        net = mixed(nets["all"], nets["again"], [p[2] for p in pictures])
        print("between all and again:", flush=True)
        needle_measures.measure(net, sets, empty)
        export(net, ROOT / "imaging/needle/needle_network.onnx")


if __name__ == "__main__":
    main()
