#!/usr/bin/python3
"""Trains the network that sees tissue planes, fibres and bone and writes imaging/planes/plane_network.onnx. One command, from the root:

    /usr/bin/python3 training/train_plane_network.py

Needs the program built (build/acuguide): its simulator's frames are learnt from too.
Thrice with scanners left out (aponeurosis/ and planes/ are of six), then with all, on from there with vessels drawn, and on
from there with the simulator, which is shipped. seen/bone is only measured on.
Seeds are fixed; a run goes on from its checkpoint (build/plane_network/). Needs Debian's python3-torch, -onnx and -opencv.
"""
import argparse
import pathlib
import pickle

import cv2
import numpy as np
import torch

import network_loop
import plane_measures
import plane_pictures
from needle_network import export
from plane_labels import label, loss
from plane_network import PlaneNetwork, inputs
from plane_rendering import PlaneRenderer

ROOT = pathlib.Path(__file__).resolve().parent.parent
SEED = 20261202
# name: (sources left out, steps, start, learning rate)
STAGES = {
    "without_556": (("aponeurosis/556x660", "planes/dataset4"), 2400, None, 3e-3),
    "without_652": (("aponeurosis/652x800", "planes/dataset1"), 2400, None, 3e-3),
    "without_600_688": (("aponeurosis/600x800", "aponeurosis/686x1234", "aponeurosis/688x1234", "aponeurosis/688x1074", "planes/dataset2"), 2400, None, 3e-3),
    "all": ((), 4800, None, 3e-3),
    "settled": ((), 1800, "all", 1e-3),  # as told apart from vessels' walls, which "all" had not seen
    "finished": ((), 1200, "settled", 1e-3),  # and with the simulator's frames
}


def sample(renderer, number):
    grey, *rows, cos2, sin2, weights = renderer.sample(number)
    return torch.from_numpy(grey), *label(*rows, cos2, sin2, weights)


def flipped(x, cells, fibres, weights):
    fibres = fibres.flip(3)
    fibres[:, 1] *= -1
    return x.flip(2), cells.flip(2), fibres, weights


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--data", type=pathlib.Path, default=ROOT / "../shared/data")
    a.add_argument("--work", type=pathlib.Path, default=ROOT / "build/plane_network", help="checkpoints; a run goes on from them")
    a.add_argument("--only", nargs="*", choices=list(STAGES), default=list(STAGES))
    a.add_argument("--every", type=int, default=800, help="steps between two measurements")
    o = a.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    o.work.mkdir(parents=True, exist_ok=True)
    cache = o.work / "pictures.pickle"
    if not cache.exists():
        cache.write_bytes(pickle.dumps(plane_pictures.load(o.data, ROOT / "training")))
    pictures, bones = pickle.loads(cache.read_bytes()), plane_measures.bones(o.data)
    made = plane_pictures.simulated(ROOT / "build/acuguide", o.work / "simulated") if "finished" in o.only else []
    for name in o.only:
        out, steps, start, rate = STAGES[name]
        used = [p for p in pictures if p.source not in out] + (made if name == "finished" else [])
        left = [p for p in pictures if p.source in out] if out else pictures
        print(f"{name}: measured on " + (", ".join(out) if out else "what it learnt from (IN SAMPLE) and bone"), flush=True)
        torch.manual_seed(SEED)
        net = PlaneNetwork()
        if start:
            net.load_state_dict(torch.load(o.work / f"{start}.pt")["mean"])
        seed = SEED % 100000 + list(STAGES).index(name)

        def renderer(used=used, seed=seed):
            return PlaneRenderer(used, seed)

        net = network_loop.train(name, net, steps, rate, o.work / f"{name}.pt", SEED,
                                 lambda step, mean: network_loop.loader(renderer, sample, step), inputs, loss, flipped,
                                 lambda mean: export(mean, o.work / f"{name}.onnx", frames=1), o.every,
                                 lambda mean: plane_measures.measure(mean, left, bones))
        if name == "finished":
            export(net, ROOT / "imaging/planes/plane_network.onnx", frames=1)


if __name__ == "__main__":
    main()
