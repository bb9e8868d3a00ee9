#!/usr/bin/python3
"""The study of accuracy and speed. One command, from anywhere; writes docs/accuracy.md's tables and docs/images/accuracy:

    /usr/bin/python3 benchmarks/study            all of it, some ten minutes on two quiet cores
    /usr/bin/python3 benchmarks/study --quick    on a few frames; writes out/study-quick/accuracy.md instead
    /usr/bin/python3 benchmarks/study --parts speed,worst   these anew, the rest from the last run

Needs build/acuguide, build/study_frames and build/imaging_benchmark (scripts/build), ../shared/data and ../shared/score
for the real pictures (parts that lack theirs are left out and said), and Debian's python3-numpy, python3-opencv,
python3-matplotlib and, for the ROC, python3-sklearn. Results: out/study/results.json, pictures of the worst frames in
out/study/worst. Ends with 1 when a part failed, after doing the others.
"""
import argparse
import json
import pathlib
import sys
import time
import traceback

import made
import page
import plots
import real
import roc
import speed
import worst
from program import ROOT, Setting, Skipped


FAINTER = 60  # grey levels: what a poorer picture than the real ones at hand may still show


class Results(dict):
    """By part; asking for a part that was not measured leaves out the one that asks."""

    def __missing__(self, part):
        raise Skipped(f"needs the part {part}, which was not measured")


def rendered_core(setting, results):
    """Of the rendered needles those at 20 to 45 degrees that stand out at least as the faintest real one, and fainter
    ones too."""
    least = results["needle_sets"]["contrast"]["least"]
    core = results["rendered"]["core"]
    real, fainter = ([right for contrast, right in core if contrast >= limit] for limit in (least, FAINTER))
    return {"n": len(real), "recall": sum(real) / max(1, len(real)), "least_contrast": least,
            "fainter": {"least_contrast": FAINTER, "n": len(fainter), "recall": sum(fainter) / max(1, len(fainter))}}


# In this order: the later ones look at what the earlier ones found.
PARTS = {
    "samples": lambda s, r: made.samples(s),
    "scenarios": lambda s, r: made.scenarios(s),
    "insertions": lambda s, r: made.insertions(s),
    "needle_sets": lambda s, r: real.needle_sets(s),
    "unseen": lambda s, r: real.unseen(s),
    "planes": lambda s, r: real.planes(s),
    "needle_free": lambda s, r: real.needle_free(s),
    "changed": lambda s, r: real.changed(s),
    "rendered": lambda s, r: made.rendered(s),
    "rendered_core": rendered_core,
    "roc": lambda s, r: roc.roc(s, r["needle_sets"]["contrast"]["least"]),
    "speed": lambda s, r: speed.speed(s),
    "worst": lambda s, r: worst.worst(s, r, s.images),
}
SLOW = {"scenarios", "insertions", "changed", "roc"}  # not with --quick


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="few frames, no ROC, documentation untouched")
    parser.add_argument("--parts", help="comma separated: " + ",".join(PARTS))
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build")
    parser.add_argument("--data", type=pathlib.Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--score", type=pathlib.Path, default=ROOT.parent / "shared" / "score")
    parser.add_argument("--out", type=pathlib.Path)
    parser.add_argument("--page", type=pathlib.Path, help="the page to fill in")
    given = parser.parse_args()
    given.out = (given.out or ROOT / "out" / ("study-quick" if given.quick else "study")).resolve()
    given.page = given.page or (given.out / "accuracy.md" if given.quick else ROOT / "docs" / "accuracy.md")
    unknown = set((given.parts or "").split(",")) - set(PARTS) - {""}
    if unknown:
        parser.error(f"there is no part {', '.join(sorted(unknown))}; choose of {', '.join(PARTS)}")
    return given


def run_parts(names, setting, results):
    """Fills `results`; returns the names of the parts that failed."""
    failed = []
    for name in names:
        start = time.monotonic()
        try:
            results[name] = PARTS[name](setting, results)
            print(f"study: {name} ({time.monotonic() - start:.0f} s)", flush=True)
        except Skipped as why:
            print(f"study: {name} left out: {why}", flush=True)
        except Exception:
            failed.append(name)
            print(f"study: {name} FAILED\n{traceback.format_exc()}", flush=True)
        (setting.out / "results.json").write_text(json.dumps(results, indent=1))
    return failed


def main():
    given = arguments()
    setting = Setting(given.build.resolve(), given.data.resolve(), given.score.resolve(), given.out, given.quick)
    setting.images = given.page.resolve().parent / "images" / "accuracy"
    names = given.parts.split(",") if given.parts else [n for n in PARTS if not (given.quick and n in SLOW)]
    before = setting.out / "results.json"
    results = Results(json.loads(before.read_text()) if given.parts and before.exists() else {})
    failed = run_parts(names, setting, results)

    setting.images.mkdir(parents=True, exist_ok=True)
    for name, draw in (("sweeps", plots.sweeps), ("roc", plots.roc), ("times", plots.times)):
        draw(results, setting.images / f"{name}.png")
    text, done = page.fill(given.page.read_text() if given.page.exists() else page.empty(), results)
    given.page.write_text(text)
    print(f"study: wrote {', '.join(done)} into {given.page}")
    for row in page.targets.targets(results):
        print("  " + " | ".join(row))
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
