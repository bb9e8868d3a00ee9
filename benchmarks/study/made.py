"""Needles whose place is known exactly: drawn into real pictures, and simulated."""
import shutil

import numpy as np

import needles
from pictures import read_grey, read_sequence
from program import images_of, rows

SEED = 4711  # not the one that training draws with
ANGLES = [5, 12, 20, 28, 36, 45, 55, 65]
CONTRASTS = [0, 20, 40, 60, 80, 100, 130, 170]
DEPTHS = [0, 0.2, 0.35, 0.5, 0.65, 0.8, 1.0]


def _curves(cases):
    return {"angle": needles.curve(cases, "angle", ANGLES), "contrast": needles.curve(cases, "contrast", CONTRASTS),
            "depth": needles.curve(cases, "depth", DEPTHS)}


def _kept(cases, most=40):
    """The worst ones, for the list of the worst frames."""
    from worst import severity
    return sorted(cases, key=severity, reverse=True)[:most]


def _summary(cases, wanted=lambda c: True):
    chosen = [c for c in cases if wanted(c)]
    tips = [abs(c["short"]) for c in chosen if c["right"]]
    return {"n": len(chosen), "recall": sum(c["right"] for c in chosen) / max(1, len(chosen)),
            "wrong_line": sum(c["found"] is not None and not c["on_line"] for c in chosen),
            "end_right": sum(c.get("end_right", False) for c in chosen), "found": sum(c["found"] is not None for c in chosen),
            "tip_median": needles.quantile(tips, 0.5), "tip_p95": needles.quantile(tips, 0.95)}


def rendered(setting):
    """Each needle-free real picture with needles drawn into it, one at a time; --still."""
    sources = [p for kind in ("planes", "nerves_vessels") for f in setting.picture_folders(kind) for p in images_of(f)]
    if setting.quick:
        sources = sources[::16]
    folder = setting.out / "rendered"
    shutil.rmtree(folder, ignore_errors=True)
    setting.call([setting.tool("study_frames"), "rendered", folder, SEED, 4, *sources])
    run = setting.process(folder, "rendered", still=True)
    found, cases, peer = run.needles(), [], 0
    for i, (row, frame) in enumerate(zip(rows(folder / "truth.csv"), run.frames)):
        where = needles.truth_of(row)
        picture = read_grey(folder / row["image"])
        top, height = float(frame["region_y"] or 0), float(frame["region_h"] or picture.shape[0])
        cases.append(needles.case(found.get(i), where, source=f"rendered/{row['image']}", kind="rendered needle",
                                  angle=float(row["angle_deg"]), contrast=float(row["contrast"]),
                                  depth=(where[1] - top) / height))
        line = needles.canny_hough(picture)
        peer += line is not None and needles.Comparison(line, where).on_line
    return {"all": _summary(cases), "curves": _curves(cases), "canny_on_line": peer, "cases": _kept(cases),
            "core": [[c["contrast"], int(c["right"])] for c in cases if 20 <= c["angle"] <= 45]}


def _sequence_cases(setting, run, truth, name, **more):
    """(cases of frames with a needle, false frames) of one simulated sequence."""
    sequence, found = read_sequence(setting.out / "simulated" / f"{name}.igs.mha"), run.needles()
    cases, false = [], []
    for i, row in enumerate(truth):
        where = needles.truth_of(row)
        source = f"{name}.igs.mha#{i}"
        if where is not None:
            cases.append(needles.case(found.get(i), where, source=source, kind="simulated needle",
                                      angle=needles.steepness(where), depth=where[1] / sequence.shape[1],
                                      contrast=needles.contrast(sequence[i], where), **more))
        elif i in found:
            # A blade that goes in but does not echo yet is not nothing.
            blade = None if row["tip_x"] == "" else tuple(float(row[k]) for k in ("tip_x", "tip_y", "tail_x", "tail_y"))
            if blade is None or not needles.Comparison(found[i][1:], blade).on_line:
                false.append({"source": source, "confidence": found[i][0], "found": list(found[i][1:])})
    return cases, false


def _simulate(setting, name, arguments):
    folder = setting.out / "simulated"
    folder.mkdir(exist_ok=True)
    sequence, truth = folder / f"{name}.igs.mha", folder / f"{name}.csv"
    setting.call(arguments(sequence, truth))
    return sequence, truth


def scenarios(setting):
    """The simulator's own scenarios from beginning to end."""
    listed = [line.split()[0] for line in setting.call([setting.tool("acuguide"), "simulate", "--list"]).splitlines()]
    result, cases, false = {}, [], []
    for name in listed:
        sequence, truth = _simulate(setting, name, lambda s, t, name=name: [
            setting.tool("acuguide"), "simulate", name, "--seed", "1", "--out", s, "--truth", t])
        run = setting.process(sequence, "sim_" + name)
        own, wrong = _sequence_cases(setting, run, rows(truth), name)
        result[name] = {**_summary(own), "frames": len(run.frames), "visible": len(own), "false": len(wrong)}
        cases += own
        false += wrong
    return {"scenarios": result, "cases": _kept(cases), "false_ones": false}


def insertions(setting):
    """Simulated insertions at all angles into two tissues; and the same scenario at several frame rates."""
    cases, false, rates = [], [], []
    depth = {10: 7, 20: 12}  # a flat blade that is to be seen cannot go deep
    for scenario in ("st36_in_plane", "no_needle"):
        for angle in (10, 20, 30, 40, 50, 60):
            name = f"insertion_{scenario}_{angle}"
            sequence, truth = _simulate(setting, name, lambda s, t: [
                setting.tool("study_frames"), "insertion", s, t, scenario, angle, depth.get(angle, 17.5), 10, 5])
            run = setting.process(sequence, name)
            own, wrong = _sequence_cases(setting, run, rows(truth), name)
            cases += own
            false += wrong
    for rate in (30, 15, 10, 5):
        own = []
        for scenario in ("st36_in_plane", "bl57_calf", "gb34_near_nerve"):
            name = f"rate_{scenario}_{rate}"
            sequence, truth = _simulate(setting, name, lambda s, t: [
                setting.tool("acuguide"), "simulate", scenario, "--seed", "2", "--fps", rate, "--frames", 9 * rate,
                "--out", s, "--truth", t])
            own += _sequence_cases(setting, setting.process(sequence, name), rows(truth), name)[0]
        rates.append({"fps": rate, **_summary(own)})
    return {"curves": _curves(cases), "rates": rates, "all": _summary(cases), "cases": _kept(cases), "false_ones": false}


def samples(setting):
    """The short sequences that the project ships with."""
    from program import ROOT
    result = {}
    folder = setting.out / "simulated"
    folder.mkdir(exist_ok=True)
    for path in sorted((ROOT / "sample_data").glob("*.igs.mha")):
        name = path.name.split(".")[0]
        shutil.copyfile(path, folder / f"sample_{name}.igs.mha")
        run = setting.process(path, "sample_" + name)
        own, wrong = _sequence_cases(setting, run, rows(path.parent / f"{name}.truth.csv"), "sample_" + name)
        result[name] = {**_summary(own), "frames": len(run.frames), "visible": len(own), "false": len(wrong),
                        "cases": _kept(own, 10)}
    return result
