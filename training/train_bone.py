#!/usr/bin/python3
"""Learns which bright surface over darkness is bone and writes the weights. One command, from the project's root:

    /usr/bin/python3 training/train_bone.py

It builds training/bone_samples (our own code measures every piece of surface that may be bone). Bones are drawn into real
needle-free images and made ones (plane_rendering.py); what is no bone comes from the same images without one, and from the real
images as they are, seen by a network that had not seen their scanner (train_plane_network.py, run it before). The model is
logistic, the signs of its weights are what physics says. DARK and SHARE were chosen with the printed figures in view. Printed
for a source is what weights fitted to the others say of it; seen/bone is only measured on. Writes
imaging/planes/plane_bone_weights.h. Needs Debian's python3-numpy, -scipy and -opencv. The seed is fixed.
"""
import argparse
import pathlib
import pickle
import subprocess

import cv2
import numpy as np
from scipy.optimize import minimize

from plane_rendering import PlaneRenderer
from plane_scene import NONE
from train_planes import build_tool
from train_plane_network import STAGES

ROOT = pathlib.Path(__file__).resolve().parent.parent
WEIGHTS = ROOT / "imaging/planes/plane_bone_weights.h"
SEED, PLACES = 31, 9
# More of it speaks for bone (1), against it (-1) or either way (0); the names are plane_bone.h's.
SIGNS = {"seen": 1, "length": 1, "far": -1, "brightest": -1, "below": -1, "beside": -1, "depth": 0, "round": 1}
REAL = 4.0  # weight of a piece of a real image without bone; so many more of them would be met than are at hand
AT = (0.5, 0.6, 0.8)
# A drawn bone counts where it is as dark below as bone is (log of "far"): a filled shadow is no way to tell one from a fascia.
DARK = -1.0
# The network knows drawn bones better than any real one: what it sees is taken down to a random share, from this on.
SHARE = 0.3


class Image:
    def __init__(self, source, path, network="", surface=None, doubtful=False):
        self.source, self.path, self.network, self.surface, self.doubtful = source, path, network, surface, doubtful
        self.x, self.y = np.zeros((0, len(SIGNS))), np.zeros(0)  # evidence of its pieces; 1 bone, 0 none, nan neither


def drawn(pictures, folder, count):
    """Images with bones drawn into them, and without."""
    renderer, images = PlaneRenderer(pictures, SEED), []
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        grey, _, _, surface, *_, weights = renderer.sample(number)
        path = folder / f"{number}.png"
        cv2.imwrite(str(path), grey)
        images.append(Image("drawn", path, surface=surface, doubtful=weights[2] == 0))
    return images


def real(pictures, folder, networks):
    """The real images without bone, each with the network that had not seen its source, or all of them where every one had."""
    images = []
    folder.mkdir(parents=True, exist_ok=True)
    for number, p in enumerate(pictures):
        if not p.boneless:
            continue
        path = folder / f"{number}.png"
        cv2.imwrite(str(path), p.grey)
        blind = [name for name, (out, *_) in STAGES.items() if p.source in out]
        for name in blind or [""]:
            images.append(Image(p.source.split("/")[0], path, networks / f"{name}.onnx" if name else "", np.full(p.grey.shape[1], NONE)))
    return images


def judged(row, surface):
    """Whether a piece lies on a drawn bone: 1, on none at all: 0, else nan."""
    x, y = row[0:2 * PLACES:2], row[1:2 * PLACES:2]
    at = surface[np.clip(np.round(x).astype(int), 0, len(surface) - 1)]
    with np.errstate(invalid="ignore"):
        on = np.abs(at - y) < 6
    if on.mean() > 0.6:
        return 1.0
    # Beside or below a drawn bone there may be another one in the real image, or this one's side.
    return 0.0 if (at <= NONE).mean() > 0.9 else np.nan


def measure(tool, images, folder):
    with open(folder / "images.csv", "w") as f:
        f.write("picture,network\n" + "".join(f"{i.path},{i.network}\n" for i in images))
    subprocess.run([tool, folder / "images.csv", folder / "pieces.csv"], check=True)
    table = np.loadtxt(folder / "pieces.csv", delimiter=",", skiprows=1, ndmin=2)
    names = open(folder / "pieces.csv").readline().strip().split(",")[1 + 2 * PLACES:]
    assert names == list(SIGNS), "SIGNS and plane_bone.h differ"
    for number, image in enumerate(images):
        rows = table[table[:, 0] == number, 1:]
        image.x = rows[:, 2 * PLACES:]
        if image.surface is not None:
            image.y = np.array([judged(r, image.surface) for r in rows])
            if image.doubtful:
                image.y[image.y == 0] = np.nan


