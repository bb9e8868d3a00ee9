"""What the planes' network is to answer, 64 x 64 cells of 4 x 4 px, and by how much an answer is wrong.

Channels: in each column the place of the superficial aponeurosis' lower edge, of the deep one's upper edge and of bone, as scores
over the 64 depths beside a score of nought for "not here"; then cosine and sine of twice the fibres' angle (rising to the right),
short where the angle is in doubt.
"""
import numpy as np
import torch
import torch.nn.functional as F

from plane_scene import NONE

CELLS, CHANNELS = 64, 5
COLUMNS = np.arange(CELLS) * 4 + 1.5  # middle of each cell, px


def label(superficial, deep, bone, cos2, sin2, weights):
    """Rows by column of the 256 px picture -> (3,64) cells or NONE or NaN, (2,64,64) fibres, (3) weights."""
    rows = np.stack([np.interp(COLUMNS, np.arange(256), r) if np.isfinite(r).all() and (r > NONE).all() else picked(r)
                     for r in (superficial, deep, bone)])
    cells = np.where(rows <= NONE, NONE, (rows - 1.5) / 4)
    with np.errstate(invalid="ignore"):
        cells = np.where((cells > CELLS - 0.5) | ((cells < -0.5) & (cells > NONE)), NONE, cells)
    fibres = np.stack([cos2, sin2])[:, 1::4, 1::4] if cos2 is not None else np.full((2, CELLS, CELLS), np.nan)
    return (torch.from_numpy(cells.astype(np.float32)), torch.from_numpy(np.ascontiguousarray(fibres, np.float32)),
            torch.tensor(weights, dtype=torch.float32))


def picked(row):
    return row[np.round(COLUMNS).astype(int)]


def loss(answer, cells, fibres, weights):
    """answer (n,5,64,64); the mean loss, its parts and each picture's own."""
    total, parts = 0, []
    n = len(answer)
    for i, share in enumerate((1.0, 1.0, 0.7)):
        score = torch.cat([answer[:, i], torch.zeros(n, 1, CELLS)], 1)  # depths, then "not here"
        logs = F.log_softmax(score, 1)
        want = cells[:, i]
        known = ~torch.isnan(want)
        none = known & (want <= NONE)
        at = torch.nan_to_num(want, nan=0.0).clamp(0, CELLS - 1)
        low = at.floor().long().clamp(max=CELLS - 2)
        part = at - low
        some = -(logs.gather(1, low[:, None])[:, 0] * (1 - part) + logs.gather(1, low[:, None] + 1)[:, 0] * part)
        each = torch.where(none, -logs[:, CELLS], some) * known
        each = each.sum(1) / known.sum(1).clamp(min=1) * weights[:, i]
        total = total + share * each
        parts.append(each.mean().item())
    known = ~torch.isnan(fibres[:, :1])
    off = ((answer[:, 3:5] - torch.nan_to_num(fibres)) ** 2) * known
    each = off.sum((1, 2, 3)) / known.sum((1, 2, 3)).clamp(min=1)
    total = total + 1.5 * each
    parts.append(each.mean().item())
    return total.mean(), parts, total.detach()
