"""What the network should answer for a drawn needle, and how its answer is judged while it learns."""
import numpy as np
import torch
import torch.nn.functional as F

from needle_network import CELLS, STRIDE

CELL_Y, CELL_X = np.mgrid[0:CELLS, 0:CELLS].astype(np.float32)


def label(points, weights, tip):
    """(6,64,64): shaft 0..1, cosine and sine of twice the angle, tip 0..1, what counts of the shaft, what counts of the tip."""
    out = np.zeros((6, CELLS, CELLS), np.float32)
    out[4:] = 1
    if points is None:
        return out
    p = ((points[::2] - 1.5) / STRIDE).astype(np.float32)
    w = weights[::2]
    r = (CELL_X[..., None] - p[:, 0]) ** 2 + (CELL_Y[..., None] - p[:, 1]) ** 2
    nearest = r.argmin(2)
    d2 = np.take_along_axis(r, nearest[..., None], 2)[..., 0]
    known = w[nearest]
    out[0] = np.exp(-d2 / 0.9) * known
    ahead, behind = p[np.minimum(nearest + 1, len(p) - 1)], p[np.maximum(nearest - 1, 0)]
    turn = np.arctan2(ahead[..., 1] - behind[..., 1], ahead[..., 0] - behind[..., 0])
    out[1], out[2] = np.cos(2 * turn), np.sin(2 * turn)
    out[4] = 1 - (1 - known) * (d2 < 9)
    if tip is not None:
        t = (np.asarray(tip) - 1.5) / STRIDE
        out[3] = np.exp(-((CELL_X - t[0]) ** 2 + (CELL_Y - t[1]) ** 2) / (2 * 1.2 ** 2))
    else:
        out[5] = d2 > 25
    return out


def loss(answer, truth):
    shaft, tip, count, count_tip = truth[:, 0], truth[:, 3], truth[:, 4], truth[:, 5]
    each = F.binary_cross_entropy_with_logits(answer[:, 0], shaft, reduction="none") * count
    worst = each.flatten(1).topk(80, 1)[0].mean(1)  # what looks most like a needle and is none, or the reverse
    p = torch.sigmoid(answer[:, 0]) * count
    on = shaft * count
    has = (on.flatten(1).sum(1) > 3).float()
    overlap = 1 - (2 * (p * on).flatten(1).sum(1) + 1) / ((p * p + on * on).flatten(1).sum(1) + 1)
    of_shaft = (each * (1 + 3 * shaft)).mean() * 4 + 0.25 * worst.mean() + 0.4 * (overlap * has).mean()
    there = (on > 0.3).float()
    turn = ((answer[:, 1:3] - truth[:, 1:3]) ** 2).sum(1)
    of_turn = (turn * there).sum() / (there.sum() + 1)
    of_tip = (F.binary_cross_entropy_with_logits(answer[:, 3], tip, reduction="none") * (1 + 20 * tip) * count_tip).mean() * 3
    hard = worst.detach() * (shaft.flatten(1).amax(1) < 0.1)  # how much of a needle is seen where there is none
    return of_shaft + 0.5 * of_turn + of_tip, (of_shaft.item(), of_turn.item(), of_tip.item()), hard
