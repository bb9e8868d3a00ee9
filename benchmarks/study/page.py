"""Tables of the results, put between the markers of docs/accuracy.md: <!-- study:NAME --> ... <!-- /study:NAME -->."""
import re

import real
import targets


def table(head, lines):
    out = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(out + ["| " + " | ".join(str(c) for c in line) + " |" for line in lines])


def number(value, digits=2):
    return "–" if value is None else f"{value:.{digits}f}"


def percent(value, digits=1):
    return "–" if value is None else f"{100 * value:.{digits}f} %"


def _targets(r):
    return table(["measure", "at least", "aim", "measured", "met", "how it was measured"], targets.targets(r))


def _needle(r):
    lines = []
    for key, name in (("invitro", "in vitro, sequence"), ("invitro_still", "in vitro, `--still`"),
                      ("tissue", "tissue, sequence"), ("tissue_still", "tissue, `--still`")):
        s = r["needle_sets"][key]
        pair = lambda k: "–" if not s[k] else f"{s[k]['median']:.2f} / {s[k]['p95']:.2f}"
        lines.append([name, s["frames_with_needle"], number(s["recall"]), f"{s['tip_end_right']} of {s['found']}",
                      pair("angle_deg"), pair("across_px"), pair("tip_along_px")])
    canny = [r["needle_sets"][s + "_canny"] for s in ("invitro", "tissue")]
    contrast = r["needle_sets"]["contrast"]
    return (table(["", "frames", "recall", "tip end right", "angle, median / p95, deg", "across, px", "tip along, px"], lines)
            + "\n\n`score_needle.py`; not learned from, but in view while choices were made. OpenCV's Canny and HoughLinesP has its longest"
            f" line on the needle in {canny[0]['right']} of {canny[0]['frames']} and {canny[1]['right']} of {canny[1]['frames']}"
            f" frames. `shaft_*`, the truth, was itself measured on the picture inside of a person's mask, hence such small angles; tips are a person's. These needles stand out by {contrast['least']:.0f} to {contrast['most']:.0f} grey levels (median {contrast['median']:.0f}).")


def _unseen(r):
    pair = lambda v: "–" if not v else f"{v['median']:.2f} / {v['p90']:.2f}"
    lines = [[name, u["with_needle"], u["right"], number(u["recall"]), u["false_or_wrong"], pair(u["angle_deg"]), pair(u["across_px"]),
              pair(u["tip_along_px"]), u["tip_end_right"]] for u, name in ((r["unseen"][k], n) for k, n in real.UNSEEN.items())]
    bone = r["unseen"]["bone"]
    return (table(["images, `--still`", "with a needle", "right", "recall", "wrong lines", "angle, median / p90, deg", "across, px", "tip along, px", "tip end right"], lines)
            + f"\n\n`score_seen.py`, one default set, no hints. Needles drawn in {bone['false']} of {bone['pictures']} images of legs with bone and without a needle.")


def _false(r):
    lines = [[name, r["needle_free"][k]["pictures"], r["needle_free"][k]["false"], r["needle_free"][k]["canny_false"]]
             for k, name in (("planes", "`planes/`"), ("nerves_vessels", "`nerves_vessels/`"))]
    text = table(["needle-free real pictures, `--still`", "pictures", "needles drawn", "Canny + HoughLinesP"], lines)
    return text + "\n\nIn-sample: the model's negatives come from these pictures. The out-of-sample figure is the ROC's."


def _changes(r):
    lines = []
    if "planes" in r:
        s = r["planes"]["score"]["all"]
        lines.append(["as it is", "", "", *[number(s[k]["mae"]) for k in ("superficial_y", "deep_y", "thickness_px", "fascicle_angle_deg")],
                      sum(r["planes"]["score"]["missing"].values())])
    for name, c in r["changed"].items():
        if name == "false_ones":
            continue
        lines.append([name, f"{c['false']} of {c['pictures']}", f"{c['needles_right']} of {c['needles']}",
                      *[number(c["planes"][k]) for k in ("superficial_y", "deep_y", "thickness_px", "fascicle_angle_deg")], c["planes_missing"]])
    return (table(["picture", "false needles", "real needles right", "superficial px", "deep px", "thickness px", "fibre °", "missing"], lines)
            + "\n\nThe pictures of `planes/`, `nerves_vessels/` and `needle/`, `--still`. Gain, blur, size and screen lie outside of what training"
            " draws; the pictures themselves are in-sample, and flips are drawn in training. Errors in px of the original picture.")


