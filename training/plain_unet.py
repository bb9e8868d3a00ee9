#!/usr/bin/python3
"""A yardstick for the network that finds nerves and vessels: a plain small U-Net, learning from the same stills.

    /usr/bin/python3 training/plain_unet.py [--minutes 23]

Ronneberger et al., arXiv:1505.04597, 16 to 256 channels at 192 x 192, from random weights, two threads. Learns from the stills
that train_structures.py --random 40 learns from, varied alike, and is scored on the same 40. Its masks stay in --work.
"""
import argparse
import json
import pathlib
import time

import cv2
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from structures_pictures import load, upright, varied
from train_structures import ROOT, SEED, left_out_at_random, score

SIDE, BATCH, WIDTH, DEPTH = 192, 8, 16, 4


def two_convolutions(wide_in, wide):
    layers = []
    for i in (wide_in, wide):
        layers += [nn.Conv2d(i, wide, 3, padding=1, bias=False), nn.BatchNorm2d(wide), nn.ReLU()]
    return nn.Sequential(*layers)


class UNet(nn.Module):
    def __init__(self):
        super().__init__()
        wide = [WIDTH << k for k in range(DEPTH + 1)]
        self.down = nn.ModuleList([two_convolutions(1 if k == 0 else wide[k - 1], wide[k]) for k in range(DEPTH + 1)])
        self.rise = nn.ModuleList([nn.ConvTranspose2d(wide[k + 1], wide[k], 2, 2) for k in range(DEPTH)])
        self.up = nn.ModuleList([two_convolutions(2 * wide[k], wide[k]) for k in range(DEPTH)])
        self.head = nn.Conv2d(WIDTH, 3, 1)

    def forward(self, x):
        skips = []
        for i, down in enumerate(self.down):
            x = down(F.max_pool2d(x, 2) if i else x)
            skips.append(x)
        for i in reversed(range(DEPTH)):
            x = self.up[i](torch.cat([self.rise[i](x), skips[i]], 1))
        return self.head(x)


def train(learn, minutes):
    torch.manual_seed(SEED)
    rng = np.random.RandomState(SEED)
    net = UNet().to(memory_format=torch.channels_last)
    optimiser = torch.optim.AdamW(net.parameters(), lr=1e-3, weight_decay=1e-4)
    begun, epoch = time.monotonic(), 0
    while (done := (time.monotonic() - begun) / (60 * minutes)) < 1:
        for group in optimiser.param_groups:
            group["lr"] = 1e-3 * (0.5 + 0.5 * np.cos(np.pi * done)) + 1e-5
        order, total = rng.permutation(len(learn)), 0.0
        for k in range(len(learn) // BATCH):
            pairs = [varied(learn[i], SIDE, rng, 0.7) for i in order[k * BATCH:(k + 1) * BATCH]]
            x = torch.tensor(np.stack([a for a, _ in pairs]))[:, None].contiguous(memory_format=torch.channels_last)
            y = F.one_hot(torch.tensor(np.stack([b for _, b in pairs])).long(), 3).permute(0, 3, 1, 2).float()
            scores = net(x)
            p = F.softmax(scores, 1)
            both, sum_ = (p * y).sum((0, 2, 3))[1:], (p + y).sum((0, 2, 3))[1:]
            loss = -(y * F.log_softmax(scores, 1)).sum(1).mean() + (1 - (2 * both + 10) / (sum_ + 10)).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            total += float(loss)
        epoch += 1
        print(f"epoch {epoch} cost {total / (len(learn) // BATCH):.3f} after {time.monotonic() - begun:.0f} s", flush=True)
    return net.eval()


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--data", type=pathlib.Path, default=ROOT / "../shared/data")
    a.add_argument("--work", type=pathlib.Path, default=ROOT / "build/structures")
    a.add_argument("--minutes", type=float, default=23)
    o = a.parse_args()
    torch.set_num_threads(2)
    learn, watch = left_out_at_random(load(o.data, ROOT / "training/needle_regions.csv"), 40)
    net = train(learn, o.minutes)
    folder = o.work / "plain_unet"
    (folder / "structures").mkdir(parents=True, exist_ok=True)
    for p in watch:
        with torch.no_grad():
            scores = net(torch.tensor(upright(p, SIDE))[None, None])[0].numpy()
        x, y, w, h = p.bounds
        mask = np.zeros(p.size[::-1], np.uint8)
        mask[y:y + h, x:x + w] = cv2.resize(scores.transpose(1, 2, 0), (w, h), interpolation=cv2.INTER_LINEAR).argmax(2)
        cv2.imwrite(str(folder / "structures" / p.name), mask)
    print("plain U-Net:", json.dumps(score(folder, watch, o.data)))


if __name__ == "__main__":
    main()
