"""The study's plots, as PNG."""
import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

plt.rcParams.update({"font.size": 8, "axes.spines.top": False, "axes.spines.right": False, "axes.grid": True,
                     "grid.alpha": 0.3, "legend.frameon": False, "savefig.dpi": 110})
STYLES = {"rendered into real pictures": ("tab:blue", "o"), "the same, model of unseen subjects": ("tab:green", "^"),
          "simulated insertions": ("tab:orange", "s")}


def _middle(row):
    return (row["from"] + row["to"]) / 2


def sweeps(results, path):
    series = {"rendered into real pictures": results.get("rendered", {}).get("curves", {}),
              "the same, model of unseen subjects": results.get("roc", {}).get("curves", {}),
              "simulated insertions": results.get("insertions", {}).get("curves", {})}
    rates = results.get("insertions", {}).get("rates", [])
    if not any(series.values()):
        return
    figure, axes = plt.subplots(2, 4, figsize=(11, 4.6), sharex="col")
    for column, (key, label) in enumerate((("angle", "insertion angle, degrees"), ("contrast", "needle contrast, grey levels"),
                                           ("depth", "tip depth, share of the picture"))):
        for name, curves in series.items():
            table = curves.get(key, [])
            colour, mark = STYLES[name]
            axes[0][column].plot([_middle(r) for r in table], [r["recall"] for r in table], color=colour, marker=mark, ms=3, label=name)
            tips = [r for r in table if r["tip_median"]]
            axes[1][column].plot([_middle(r) for r in tips], [r["tip_median"] for r in tips], color=colour, marker=mark, ms=3)
            axes[1][column].plot([_middle(r) for r in tips], [r["tip_p95"] for r in tips], color=colour, ls=":", lw=1)
        axes[1][column].set_xlabel(label)
    colour, mark = STYLES["simulated insertions"]
    axes[0][3].plot([r["fps"] for r in rates], [r["recall"] for r in rates], color=colour, marker=mark, ms=3)
    for key, line in (("tip_median", "-"), ("tip_p95", ":")):
        axes[1][3].plot([r["fps"] for r in rates], [r[key] for r in rates], color=colour, ls=line, marker=mark if line == "-" else None, ms=3)
    axes[1][3].set_xlabel("frames per second")
    for axis in axes[0]:
        axis.set_ylim(-0.02, 1.02)
    for axis in axes[1]:
        axis.set_ylim(0, 45)
    axes[0][0].set_ylabel("recall")
    axes[1][0].set_ylabel("tip error along the shaft, px\n(median; dotted: p95)")
    figure.legend(*axes[0][0].get_legend_handles_labels(), loc="upper center", ncol=3)
    figure.tight_layout(rect=(0, 0, 1, 0.94))
    figure.savefig(path)
    plt.close(figure)


def roc(results, path):
    data = results.get("roc")
    if not data:
        return
    figure, axis = plt.subplots(figsize=(5.2, 3.6))
    floor = 0.3 / max(1, data["pictures"]["varied"])
    for key, label in (("recall_real", "20-45 degrees, contrast as real needles"), ("recall_core", "20-45 degrees"), ("recall", "5-65 degrees, all contrasts")):
        axis.plot([max(s["false_varied"], floor) for s in data["steps"]], [s[key] for s in data["steps"]], label=label)
        axis.plot([max(data["point"]["false_varied"], floor)], [data["point"][key]], "ko", ms=4)
    axis.set_xscale("log")
    axis.set_xlabel("share of needle-free pictures (varied) with a false needle")
    axis.set_ylabel("recall")
    axis.legend(loc="lower right", title=f"dots: operating point, confidence {data['point']['confidence']:g}")
    figure.tight_layout()
    figure.savefig(path)
    plt.close(figure)


def times(results, path):
    sizes = results.get("speed", {}).get("sizes", {})
    if not sizes:
        return
    figure, axis = plt.subplots(figsize=(5.2, 3.2))
    for threads, colour in ((1, "tab:blue"), (2, "tab:orange")):
        points = []
        for name, counters in sizes.items():
            size, count = name.split("/threads:")
            if int(count) == threads:
                w, h = (int(v) for v in size.split("x"))
                points.append((w * h / 1e6, counters["whole cpu_median_ms"], counters["whole cpu_p99_ms"]))
        points.sort()
        axis.plot([p[0] for p in points], [p[1] for p in points], marker="o", ms=3, color=colour, label=f"{threads} thread{'s' if threads > 1 else ''}, median")
        axis.plot([p[0] for p in points], [p[2] for p in points], ls=":", color=colour, label="p99")
    axis.set_xlabel("megapixels")
    axis.set_ylabel("whole analysis, processor ms")
    axis.set_ylim(bottom=0)
    axis.legend(ncol=2)
    figure.tight_layout()
    figure.savefig(path)
    plt.close(figure)
