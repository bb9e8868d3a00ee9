"""The real pictures the planes' network learns from, cut to their imaging region, with what is known of them.

Sources: our simulator (frames without a needle and with one); aponeurosis/ (Apache-2.0; masks of aponeuroses or traced fascicles), planes/ (CC0, CC BY 4.0; our lines where the observers'
points agree, plane_labels.csv), nerves_vessels/ (CC BY 4.0; nothing known of planes). Never seen/ or needle/.
"""
import csv
import dataclasses
import pathlib
import subprocess

import cv2
import numpy as np

from needle_pictures import LARGEST, busy_box
from plane_scene import NONE

SIMULATED_SEEDS = range(901, 906)  # used for nothing else


@dataclasses.dataclass
class Picture:
    source: str  # what is left out together: aponeurosis/HEIGHTxWIDTH, planes/dataset1, nerves_vessels
    name: str
    grey: np.ndarray
    superficial: np.ndarray  # row by column, NaN where unknown
    deep: np.ndarray
    cos2: np.ndarray | None = None  # of twice the fibres' angle, rising to the right; NaN where unknown
    sin2: np.ndarray | None = None
    known: bool = True  # whether anything is known of its planes
    boneless: bool = True  # whether it surely shows no bone
    bone: np.ndarray | None = None  # row of its surface by column, NONE beside it; None: not known


def edges(mask):
    """Lower edge of the topmost band and upper edge of the next, by column (the rule of ../shared/score)."""
    m = (mask > 127).astype(np.uint8)
    count, of, stats, middle = cv2.connectedComponentsWithStats(m)
    parts = sorted((i for i in range(1, count) if stats[i, 4] > 200 and stats[i, 2] > 0.2 * m.shape[1]), key=lambda i: middle[i][1])
    rows = [np.full(m.shape[1], np.nan, np.float32) for _ in range(2)]
    if len(parts) >= 2:
        for row, i, last in ((rows[0], parts[0], True), (rows[1], parts[1], False)):
            for x in range(stats[i, 0], stats[i, 0] + stats[i, 2]):
                y = np.flatnonzero(of[:, x] == i)
                if len(y):
                    row[x] = y[-1] if last else y[0]
    return rows


def fascicles(mask):
    """Direction on and near each traced piece."""
    count, of = cv2.connectedComponents((mask > 127).astype(np.uint8))
    cos2, sin2 = (np.full(mask.shape, np.nan, np.float32) for _ in range(2))
    for i in range(1, count):
        y, x = np.nonzero(of == i)
        d = np.stack([x, y], 1).astype(np.float64)
        d -= d.mean(0)
        along = np.linalg.svd(d, full_matrices=False)[2][0]
        if np.ptp(d @ along) < 15:
            continue
        near = cv2.dilate((of == i).astype(np.uint8), np.ones((9, 9), np.uint8)) > 0
        turn = 2 * np.arctan2(-along[1], along[0])
        cos2[near], sin2[near] = np.cos(turn), np.sin(turn)
    return cos2, sin2


