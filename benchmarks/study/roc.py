"""The needle model on subjects it has not seen: training/train_needle.py --predictions."""
import hashlib
import os
import shutil
import subprocess

import numpy as np

import needles
from program import ROOT, Skipped, rows

THRESHOLDS = [0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99]
# The grey levels by which the faintest real needle stands out are measured; bins of the curves as in made.py.


def _code():
    """Changes whenever what makes the predictions does."""
    sources = sorted([*(ROOT / "training").glob("*"), *(ROOT / "imaging/needle").glob("*"), *(ROOT / "imaging/planes").glob("*")])
    return hashlib.sha256(b"".join(p.read_bytes() for p in sources if p.is_file())).hexdigest()


def predictions(setting):
    setting.need("planes"), setting.need("nerves_vessels")
    path, mark = setting.out / "predictions.csv", setting.out / "predictions.of"
    if path.exists() and mark.exists() and mark.read_text() == _code():
        return rows(path)
    if setting.quick:
        raise Skipped("takes minutes: not with --quick")
    trainer = ROOT / "training" / "train_needle.py"
    if "--predictions" not in trainer.read_text():
        raise Skipped("training/train_needle.py has no --predictions")
    done = subprocess.run(["/usr/bin/python3", trainer, "--data", setting.data, "--build", setting.out / "build-training",
                           "--predictions", path], capture_output=True, text=True, cwd=ROOT,
                          env={**os.environ, "CMAKE_CXX_COMPILER_LAUNCHER": shutil.which("ccache") or ""})
    if done.returncode != 0:
        raise RuntimeError("train_needle.py --predictions: " + done.stderr.strip()[-400:])
    mark.write_text(_code())
    return rows(path)


def _best_of_pictures(lines):
    """Largest confidence of each picture; with a needle, of the lines that are it."""
    none, drawn = {0: {}, 1: {}}, {}
    for r in lines:
        kind, label, confidence = int(r["kind"]), int(float(r["label"])), float(r["confidence"])
        if kind in none:
            none[kind][r["picture"]] = max(none[kind].get(r["picture"], 0.0), confidence)
        elif label in (1, 2):
            value = confidence if label == 1 else 0.0
            old = drawn.get(r["picture"])
            drawn[r["picture"]] = {"confidence": max(value, old["confidence"] if old else 0.0), "angle": float(r["angle_deg"]),
                                   "contrast": float(r["contrast"])}
    return none, list(drawn.values())


def roc(setting, least_contrast):
    none, drawn = _best_of_pictures(predictions(setting))
    as_is, varied = (np.array(list(none[k].values())) for k in (0, 1))
    confidence = np.array([d["confidence"] for d in drawn])
    core = np.array([20 <= d["angle"] <= 45 for d in drawn])
    real = core & np.array([d["contrast"] >= least_contrast for d in drawn])
    point = setting.operating_point()

    def at(t):
        return {"confidence": t, "false_as_is": float(np.mean(as_is >= t)), "false_varied": float(np.mean(varied >= t)),
                "recall": float(np.mean(confidence >= t)), "recall_core": float(np.mean(confidence[core] >= t)),
                "recall_real": float(np.mean(confidence[real] >= t))}
    steps = sorted({*np.linspace(0.02, 0.98, 49).round(3), *THRESHOLDS, 0.985, 0.99, 0.995, 0.999})
    cases = [{**d, "right": d["confidence"] >= point, "on_line": False, "short": 0.0} for d in drawn]
    curves = {"angle": needles.curve(cases, "angle", [5, 12, 20, 28, 36, 45, 55, 65]),
              "contrast": needles.curve(cases, "contrast", [0, 20, 40, 60, 80, 100, 130, 170])}
    return {"point": at(point), "table": [at(t) for t in THRESHOLDS], "steps": [at(float(t)) for t in steps], "curves": curves,
            "pictures": {"as_is": len(as_is), "varied": len(varied), "drawn": len(drawn), "core": int(core.sum()),
                         "real": int(real.sum())}, "least_contrast": least_contrast,
            "largest_false": float(as_is.max()), "false_count": int((as_is >= point).sum()),
            "false_varied_count": int((varied >= point).sum())}
