"""Scores on the real pictures of ../shared/data, as they are and changed."""
import shutil
from concurrent.futures import ThreadPoolExecutor

import cv2
import numpy as np

import needles
from pictures import CHANGES, read_grey
from program import images_of, rows

SETS = ("invitro", "tissue")


def _canny_row(truth, pictures):
    right = 0
    for row, path in zip(truth, pictures):
        line = needles.canny_hough(read_grey(path))
        right += line is not None and needles.Comparison(line, needles.truth_of(row)).on_line
    return right


def needle_sets(setting):
    """Sequence and still; our own comparison must agree with the scoring script."""
    data = setting.need("needle")
    result, cases, contrasts = {}, [], []
    for name in SETS:
        truth, pictures = rows(data / name / "ground_truth.csv"), images_of(data / name / "images")
        for still in (False, True):
            run = setting.process(data / name / "images", f"needle_{name}{'_still' if still else ''}", still)
            score = setting.scored("score_needle.py", data / name / "ground_truth.csv", run.out)
            found, right = run.needles(), 0
            for i, row in enumerate(truth):
                where = needles.truth_of(row)
                if where is None:
                    continue
                c = needles.case(found.get(i), where, source=str(pictures[i].relative_to(setting.data)), still=still,
                                 kind="real needle", contrast=needles.contrast(read_grey(pictures[i]), where))
                right += c["right"]
                cases.append(c)
                if still:
                    contrasts.append(c["contrast"])
            if round(right / max(1, score["frames_with_needle"]), 4) != score["recall"]:
                raise RuntimeError(f"{name}: the study counts {right} right, score_needle.py a recall of {score['recall']}")
            result[name + ("_still" if still else "")] = score
        result[name + "_canny"] = {"right": _canny_row(truth, pictures), "frames": len(pictures)}
    result["contrast"] = {"least": min(contrasts), "median": needles.quantile(contrasts, 0.5), "most": max(contrasts)}
    result["cases"] = [c for c in cases if not c["right"] or abs(c["short"]) > 6]
    return result


def _read_planes(run):
    planes, fibres = {}, {}
    for r in rows(run.out / "planes.csv"):
        planes.setdefault(int(r["frame"]), []).append(
            {"label": r["label"], "confidence": float(r["confidence"]), "x": float(r["x_px"]), "y": float(r["y_px"]),
             "upper": float(r["upper_px"]), "lower": float(r["lower_px"])})
    for r in rows(run.out / "fibres.csv"):
        if r["angle_deg"]:
            fibres[int(r["frame"])] = float(r["angle_deg"])
    return planes, fibres


def _edge(vertices, x, key):
    """As score_planes.py: linear between vertices, the nearest one up to 15 px beyond the ends."""
    line = sorted(vertices, key=lambda p: p["x"])
    if not line or x < line[0]["x"] - 15 or x > line[-1]["x"] + 15:
        return None
    return float(np.interp(x, [p["x"] for p in line], [p[key] for p in line]))


def _plane_cases(setting, runs):
    """Error of each annotated picture, with what the list of the worst needs."""
    consensus = {row["image"]: row for row in rows(setting.data / "planes" / "consensus.csv")}
    cases = []
    for folder, run in runs:
        planes, _ = _read_planes(run)
        for frame, path in enumerate(images_of(folder)):
            source = str(path.relative_to(setting.data / "planes"))
            row = consensus.get(source)
            if row is None:
                continue
            for label, key, edge in (("superficial_aponeurosis", "superficial_y", "lower"),
                                     ("deep_aponeurosis", "deep_y", "upper")):
                if row[key] == "":
                    continue
                vertices = [p for p in planes.get(frame, []) if p["label"] == label]
                y = _edge(vertices, float(row["x_col"]), edge)
                cases.append({"source": "planes/" + source, "plane": label, "off": None if y is None else y - float(row[key]),
                              "confidence": vertices[0]["confidence"] if vertices else 0.0,
                              "range": float(row[key + "_range"] or 0), "truth": [float(row["x_col"]), float(row[key])],
                              "curve": [[p["x"], p[edge]] for p in vertices]})
    return cases


def planes(setting):
    folders = setting.picture_folders("planes")
    runs = setting.process_all([(f, f"planes_{i}", True) for i, f in enumerate(folders)])
    score = setting.scored("score_planes.py", setting.data / "planes", *[r.out for r in runs])
    cases = _plane_cases(setting, list(zip(folders, runs)))
    worst = sorted(cases, key=lambda c: -abs(c["off"]) if c["off"] is not None else -1e9)[:10]
    return {"score": score, "worst": worst, "timtrack": _timtrack(setting)}


def _timtrack(setting):
    """TimTrack's own output in Octave on these same pictures, by the same rule."""
    consensus = {row["image"]: row for row in rows(setting.data / "planes" / "consensus.csv")}
    errors = {}
    for row in rows(setting.data / "planes" / "timtrack_octave.csv"):
        truth = consensus.get(row["image"])
        for key in ("superficial_y", "deep_y", "thickness_px", "superficial_angle_deg", "deep_angle_deg", "fascicle_angle_deg"):
            if truth and truth[key] != "" and row[key] != "":
                errors.setdefault(key, []).append(abs(float(row[key]) - float(truth[key])))
    return {key: {"n": len(v), "mae": sum(v) / len(v)} for key, v in errors.items()}


UNSEEN = {"phantom_convex": "phantom, convex probe", "screen_linear": "full screens, GE Logiq", "handheld_stills": "panels, Clarius"}