def _planes(r):
    score, keys = r["planes"]["score"], ("superficial_y", "deep_y", "thickness_px", "superficial_angle_deg", "deep_angle_deg", "fascicle_angle_deg")
    cells = lambda group, what: [number(group.get(k, {}).get(what)) if group.get(k) else "–" for k in keys]
    lines = [["all, mean", score["images"], *cells(score["all"], "mae")], ["all, median", "", *cells(score["all"], "median")],
             ["all, p95", "", *cells(score["all"], "p95")]]
    names = {"1": "dataset 1 (vastus lateralis)", "2": "dataset 2 (gastrocnemius)", "4A": "dataset 4 A (gastrocnemius)", "4": "dataset 4 A (gastrocnemius)"}
    for group in sorted(k for k in score if k not in ("images", "missing", "all")):
        lines.append([names.get(group, "dataset " + group), score[group]["thickness_px"]["n"], *cells(score[group], "mae")])
    t = r["planes"]["timtrack"]
    lines.append(["TimTrack on these pictures, tuned per data set", max(v["n"] for v in t.values()), *[number(t[k]["mae"]) if k in t else "–" for k in keys]])
    lines.append(["TimTrack as published", "", "2.8", "5.4", "6.6", "0.32", "0.30", "1.4"])
    lines.append(["observers among themselves", "", "1.6", "3.1", "3.6", "0.40", "0.31-0.64", "1.9"])
    missing = score["missing"] or "none"
    return (table(["mean absolute error", "pictures", "superficial px", "deep px", "thickness px", "superficial °", "deep °", "fibre °"], lines)
            + f"\n\n`score_planes.py` against the median of three observers, `--still`; in-sample. Missing: {missing}.")


def _sweep_rows(name, curves, key, unit):
    return [[name, f"{row['from']:g}-{row['to']:g}{unit}", row["n"], percent(row["recall"], 0),
             "–" if not row["tip_median"] else f"{row['tip_median']:.1f} / {row['tip_p95']:.1f}"] for row in curves.get(key, [])]


def _sweeps(r):
    lines = []
    for part, name in (("rendered", "rendered"), ("insertions", "simulated"), ("roc", "unseen subjects")):
        for key, unit in (("angle", "°"), ("contrast", " grey levels"), ("depth", " of the depth"), ("length", " of the picture long")):
            lines += _sweep_rows(name, r.get(part, {}).get("curves", {}), key, unit)
    for rate in r.get("insertions", {}).get("rates", []):
        lines.append(["simulated", f"{rate['fps']} frames/s", rate["n"], percent(rate["recall"], 0),
                      "–" if rate["tip_median"] is None else f"{rate['tip_median']:.1f} / {rate['tip_p95']:.1f}"])
    text = "![Recall and tip error against angle, contrast, depth and frame rate](images/accuracy/sweeps.png)\n\n"
    a = r.get("rendered", {}).get("all")
    if a:
        core = r["rendered_core"]
        text += (f"Rendered into {a['n'] // 4} real pictures, four needles each, `--still`: {percent(a['recall'])} of {a['n']} right, "
                 f"{a['wrong_line']} on a wrong line; at 20-45 degrees with a contrast of at least {core['least_contrast']:.0f} grey levels "
                 f"(the faintest real one) {percent(core['recall'])} of {core['n']}, of at least {core['fainter']['least_contrast']} {percent(core['fainter']['recall'])} "
                 f"of {core['fainter']['n']}. A bent one is compared with the line that fits it best. Canny and HoughLinesP: {r['rendered']['canny_on_line']} on the line. "
                 "The pictures and the way needles are drawn are in-sample, these needles are not; \"unseen subjects\" is the model of the ROC. "
                 "Simulated: out-of-sample for the model, in view while choices were made.\n\n")
    return (text + "<details><summary>The numbers</summary>\n\n"
            + table(["frames", "where", "n", "recall", "tip along, median / p95, px"], lines) + "\n\n</details>")


def _roc(r):
    d = r["roc"]
    count = d["pictures"]
    lines = [[number(s["confidence"]) + (" (operating point)" if s["confidence"] == d["point"]["confidence"] else ""), percent(s["false_as_is"]),
              percent(s["false_varied"]), percent(s["recall"]), percent(s["recall_core"]), percent(s["recall_real"])] for s in d["table"]]
    return ("![ROC](images/accuracy/roc.png)\n\n"
            + table(["confidence", f"false, as is ({count['as_is']})", f"false, varied ({count['varied']})", f"recall, all ({count['drawn']})",
                     f"20-45° ({count['core']})", f"and contrast ≥ {d['least_contrast']:.0f} ({count['real']})"], lines)
            + "\n\nOut-of-sample by subject: each picture is judged by a model and a calibration that have not seen its subject (`training/train_needle.py"
            f" --predictions`). At the operating point {d['false_count']} false in {count['as_is']} pictures as they are and {d['false_varied_count']} in {count['varied']}"
            f" varied ones; the most likely false line has confidence {d['largest_false']:.2f}.")


def _simulated(r):
    lines = []
    named = [(f"`{name}`", s) for name, s in r.get("scenarios", {}).get("scenarios", {}).items()]
    named += [(f"`sample_data/{name}`", s) for name, s in r["samples"].items()]
    for name, s in named:
        tip = "–" if s["tip_median"] is None else f"{s['tip_median']:.1f} / {s['tip_p95']:.1f}"
        lines.append([name, s["frames"], f"{s['found']} of {s['visible']}", percent(s["recall"] if s["visible"] else None, 0), s["wrong_line"], tip, s["false"]])
    return (table(["simulated sequence", "frames", "observed of visible", "right", "off the line", "tip along, median / p95, px (where the line is right)", "false frames"], lines)
            + "\n\n`acuguide simulate NAME --seed 1`, then `process`; never learned from, but in view while choices were made.")