def kept(source, name, grey, box, superficial, deep, cos2, sin2, known, boneless=True):
    x, y, w, h = box
    scale = min(1.0, LARGEST / max(w, h))
    part = cv2.resize(grey[y:y + h, x:x + w], None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    columns = np.clip(np.round((np.arange(part.shape[1]) + 0.5) * w / part.shape[1] - 0.5).astype(int), 0, w - 1)
    rows = [((r[x:x + w][columns] - y + 0.5) * part.shape[0] / h - 0.5).astype(np.float32) for r in (superficial, deep)]
    maps = [None if m is None else cv2.resize(m[y:y + h, x:x + w], part.shape[1::-1], interpolation=cv2.INTER_NEAREST) for m in (cos2, sin2)]
    return Picture(source, name, part, *rows, *maps, known, boneless)


def load(data, training):
    found = []
    regions, labels = training / "needle_regions.csv", training / "plane_labels.csv"
    doubtful = set((training / "plane_bone_doubtful.txt").read_text().split("\n"))
    lines, consensus = {}, {}
    for r in csv.DictReader(open(labels)):
        lines.setdefault(r["image"], {}).setdefault(r["plane"], []).append((float(r["x"]), float(r["y"])))
    for r in csv.DictReader(open(data / "planes/consensus.csv")):
        consensus["planes/" + r["image"]] = r
    for r in csv.DictReader(open(regions)):
        grey = cv2.imread(str(data / r["image"]), cv2.IMREAD_GRAYSCALE)
        rows = []
        for plane in ("superficial", "deep"):
            p = sorted(lines.get(r["image"], {}).get(plane, []))
            row = np.full(grey.shape[1], np.nan, np.float32)
            if len(p) > 1:
                x = np.arange(grey.shape[1])
                row = np.interp(x, *zip(*p), left=np.nan, right=np.nan).astype(np.float32)
            rows.append(row)
        cos2 = sin2 = None
        angle = consensus.get(r["image"], {}).get("fascicle_angle_deg", "")
        if angle and not np.isnan(rows[0]).all() and not np.isnan(rows[1]).all():
            y = np.arange(grey.shape[0])[:, None]
            with np.errstate(invalid="ignore"):
                inside = (y > rows[0][None] + 6) & (y < rows[1][None] - 6)
            cos2, sin2 = (np.where(inside, f(np.deg2rad(2 * float(angle))), np.nan).astype(np.float32) for f in (np.cos, np.sin))
        source = "/".join(r["image"].split("/")[0:3:2]) if r["image"].startswith("planes") else "nerves_vessels"
        found.append(kept(source, r["image"], grey, tuple(int(r[k]) for k in "xywh"), *rows, cos2, sin2, source != "nerves_vessels",
                          r["image"] not in doubtful))
    for part in ("apo", "fasc"):
        for path in sorted((data / "aponeurosis" / f"{part}_images").glob("*.png")):
            grey = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
            mask = cv2.imread(str(data / "aponeurosis" / f"{part}_masks" / path.name), cv2.IMREAD_GRAYSCALE)
            h, w = grey.shape
            rows, maps = [np.full(w, np.nan, np.float32)] * 2, (None, None)
            if part == "apo":
                rows = edges(mask)
            else:
                maps = fascicles(mask)
            found.append(kept(f"aponeurosis/{h - h % 2}x{w}", f"aponeurosis/{path.parent.name}/{path.name}", grey, busy_box(grey), *rows, *maps, True))
    return found


def simulated(program, folder):
    """Frames of all scenarios, before the needle and while it goes in."""
    found = []
    folder.mkdir(parents=True, exist_ok=True)
    listed = subprocess.run([program, "simulate", "--list"], check=True, capture_output=True, text=True).stdout
    for name in (line.split()[0] for line in listed.splitlines() if line.strip()):
        for seed in SIMULATED_SEEDS:
            for start in ("0", "5"):
                out = folder / f"{name}_{seed}_{start}"
                if not pathlib.Path(f"{out}.planes.csv").exists():
                    subprocess.run([program, "simulate", name, "--seed", str(seed), "--start", start, "--frames", "1", "--out", out,
                                    "--truth", f"{out}.csv"], check=True, capture_output=True)
                grey = cv2.imread(str(next(out.glob("*.png"))), cv2.IMREAD_GRAYSCALE)
                h, w = grey.shape
                points = {}
                for r in csv.DictReader(open(f"{out}.planes.csv")):
                    points.setdefault(r["label"], []).append([float(r[k]) for k in ("x_px", "y_px", "upper_px", "lower_px")])
                rows = {}
                for label, edge, beside in (("superficial_aponeurosis", 3, np.nan), ("deep_aponeurosis", 2, np.nan), ("bone", 1, NONE)):
                    p = sorted(points.get(label, []))
                    rows[label] = np.full(w, beside, np.float32)
                    if len(p) > 1:
                        rows[label] = np.interp(np.arange(w), [q[0] for q in p], [q[edge] for q in p], left=beside, right=beside).astype(np.float32)
                x, y, w, h = box = busy_box(grey)
                one = kept("simulator", out.name, grey, box, rows["superficial_aponeurosis"], rows["deep_aponeurosis"], None, None, True)
                columns = np.clip(np.round((np.arange(one.grey.shape[1]) + 0.5) * w / one.grey.shape[1] - 0.5).astype(int), 0, w - 1)
                surface = rows["bone"][x:x + w][columns]
                one.bone = np.where(surface <= NONE, NONE, (surface - y + 0.5) * one.grey.shape[0] / h - 0.5).astype(np.float32)
                found.append(one)
    return found