def unseen(setting):
    """Scanners of which nothing was learnt, each image by itself: needles found, and needles drawn over bone."""
    jobs = [(setting.need(f"seen/{name}") / "images", f"unseen_{name}", True) for name in UNSEEN]
    free = [(setting.need(f"seen/bone/{part}"), f"unseen_bone_{part}", True) for part in ("stills", "images")]
    runs = setting.process_all(jobs + free)
    result = {name: setting.scored("score_seen.py", setting.data / "seen" / name / "needles.csv", run.out)
              for name, run in zip(UNSEEN, runs)}
    counted = [setting.scored("score_needle.py", "--none", run.out) for run in runs[len(jobs):]]
    result["bone"] = {"pictures": sum(c["frames"] for c in counted), "false": sum(c["false"] for c in counted)}
    return result


def needle_free(setting):
    """Needles drawn in real pictures without one, each by itself and as if the folder were a stream."""
    result, false = {}, []
    for kind in ("planes", "nerves_vessels"):
        folders = setting.picture_folders(kind)
        runs = setting.process_all([(f, f"none_{kind}_{i}", True) for i, f in enumerate(folders)])
        counted = [setting.scored("score_needle.py", "--none", r.out) for r in runs]
        result[kind] = {"pictures": sum(c["frames"] for c in counted), "false": sum(c["false"] for c in counted)}
        lines = 0
        for folder, run in zip(folders, runs):
            pictures = images_of(folder)
            lines += sum(needles.canny_hough(read_grey(p)) is not None for p in pictures)
            false += [{"source": str(pictures[i].relative_to(setting.data)), "confidence": n[0], "found": list(n[1:])}
                      for i, n in run.needles().items()]
        result[kind]["canny_false"] = lines
    result["false_ones"] = false
    return result


def _changed_folder(setting, change, folder, name):
    """Writes the changed pictures; returns the folder."""
    out = setting.out / "changed" / name
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    for i, path in enumerate(images_of(folder)):
        cv2.imwrite(str(out / f"{i:04d}.png"), change.apply(read_grey(path)), [cv2.IMWRITE_PNG_COMPRESSION, 1])
    return out


def _take_back(run, change, sizes, originals):
    """Rewrites a run's planes and fibres in the coordinates of the pictures before the change, for score_planes.py."""
    for table in (run.out / "frames.csv", run.out / "planes.csv", run.out / "fibres.csv"):
        lines = rows(table)
        if not lines:
            continue
        for r in lines:
            i = int(r["frame"])
            if table.name == "frames.csv":
                r["image"] = "/".join(originals[i].parts[-2:])
            elif table.name == "fibres.csv" and r["angle_deg"]:
                r["angle_deg"] = change.turns * float(r["angle_deg"])
            elif table.name == "planes.csv":
                x, y, upper, lower = (float(r[k]) for k in ("x_px", "y_px", "upper_px", "lower_px"))
                r["x_px"], r["y_px"] = change.back(x, y, sizes[i])
                upper, lower = change.back(x, upper, sizes[i])[1], change.back(x, lower, sizes[i])[1]
                r["upper_px"], r["lower_px"] = min(upper, lower), max(upper, lower)
        with open(table, "w") as f:
            f.write(",".join(lines[0]) + "\n")
            f.writelines(",".join(str(v) for v in r.values()) + "\n" for r in lines)


def _change_folder(setting, change, folder, name, keep_planes):
    changed = _changed_folder(setting, change, folder, name)
    run = setting.process(changed, "changed_" + name, True)
    sizes = [read_grey(p).shape[::-1] for p in images_of(changed)]
    found = {i: (n[0], *change.back(n[1], n[2], sizes[i]), *change.back(n[3], n[4], sizes[i]))
             for i, n in run.needles().items()}
    if keep_planes:
        _take_back(run, change, sizes, images_of(folder))
    shutil.rmtree(changed)
    return run, found


def changed(setting):
    """All of the above under changes of the picture."""
    result, false = {}, []
    folders = [(kind, f) for kind in ("planes", "nerves_vessels") for f in setting.picture_folders(kind)]
    needle_data = setting.need("needle")
    for change in CHANGES:
        row = {"pictures": 0, "false": 0}
        key = change.name.replace(" ", "_")
        jobs = [(setting, change, f, f"{key}_{i}", kind == "planes") for i, (kind, f) in enumerate(folders)]
        jobs += [(setting, change, needle_data / s / "images", f"{key}_{s}", False) for s in SETS]
        with ThreadPoolExecutor(2) as pool:
            done = list(pool.map(lambda job: _change_folder(*job), jobs))
        plane_runs = []
        for (kind, folder), (run, found) in zip(folders, done):
            row["pictures"] += len(run.frames)
            row["false"] += len(found)
            false += [{"source": str(images_of(folder)[i].relative_to(setting.data)), "change": change.name,
                       "confidence": n[0], "found": list(n[1:])} for i, n in found.items()]
            if kind == "planes":
                plane_runs.append(run.out)
        score = setting.scored("score_planes.py", setting.data / "planes", *plane_runs)
        row["planes"] = {k: score["all"][k]["mae"] for k in ("superficial_y", "deep_y", "thickness_px", "fascicle_angle_deg")}
        row["planes_missing"] = sum(score["missing"].values())
        row["needles"], row["needles_right"] = 0, 0
        for name, (run, found) in zip(SETS, done[len(folders):]):
            truth = rows(needle_data / name / "ground_truth.csv")
            row["needles"] += len(truth)
            row["needles_right"] += sum(needles.case(found.get(i), needles.truth_of(t))["right"] for i, t in enumerate(truth))
        result[change.name] = row
    result["false_ones"] = false
    return result