def _times(r):
    s, lines = r["speed"], []
    for name, counters in s["frames"].items():
        for stage in ("region", "planes", "fibres", "needle", "tracking", "guidance", "whole"):
            value = lambda key, stage=stage: counters.get(f"{stage} {key}")
            if value("median_ms") is not None:
                lines.append([name if stage == "region" else "", stage, f"{value('median_ms'):.3f} / {value('p99_ms'):.3f}",
                              f"{value('cpu_median_ms'):.3f} / {value('cpu_p99_ms'):.3f}",
                              "–" if value("allocations") is None else f"{value('allocations'):.0f} / {value('most_allocations'):.0f}"])
    text = (f"`build/imaging_benchmark` on {s['processor']} ({s['cores']} cores), load {s['load']:.1f} at the end"
            + (": **the machine was busy, clock times are too long**" if s["load"] > 1.6 * s["cores"] else "") + ". 300 frames each after warm-up, decoding excluded.\n\n")
    shown = [l for l in lines if l[1] == "whole"]
    names = list(s["frames"])
    text += table(["frames", "clock, median / p99, ms", "processor, median / p99, ms", "allocations, median / most"],
                  [[n, *l[2:]] for n, l in zip(names, shown)])
    text += "\n\n<details><summary>By stage</summary>\n\n" + table(["frames", "stage", "clock, median / p99, ms", "processor, median / p99, ms", "allocations, median / most"], lines) + "\n\n</details>"
    if s["sizes"]:
        rows = {}
        for name, counters in s["sizes"].items():
            size, threads = name.split("/threads:")
            rows.setdefault(size, {})[threads] = f"{counters['whole cpu_median_ms']:.1f} / {counters['whole cpu_p99_ms']:.1f}"
        text += "\n\n![Time against pixels](images/accuracy/times.png)\n\n" + table(["size", "1 thread, processor, median / p99, ms", "2 threads, of the analysing one"], [[k, v.get("1", ""), v.get("2", "")] for k, v in rows.items()])
    if s["peers"]:
        lines = [[name, *[number(p.get(k)) for k in ("ours_whole", "ours_needle", "canny_hough", "itk_objectness")],
                  f"{p['itk_objectness'] / p['ours_whole']:.0f} x", number(p["ours_despeckle"]), number(p["itk_curvature_diffusion"])]
                 for name, p in s["peers"].items()]
        text += "\n\n" + table(["same frames, processor ms", "ours, all", "ours, needle", "Canny + HoughLinesP", "ITK objectness", "ours, all: faster by",
                                "our despeckle", "ITK curvature diffusion"], lines)
    return text


def _worst(r):
    text, names = [], {"real": "Needles, real pictures and rendered into real ones (pictures: `out/study/worst/real_NN.png`; they may not be published)",
                       "simulated": "Needles, simulated", "planes": "Planes (pictures: `out/study/worst/planes_NN.png`)"}
    for key, name in names.items():
        listed = r["worst"].get(key)
        if not listed:
            continue
        lines = [[i + 1, f"`{w['source']}`", w["kind"], w["why"]] for i, w in enumerate(listed)]
        text.append(f"**{name}**\n\n" + ("![Worst simulated frames: truth green, found orange](images/accuracy/worst_simulated.jpg)\n\n" if key == "simulated" else "")
                    + table(["", "frame", "kind", "what went wrong"], lines))
    return "\n\n".join(text)


BLOCKS = {"unseen": (_unseen, ["unseen"]), "needle": (_needle, ["needle_sets"]), "false": (_false, ["needle_free"]), "changes": (_changes, ["changed"]),
          "planes": (_planes, ["planes"]), "sweeps": (_sweeps, ["rendered", "insertions"]), "roc": (_roc, ["roc"]),
          "simulated": (_simulated, ["samples"]), "times": (_times, ["speed"]), "worst": (_worst, ["worst"]), "targets": (_targets, [])}


def fill(text, results):
    """`text` with every block whose results are there; blocks without results stay. Returns (text, names filled)."""
    done = []
    for name, (make, needs) in BLOCKS.items():
        mark = re.compile(rf"(<!-- study:{name} -->\n).*?(<!-- /study:{name} -->)", re.S)
        if all(n in results for n in needs) and mark.search(text):
            body = make(results)
            text = mark.sub(lambda m, body=body: m.group(1) + body + "\n" + m.group(2), text)
            done.append(name)
    return text, done


def empty():
    """A page of markers alone, for a run that must not touch the documentation."""
    return "# Accuracy\n\n" + "\n\n".join(f"<!-- study:{n} -->\n<!-- /study:{n} -->" for n in BLOCKS) + "\n"
