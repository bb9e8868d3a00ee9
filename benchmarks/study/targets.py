"""What issue 3 asks for, beside what was measured."""

OUT, IN = "out-of-sample", "in-sample"
SEEN = "not learned from, but in view while choices were made"


class Target:
    """`least` and `aim` are limits: from below where `more` is better. `values` are the measured ones, all must hold."""

    def __init__(self, measure, least, aim, values, sample, more=False, unit="", digits=2):
        self.measure, self.least, self.aim, self.values = measure, least, aim, values
        self.sample, self.more, self.unit, self.digits = sample, more, unit, digits

    def _meets(self, limits):
        pairs = zip(self.values, limits)
        return all((v >= limit - 1e-9) if self.more else (v <= limit + 1e-9) for v, limit in pairs)

    def _text(self, values):
        return " / ".join(f"{v:.{self.digits}f}".rstrip("0").rstrip(".") if self.digits else f"{v:.0f}" for v in values) + self.unit

    def row(self):
        if any(v is None for v in self.values):
            return [self.measure, self._text(self.least), self._text(self.aim), "not measured", "", ""]
        met = "aim" if self._meets(self.aim) else "yes" if self._meets(self.least) else "**no**"
        return [self.measure, self._text(self.least), self._text(self.aim), self._text(self.values), met, self.sample]


def _get(tree, *path):
    for key in path:
        tree = tree.get(key) if isinstance(tree, dict) else None
    return tree


def _needle_targets(r):
    n = lambda *path: _get(r, "needle_sets", *path)
    ends = [100 * n(s, "tip_end_right") / n(s, "found") if n(s, "found") else None for s in ("invitro", "tissue")]
    return [
        Target("needle recall, sequence: in vitro / tissue", [0.95, 0.95], [1, 1], [n("invitro", "recall"), n("tissue", "recall")], SEEN, more=True),
        Target("needle recall, `--still`: in vitro / tissue", [0.9, 0.9], [0.98, 0.98], [n("invitro_still", "recall"), n("tissue_still", "recall")], SEEN, more=True),
        Target("angle, median: in vitro / tissue", [0.7, 0.7], [0.3, 0.3], [n(s, "angle_deg", "median") for s in ("invitro", "tissue")], SEEN, unit=" deg"),
        Target("across the shaft, median: in vitro / tissue", [2, 2], [1, 1], [n(s, "across_px", "median") for s in ("invitro", "tissue")], SEEN, unit=" px"),
        Target("tip along the shaft, median: tissue / in vitro", [8, 15], [4, 10], [n(s, "tip_along_px", "median") for s in ("tissue", "invitro")], SEEN, unit=" px", digits=1),
        Target("right end called the tip: in vitro / tissue", [95, 95], [100, 100], ends, SEEN, more=True, unit=" %", digits=1),
    ]


def _false_targets(r):
    free = [_get(r, "needle_free", k) for k in ("planes", "nerves_vessels")]
    shipped = [100 * sum(f["false"] for f in free) / sum(f["pictures"] for f in free)] if all(free) else [None]
    unseen = _get(r, "roc", "point", "false_as_is")
    return [
        Target("false needles in needle-free real pictures, `--still`, the program", [1], [0], shipped, IN, unit=" %"),
        Target("the same, model of unseen subjects", [1], [0], [None if unseen is None else 100 * unseen], OUT + " by subject", unit=" %"),
        Target("rendered needles, 20-45 degrees, contrast as real ones: recall, the program", [0.9], [0.98], [_get(r, "rendered_core", "recall")], IN + " pictures, new needles", more=True, digits=3),
        Target("the same, model of unseen subjects", [0.9], [0.98], [_get(r, "roc", "point", "recall_real")], OUT + " by subject", more=True, digits=3),
    ]


def _plane_targets(r):
    p = lambda key: _get(r, "planes", "score", "all", key, "mae")
    images, missing = _get(r, "planes", "score", "images"), _get(r, "planes", "score", "missing")
    lost = None if images is None else 100 * max([*missing.values(), 0]) / images
    return [
        Target("superficial / deep / thickness, mean error", [2, 4, 4.5], [1.6, 3.1, 3.6], [p("superficial_y"), p("deep_y"), p("thickness_px")], IN, unit=" px"),
        Target("superficial / deep / fibre angle, mean error", [0.4, 0.5, 1.8], [0.3, 0.3, 1.3], [p("superficial_angle_deg"), p("deep_angle_deg"), p("fascicle_angle_deg")], IN, unit=" deg"),
        Target("planes missing", [1], [0], [lost], IN, unit=" %"),
    ]


def _speed_targets(r):
    f = lambda mode, key: _get(r, "speed", "frames", "needle_in_vitro/" + mode, "whole " + key)
    stages = [_get(r, "speed", "frames", "needle_in_vitro/stream", stage + " allocations")
              for stage in ("region", "planes", "fibres", "needle", "tracking")]
    taken = None if None in stages else sum(stages)
    peers = _get(r, "speed", "peers", "needle_in_vitro") or {}
    ratio = peers["itk_objectness"] / peers["ours_whole"] if "itk_objectness" in peers and peers.get("ours_whole") else None
    return [
        Target("whole analysis, 720x440, one thread, stream: median / p99", [8, 16], [4, 8], [f("stream", "median_ms"), f("stream", "p99_ms")], "on the clock", unit=" ms", digits=1),
        Target("the same, processor time", [8, 16], [4, 8], [f("stream", "cpu_median_ms"), f("stream", "cpu_p99_ms")], "whatever else runs", unit=" ms", digits=1),
        Target("the same, `--still`, processor time", [8, 16], [4, 8], [f("still", "cpu_median_ms"), f("still", "cpu_p99_ms")], "whatever else runs", unit=" ms", digits=1),
        Target("heap allocations a frame after warm-up, stream, imaging and tracking: median", [0], [0], [taken], "malloc counted", digits=0),
        Target("times faster than ITK's Hessian objectness, whole analysis, 720x440", [20], [50], [ratio], "same frames", more=True, digits=0),
    ]


def targets(results):
    return [t.row() for t in _needle_targets(results) + _false_targets(results) + _plane_targets(results) + _speed_targets(results)]
