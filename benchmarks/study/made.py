"""Needles whose place is known exactly: drawn into real pictures, and simulated."""
import math
import shutil
from concurrent.futures import ThreadPoolExecutor

import needles
from pictures import read_grey, read_sequence
from program import images_of, rows

SEED = 4711  # not the one that training draws with
ANGLES = [5, 12, 20, 28, 36, 45, 55, 65]
CONTRASTS = [0, 20, 40, 60, 80, 100, 130, 170]
DEPTHS = [0, 0.2, 0.35, 0.5, 0.65, 0.8, 1.0]
LENGTHS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.9]  # of the visible shaft, share of the root of the picture's area


def _curves(cases):
    return {"angle": needles.curve(cases, "angle", ANGLES), "contrast": needles.curve(cases, "contrast", CONTRASTS),
            "depth": needles.curve(cases, "depth", DEPTHS)}


def _kept(cases, most=40):
    """The worst ones, for the list of the worst frames."""
    from worst import severity
    return sorted(cases, key=severity, reverse=True)[:most]


def _summary(cases):
    tips = [abs(c["short"]) for c in cases if c["on_line"]]
    return {"n": len(cases), "recall": sum(c["right"] for c in cases) / max(1, len(cases)),
            "wrong_line": sum(c["found"] is not None and not c["on_line"] for c in cases),
            "end_right": sum(c.get("end_right", False) for c in cases), "found": sum(c["found"] is not None for c in cases),
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
        size = math.sqrt(height * float(frame["region_w"] or picture.shape[1]))
        cases.append(needles.case(found.get(i), where, source=f"rendered/{row['image']}", kind="rendered needle",
                                  angle=float(row["angle_deg"]), contrast=float(row["contrast"]),
                                  depth=(where[1] - top) / height,
                                  length=math.hypot(where[0] - where[2], where[1] - where[3]) / size))
        line = needles.canny_hough(picture)
        peer += line is not None and needles.Comparison(line, where).on_line
    curves = {**_curves(cases), "length": needles.curve(cases, "length", LENGTHS)}
    return {"all": _summary(cases), "curves": curves, "canny_on_line": peer, "cases": _kept(cases),
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


def _simulated(setting, name, command):
    """Makes the sequence `name` (`command` ends where the two files are to be named), analyses it, compares: its frames
    with a needle, its false frames, how many frames it has."""
    folder = setting.out / "simulated"
    folder.mkdir(exist_ok=True)
    sequence, truth = folder / f"{name}.igs.mha", folder / f"{name}.csv"
    setting.call([part for c in command for part in ([sequence] if c == "SEQUENCE" else [truth] if c == "TRUTH" else [c])])
    run = setting.process(sequence, "sim_" + name)
    return *_sequence_cases(setting, run, rows(truth), name), len(run.frames)


def _simulated_all(setting, jobs):
    """Of (name, command), on both cores: results by name."""
    with ThreadPoolExecutor(2) as pool:
        return dict(zip([name for name, _ in jobs], pool.map(lambda job: _simulated(setting, *job), jobs)))


def scenarios(setting):
    """The simulator's own scenarios from beginning to end."""
    program = setting.tool("acuguide")
    listed = [line.split()[0] for line in setting.call([program, "simulate", "--list"]).splitlines()]
    done = _simulated_all(setting, [(name, [program, "simulate", name, "--seed", 1, "--out", "SEQUENCE", "--truth", "TRUTH"])
                                    for name in listed])
    return {"scenarios": {name: {**_summary(own), "frames": frames, "visible": len(own), "false": len(wrong)}
                          for name, (own, wrong, frames) in done.items()},
            "cases": _kept([c for own, _, _ in done.values() for c in own]),
            "false_ones": [f for _, wrong, _ in done.values() for f in wrong]}


def _insertion_jobs(setting):
    """All angles into two tissues. A flat blade that is to be seen cannot go deep."""
    tool, depth = setting.tool("study_frames"), {10: 7, 20: 12}
    return [(f"insertion_{scenario}_{angle}",
             [tool, "insertion", "SEQUENCE", "TRUTH", scenario, angle, depth.get(angle, 17.5), 10, 5])
            for scenario in ("st36_in_plane", "no_needle") for angle in (10, 20, 30, 40, 50, 60)]


def _rate_jobs(setting, rate):
    program = setting.tool("acuguide")
    return [(f"rate_{scenario}_{rate}", [program, "simulate", scenario, "--seed", 2, "--fps", rate, "--frames", 9 * rate,
                                         "--out", "SEQUENCE", "--truth", "TRUTH"])
            for scenario in ("st36_in_plane", "bl57_calf", "gb34_near_nerve")]


def insertions(setting):
    """Simulated insertions at all angles; and the same scenarios at several frame rates."""
    rates = {rate: _rate_jobs(setting, rate) for rate in (30, 15, 10, 5)}
    angles = _insertion_jobs(setting)
    done = _simulated_all(setting, angles + [job for jobs in rates.values() for job in jobs])
    cases = [c for name, _ in angles for c in done[name][0]]
    return {"curves": _curves(cases), "all": _summary(cases), "cases": _kept(cases),
            "false_ones": [f for _, wrong, _ in done.values() for f in wrong],
            "rates": [{"fps": rate, **_summary([c for name, _ in jobs for c in done[name][0]])} for rate, jobs in rates.items()]}


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
