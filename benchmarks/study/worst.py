"""The worst frames, what went wrong in each, and their pictures."""
import math

import cv2

from needles import steepness
from pictures import overlay, read_grey, read_sequence, sheet


def _visible(case):
    """px of shaft."""
    tx, ty, ax, ay = case["truth"]
    return math.hypot(tx - ax, ty - ay)


def _beside(case):
    """Along the needle, only not on the straight line between its ends: a bent one, or an echo of it."""
    return case["angle_off"] <= 4 and case["across"] <= 25


def severity(case):
    """A wrong needle is worse than a missed one; of missed ones those are the worst that a person sees at once."""
    if "truth" not in case:
        return 2000 + case["confidence"]
    if case["found"] is None:
        return 300 + min(max(case["contrast"], 0), 100) * min(1.0, _visible(case) / 200)
    if not case["on_line"]:
        return (400 if _beside(case) else 1000) + min(case["across"], 500)
    if not case["end_right"]:
        return 900
    return min(5 * abs(case["short"]), 890)


def reason(case):
    """One line for people."""
    if "truth" not in case:
        return f"a needle where there is none, confidence {case['confidence']:.2f}"
    if case["found"] is None:
        return f"missed: {_visible(case):.0f} px of it visible, contrast {case['contrast']:.0f}, {steepness(case['truth']):.0f} degrees"
    if not case["on_line"] and _beside(case):
        return f"{case['across']:.0f} px beside the line from tip to tail: bent, or an echo"
    if not case["on_line"]:
        return f"wrong line: {case['angle_off']:.0f} degrees and {case['across']:.0f} px off"
    if not case["end_right"]:
        return "the wrong end is called the tip"
    return f"tip {'short' if case['short'] > 0 else 'too far'} by {abs(case['short']):.0f} px"


def plane_reason(case):
    name = case["plane"].replace("_", " ")
    if case["off"] is None:
        return f"{name} not reported there"
    where = f"{abs(case['off']):.0f} px too {'deep' if case['off'] > 0 else 'shallow'}"
    if abs(case["off"]) <= case["range"]:
        return f"{name} {where}; the observers lie {case['range']:.0f} px apart"
    kind = "another line was taken" if abs(case["off"]) > 12 else "edge misplaced"
    return f"{name}: {kind}, {where} (confidence {case['confidence']:.2f})"


def _picture_of(setting, source):
    """What was found in a changed picture has been taken back to the one before the change: shown there."""
    if "#" in source:
        name, frame = source.split("#")
        return read_sequence(setting.out / "simulated" / name)[int(frame)]
    path = setting.out / source if source.startswith("rendered/") else setting.data / source
    return read_grey(path)


def _of_different_scenes(cases, most):
    """Neighbouring frames fail alike: at most two of one sequence."""
    taken, count = [], {}
    for c in sorted(cases, key=severity, reverse=True):
        scene = c["source"].split("#")[0] if "#" in c["source"] else c["source"]
        count[scene] = count.get(scene, 0) + 1
        if count[scene] <= 2:
            taken.append(c)
    return taken[:most]


def _entry(c):
    return {"source": c["source"], "kind": c.get("kind", "needle-free picture") + (f", {c['change']}" if c.get("change") else ""),
            "why": reason(c)}


def _pictures(setting, cases):
    return [overlay(_picture_of(setting, c["source"]), c.get("truth"), c.get("found"), reason(c)) for c in cases]


def worst(setting, results, images):
    """Ten of each. Pictures of simulated frames may go into docs/; those of real ones stay in out/."""
    folder = setting.out / "worst"
    folder.mkdir(exist_ok=True)
    listed = {}
    real = [c for part in ("needle_sets", "rendered") for c in results.get(part, {}).get("cases", [])]
    real += [c for part in ("needle_free", "changed") for c in results.get(part, {}).get("false_ones", [])]
    simulated = [c for part in ("scenarios", "insertions") for k in ("cases", "false_ones")
                 for c in results.get(part, {}).get(k, [])]
    simulated += [c for sample in results.get("samples", {}).values() for c in sample["cases"]]
    for name, cases in (("real", real), ("simulated", simulated)):
        chosen = _of_different_scenes(cases, 10)
        if not chosen:
            continue
        listed[name] = [_entry(c) for c in chosen]
        for i, picture in enumerate(_pictures(setting, chosen)):
            cv2.imwrite(str(folder / f"{name}_{i + 1:02d}.png"), picture)
        if name == "simulated":
            images.mkdir(parents=True, exist_ok=True)
            cv2.imwrite(str(images / "worst_simulated.jpg"), sheet(_pictures(setting, chosen), 4, 360),
                        [cv2.IMWRITE_JPEG_QUALITY, 80])
    plane_cases = results.get("planes", {}).get("worst", [])
    if plane_cases:
        listed["planes"] = [{"source": c["source"], "kind": "annotated muscle", "why": plane_reason(c)} for c in plane_cases]
        for i, c in enumerate(plane_cases):
            x, y = c["truth"]
            curves = [([(x - 8, y), (x + 8, y)], (90, 220, 90))] + ([(c["curve"], (40, 150, 255))] if c["curve"] else [])
            picture = overlay(read_grey(setting.data / c["source"]), None, None, plane_reason(c), curves)
            cv2.imwrite(str(folder / f"planes_{i + 1:02d}.png"), picture)
    return listed