def fitted(images):
    rng, names = np.random.RandomState(SEED), list(SIGNS)
    x = np.concatenate([i.x for i in images if len(i.y)])
    y = np.concatenate([i.y for i in images if len(i.y)])
    y[(y == 1) & (x[:, names.index("far")] > DARK)] = np.nan
    x[:, names.index("seen")] *= rng.uniform(SHARE, 1, len(x))
    w = np.concatenate([np.full(len(i.y), 1.0 if i.source == "drawn" else REAL) for i in images if len(i.y)])
    known = np.isfinite(y)
    x, y, w = x[known], y[known], w[known]
    scale = x.std(0) + 1e-9
    z = np.c_[x / scale, np.ones(len(x))]

    def loss(v):
        s = z @ v
        p = 1 / (1 + np.exp(-np.clip(s, -40, 40)))
        value = (w * (np.logaddexp(0, s) - y * s)).sum() / w.sum() + 1e-3 * (v[:-1] ** 2).sum()
        return value, z.T @ (w * (p - y)) / w.sum() + 2e-3 * np.r_[v[:-1], 0]

    bounds = [(0 if s > 0 else None, 0 if s < 0 else None) for s in SIGNS.values()] + [(None, None)]
    v = minimize(loss, np.zeros(z.shape[1]), jac=True, bounds=bounds, method="L-BFGS-B").x
    return np.r_[v[:-1] / scale, v[-1]]


def surest(v, image):
    return (1 / (1 + np.exp(-(image.x @ v[:-1] + v[-1])))).max() if len(image.x) else 0.0


def report(name, v, images):
    said = np.array([surest(v, i) for i in images])
    print(f"  {name}: " + ", ".join(f"over {at}: {(said > at).sum()} of {len(said)}" for at in AT), flush=True)


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--data", type=pathlib.Path, default=ROOT / "../shared/data")
    a.add_argument("--networks", type=pathlib.Path, default=ROOT / "build/plane_network")
    a.add_argument("--count", type=int, default=4000, help="drawn images")
    o = a.parse_args()
    pictures = pickle.loads((o.networks / "pictures.pickle").read_bytes())
    tool, folder = build_tool(ROOT / "build-training", "bone_samples"), o.networks / "bone"
    images = drawn(pictures, folder / "drawn", o.count) + real(pictures, folder / "real", o.networks)
    seen = [Image("bone", p) for part in ("images", "stills") for p in sorted((o.data.resolve() / "seen/bone" / part).glob("*.png"))]
    measure(tool, images + seen, folder)
    print("drawn bones found at all: " + str(sum((i.y == 1).any() for i in images if i.source == "drawn")) + " of "
          + str(sum((i.surface > NONE).mean() > 0.12 for i in images if i.source == "drawn")))
    for source in sorted({i.source for i in images}):
        v = fitted([i for i in images if i.source != source])
        mine = [i for i in images if i.source == source]
        if source == "drawn":
            continue
        print(f"{source} left out:")
        report("false", v, mine)
        report("seen/bone, which is bone (the first four tracked)", v, seen)
    v = fitted(images)
    print("all (what is written):")
    for source in sorted({i.source for i in images} - {"drawn"}):
        report(source + ", false, IN SAMPLE", v, [i for i in images if i.source == source])
    report("seen/bone, which is bone", v, seen)
    print("  its tracked four: " + ", ".join(f"{surest(v, i):.2f}" for i in seen[:4]))
    values = ",\n".join(f"    {w:.4f}  // {n}" .replace("  //", ",  //") for w, n in zip(v, SIGNS)).replace(",\n", "\n")
    WEIGHTS.write_text(f"""#pragma once

// Written by training/train_bone.py: do not edit. Scores: training/plane_network_model_card.md.

#include "imaging/planes/plane_bone.h"

namespace acuguide::imaging {{

// clang-format off
constexpr BoneEvidence boneWeights = {{
{values}
}};
// clang-format on
constexpr double boneBias = {v[-1]:.4f};

}}  // namespace acuguide::imaging
""")


if __name__ == "__main__":
    main()
