#!/usr/bin/python3
"""Trains the network that sees needles and writes imaging/needle/needle_network.onnx. One command, from the project's root:

    /usr/bin/python3 training/train_needle_network.py

First on scenes made from nothing, then, from those weights, thrice with real needle-free pictures as well: once without
aponeurosis/, once without planes/ and nerves_vessels/ (what these two say of the sources they have not seen are the left-out
scores), and once with all, which is shipped. A run goes on from its checkpoint (build/needle_network/). seen/ and needle/ are only
measured on. Seeds are fixed; one thread to train, one process to draw. Needs Debian's python3-torch, -onnx and -opencv.
"""
import argparse
import copy
import pathlib
import pickle
import time

import cv2
import numpy as np
import torch

import needle_measures
import needle_pictures
from needle_labels import label, loss
from needle_network import NeedleNetwork, export, inputs
from needle_rendering import Renderer

ROOT = pathlib.Path(__file__).resolve().parent.parent
SEED, FRESH, AGAIN, POOL = 20261201, 8, 8, 3000  # samples a step drawn for it, and drawn before
KEEP = 200  # steps between two checkpoints
# name: (sources drawn into or None, steps, start, learning rate, share of real backgrounds)
STAGES = {
    "made": (None, 2000, None, 3e-3, 0.0),
    "without_planes_nerves": (("aponeurosis",), 4000, "made", 2e-3, 0.6),
    "all": (("planes", "nerves_vessels", "aponeurosis"), 9000, "made", 2e-3, 0.6),
    "without_aponeurosis": (("planes", "nerves_vessels"), 2400, "made", 2e-3, 0.6),
}


class Samples(torch.utils.data.IterableDataset):
    def __init__(self, pictures, seed, first, share_real, chances):
        self.pictures, self.seed, self.first, self.share_real, self.chances = pictures, seed, first, share_real, chances

    def __iter__(self):
        cv2.setNumThreads(1)
        renderer = Renderer(self.pictures, self.seed, self.share_real, chances=self.chances)
        number = self.first
        while True:
            frames, points, weights, tip, _ = renderer.sample(number)
            yield frames, label(points, weights, tip)
            number += 1


def train(name, pictures, work, every, check):
    sources, steps, start, rate, share = STAGES[name]
    used = [p[2] for p in pictures if sources and p[0] in sources]
    torch.manual_seed(SEED)
    net = NeedleNetwork()
    if start:
        net.load_state_dict(torch.load(work / f"{start}.pt")["mean"])
    mean, step = copy.deepcopy(net), 0
    net = net.to(memory_format=torch.channels_last)
    optimiser = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=0.01)
    plan = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, total_steps=steps + 1, pct_start=0.08, div_factor=10, final_div_factor=100)
    path = work / f"{name}.pt"
    if path.exists():
        kept = torch.load(path)
        net.load_state_dict(kept["net"]), mean.load_state_dict(kept["mean"])
        optimiser.load_state_dict(kept["optimiser"]), plan.load_state_dict(kept["plan"])
        step = kept["step"]
    seed = SEED % 100000 + list(STAGES).index(name)

    def samples(step):
        """From `step` on; once the network knows something, the pictures in which it sees needles come more often."""
        chances = None
        if used and step >= steps // 4:
            chances = needle_measures.most_like_needles(mean, used)
        return iter(torch.utils.data.DataLoader(Samples(used, seed, step * FRESH, share, chances), batch_size=FRESH, num_workers=1,
                                                prefetch_factor=8))

    loader = samples(step) if step < steps else None
    begin, sums, pool = time.time(), [], []
    while step < steps:
        x, y = next(loader)
        rng, fresh = np.random.RandomState(SEED + step), [[a, b, 0.0] for a, b in zip(x, y.half())]
        old = [pool[i] for i in rng.randint(len(pool), size=AGAIN // 2)] if pool else fresh[:AGAIN // 2]
        some = [pool[i] for i in rng.randint(len(pool), size=32)] if pool else fresh
        old += sorted(some, key=lambda p: -p[2])[:AGAIN - AGAIN // 2]  # hard negatives
        pool += fresh
        del pool[:-POOL]
        old_x, old_y = torch.stack([p[0] for p in old]).flip(3), torch.stack([p[1] for p in old]).float().flip(3)
        old_y[:, 2] *= -1
        x, y = torch.cat([x, old_x]), torch.cat([y, old_y])
        net.train()
        with torch.autocast("cpu", torch.bfloat16):
            answer = net(inputs(x).to(memory_format=torch.channels_last))
        value, parts, hard = loss(answer.float(), y)
        for p, h in zip(fresh + old, hard.tolist()):
            p[2] = h
        optimiser.zero_grad()
        value.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        optimiser.step()
        plan.step()
        step += 1
        sums.append((value.item(), *parts))
        keep = min(0.998, (1 + step) / (20 + step))
        with torch.no_grad():
            for a, b in zip(mean.state_dict().values(), net.state_dict().values()):
                a.copy_(a * keep + b * (1 - keep) if a.dtype.is_floating_point else b)
        if step % 100 == 0:
            print(f"{name} {step}/{steps} " + " ".join(f"{v:.3f}" for v in np.mean(sums[-100:], 0)) + f" {(time.time() - begin) / len(sums):.2f} s/step", flush=True)
        if step % KEEP == 0 or step == steps:
            torch.save({"net": net.state_dict(), "mean": mean.state_dict(), "optimiser": optimiser.state_dict(), "plan": plan.state_dict(), "step": step}, path)
            if used:
                export(mean, work / f"{name}.onnx")
        if step % every == 0 or step == steps:
            check(mean)
            if used and step < steps:
                loader = samples(step)
    return mean


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
    for name in o.only:
        sources = STAGES[name][0] or ()
        left = {n: e for n, e in empty.items() if n not in sources} if name != "all" else empty
        print(f"{name}: measured on needle-free " + ("sources left out: " if name != "all" else "(IN SAMPLE but bone): ") + ", ".join(left), flush=True)
        net = train(name, pictures, o.work, o.every, lambda n: needle_measures.measure(n, sets, left))
        if name == "all":
            export(net, ROOT / "imaging/needle/needle_network.onnx")


if __name__ == "__main__":
    main()
