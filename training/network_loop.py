"""How a network here is trained: fresh samples and hard ones seen before, one cycle of the learning rate, a running mean of the weights.

One thread to train, one process to draw. A run goes on from its checkpoint.
"""
import copy
import time

import numpy as np
import torch

FRESH, AGAIN, POOL = 8, 8, 3000  # samples a step drawn for it, and drawn before
KEEP = 200  # steps between two checkpoints


class Drawn(torch.utils.data.IterableDataset):
    """Samples number `first` on, each a tuple of tensors, of the renderer that `renderer()` makes in the drawing process."""

    def __init__(self, renderer, sample, first):
        self.renderer, self.sample, self.first = renderer, sample, first

    def __iter__(self):
        import cv2
        cv2.setNumThreads(1)
        renderer, number = self.renderer(), self.first
        while True:
            yield self.sample(renderer, number)
            number += 1


def loader(renderer, sample, step):
    drawn = Drawn(renderer, sample, step * FRESH)
    return iter(torch.utils.data.DataLoader(drawn, batch_size=FRESH, num_workers=1, prefetch_factor=8))


def train(name, net, steps, rate, path, seed, drawn, inputs, loss, flipped, kept, every, check):
    """`drawn(step, mean)`: an iterator of batches from `step` on; `inputs(x)`: what the network is given; `loss(answer, *labels)`:
    value, parts, each sample's own; `flipped(x, *labels)`: a mirrored batch; `kept(mean)`: after each checkpoint; `check(mean)`."""
    mean, step = copy.deepcopy(net), 0
    net = net.to(memory_format=torch.channels_last)
    optimiser = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=0.01)
    plan = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, total_steps=steps + 1, pct_start=0.08, div_factor=10, final_div_factor=100)
    if path.exists():
        saved = torch.load(path)
        net.load_state_dict(saved["net"]), mean.load_state_dict(saved["mean"])
        optimiser.load_state_dict(saved["optimiser"]), plan.load_state_dict(saved["plan"])
        step = saved["step"]
    samples = drawn(step, mean) if step < steps else None
    begin, sums, pool = time.time(), [], []
    while step < steps:
        batch = next(samples)
        rng, fresh = np.random.RandomState(seed + step), [[row, 0.0] for row in zip(*batch)]
        old = [pool[i] for i in rng.randint(len(pool), size=AGAIN // 2)] if pool else fresh[:AGAIN // 2]
        some = [pool[i] for i in rng.randint(len(pool), size=32)] if pool else fresh
        old += sorted(some, key=lambda p: -p[1])[:AGAIN - AGAIN // 2]  # hard ones
        pool += fresh
        del pool[:-POOL]
        again = flipped(*(torch.stack(part) for part in zip(*(p[0] for p in old))))
        x, *labels = (torch.cat(pair) for pair in zip(batch, again))
        net.train()
        with torch.autocast("cpu", torch.bfloat16):
            answer = net(inputs(x).to(memory_format=torch.channels_last))
        value, parts, hard = loss(answer.float(), *labels)
        for p, h in zip(fresh + old, hard.tolist()):
            p[1] = h
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
            kept(mean)
        if step % every == 0 or step == steps:
            check(mean)
            if step < steps:
                samples = drawn(step, mean)
    return mean
