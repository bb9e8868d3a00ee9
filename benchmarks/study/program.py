"""Runs the product and the scoring scripts, and reads what they write."""
import csv
import json
import pathlib
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor

ROOT = pathlib.Path(__file__).resolve().parents[2]
IMAGES = {".png", ".jpg", ".jpeg", ".bmp"}


class Skipped(Exception):
    """A part that cannot be measured on this machine; says why."""


def rows(path):
    with open(path, newline="") as f:
        return list(csv.DictReader(f))


def images_of(folder):
    """As the image folder source orders them: naturally."""
    def natural(path):
        return [int(t) if t.isdigit() else t for t in re.split(r"(\d+)", path.name)]
    return sorted((p for p in folder.iterdir() if p.suffix.lower() in IMAGES), key=natural)


def _stated(path, name):
    """The number that a source file gives this name, so that it is said in one place."""
    found = re.search(rf"\b{name}\s*=\s*([0-9.]+)", (ROOT / path).read_text())
    if not found:
        raise RuntimeError(f"{path} no longer states {name}")
    return float(found.group(1))


class Run:
    """One `acuguide process`."""

    def __init__(self, out):
        self.out = out
        self.frames = rows(out / "frames.csv")

    def needles(self):
        """(confidence, tip x, tip y, tail x, tail y) of each frame in which a needle is observed, by frame."""
        keys = ("confidence", "tip_x_px", "tip_y_px", "tail_x_px", "tail_y_px")
        return {int(r["frame"]): tuple(float(r[k]) for k in keys)
                for r in rows(self.out / "needle.csv") if r["state"] == "observed"}


class Setting:
    """Where things are, and the product itself."""

    def __init__(self, build, data, score, out, quick):
        self.build, self.data, self.score, self.out, self.quick = build, data, score, out, quick
        out.mkdir(parents=True, exist_ok=True)

    def need(self, folder):
        path = self.data / folder
        if not path.is_dir():
            raise Skipped(f"needs {path}, which this machine does not have")
        return path

    def tool(self, name):
        path = self.build / name
        if not path.exists():
            raise Skipped(f"needs {path}; build it first: scripts/build release")
        return path

    def call(self, command):
        done = subprocess.run([str(c) for c in command], capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(str(c) for c in command[:4])} ... ended with {done.returncode}: "
                               + (done.stderr.strip() or done.stdout.strip())[-400:])
        return done.stdout

    def process(self, source, name, still=False):
        out = self.out / "runs" / name
        self.call([self.tool("acuguide"), "process", source, "--out", out, "--threads", "1"]
                  + (["--still"] if still else []))
        return Run(out)

    def process_all(self, jobs):
        """Several (source, name, still) on both cores, in the order given."""
        with ThreadPoolExecutor(2) as pool:
            return list(pool.map(lambda job: self.process(*job), jobs))

    def scored(self, script, *arguments):
        return json.loads(self.call(["/usr/bin/python3", self.score / script, *arguments]))

    def operating_point(self):
        """Confidence from which a needle is drawn at once: the tracker's default."""
        return _stated("tracking/needle_tracker.h", "bornConfidence")

    def picture_folders(self, kind):
        """Leaf folders with needle-free real pictures: planes/ or nerves_vessels/."""
        top = self.need(kind) / "images"
        return sorted(p for p in [top, *top.rglob("*")] if p.is_dir() and any(c.suffix.lower() in IMAGES for c in p.iterdir()))
