#!/usr/bin/python3
"""Tests of benchmarks/study. usage: study_test.py BUILD_DIR"""
import pathlib
import subprocess
import sys
import tempfile
import unittest

import cv2
import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(sys.argv.pop(1)) if len(sys.argv) > 1 else ROOT / "build"
sys.path.insert(0, str(ROOT / "benchmarks" / "study"))
sys.dont_write_bytecode = True

import needles  # noqa: E402
import page  # noqa: E402
import pictures  # noqa: E402
import targets  # noqa: E402
import worst  # noqa: E402

TRUTH = (300.0, 200.0, 100.0, 100.0)  # tip, tail


class Comparison(unittest.TestCase):
    def test_the_needle_itself_is_right(self):
        c = needles.Comparison(TRUTH, TRUTH)
        self.assertTrue(c.right and c.end_right)
        self.assertAlmostEqual(c.tip, 0)

    def test_a_short_tip_is_measured_along_the_shaft(self):
        ux, uy = 2 / 5 ** 0.5, 1 / 5 ** 0.5
        c = needles.Comparison((300 - 10 * ux, 200 - 10 * uy, 100, 100), TRUTH)
        self.assertAlmostEqual(c.short, 10)
        self.assertAlmostEqual(c.across, 0)
        self.assertTrue(c.right)
        self.assertAlmostEqual(needles.Comparison((300 + 30 * ux, 200 + 30 * uy, 100, 100), TRUTH).short, -30)

    def test_ends_may_be_swapped_but_it_is_said(self):
        c = needles.Comparison((100, 100, 300, 200), TRUTH)
        self.assertTrue(c.right)
        self.assertFalse(c.end_right)

    def test_a_parallel_or_turned_line_is_wrong(self):
        self.assertFalse(needles.Comparison((300, 210, 100, 110), TRUTH).on_line)
        self.assertFalse(needles.Comparison((300, 220, 100, 80), TRUTH).on_line)

    def test_quantile_and_bins(self):
        self.assertEqual(needles.quantile([4, 1, 3, 2], 0.5), 2)
        self.assertEqual(needles.quantile(range(1, 101), 0.95), 95)
        self.assertIsNone(needles.quantile([], 0.5))
        self.assertEqual(list(needles.binned([0, 5, 10, 20], [0, 10, 20])), [0, 0, 1, -1])

    def test_contrast_is_that_of_the_drawn_line(self):
        picture = np.full((500, 500), 50, np.uint8)
        cv2.line(picture, (300, 200), (100, 100), 170, 5)
        self.assertAlmostEqual(needles.contrast(picture, TRUTH), 120, delta=6)


class Changes(unittest.TestCase):
    def test_a_point_found_in_a_changed_picture_is_taken_back(self):
        picture = np.full((120, 200), 30, np.uint8)
        cv2.circle(picture, (60, 41), 4, 160, -1)
        for change in pictures.CHANGES:
            changed = change.apply(picture)
            inner = changed.copy()
            if change.name == "on a screen":
                inner[:, :pictures.MARGIN[0]] = inner[:, -pictures.MARGIN[0]:] = 0
                inner[:pictures.MARGIN[1]] = 0
            ys, xs = np.nonzero(inner > 0.6 * inner.max())
            x, y = change.back(xs.mean(), ys.mean(), changed.shape[::-1])
            self.assertAlmostEqual(x, 60, delta=0.6, msg=change.name)
            self.assertAlmostEqual(y, 41, delta=0.6, msg=change.name)

    def test_sample_sequences_are_read(self):
        sequence = pictures.read_sequence(ROOT / "sample_data" / "st36_in_plane.igs.mha")
        self.assertEqual(sequence.shape, (45, 480, 640))
        self.assertGreater(sequence.std(), 10)


class Page(unittest.TestCase):
    RESULTS = {"worst": {"planes": [{"source": "a.png", "kind": "k", "why": "because"}]}}

    def test_fills_only_blocks_with_results_and_again_the_same(self):
        before = "prose\n<!-- study:worst -->\nold\n<!-- /study:worst -->\n<!-- study:roc -->\nkept\n<!-- /study:roc -->\nend\n"
        text, done = page.fill(before, self.RESULTS)
        self.assertEqual(done, ["worst"])
        self.assertIn("because", text)
        self.assertNotIn("old", text)
        self.assertIn("kept", text)
        self.assertTrue(text.startswith("prose\n") and text.endswith("end\n"))
        self.assertEqual(page.fill(text, self.RESULTS)[0], text)

    def test_the_documentation_has_a_place_for_every_block(self):
        text = (ROOT / "docs" / "accuracy.md").read_text()
        for name in page.BLOCKS:
            self.assertIn(f"<!-- study:{name} -->\n", text)
            self.assertIn(f"<!-- /study:{name} -->", text)

    def test_targets_tell_met_from_missed(self):
        met = lambda *values: targets.Target("m", [2, 4], [1, 3], values, "s").row()[4]
        recall = lambda value: targets.Target("m", [0.9], [0.98], [value], "s", more=True).row()[4]
        self.assertEqual(met(1.0, 3.0), "aim")
        self.assertEqual(met(1.5, 3.0), "yes")
        self.assertEqual(met(1.0, 4.5), "**no**")
        self.assertEqual([recall(0.89), recall(0.9), recall(0.98)], ["**no**", "yes", "aim"])
        self.assertEqual(targets.Target("m", [2], [1], [None], "s").row()[3], "not measured")


class Worst(unittest.TestCase):
    def test_a_false_needle_is_worse_than_a_wrong_one_than_a_missed_one(self):
        missed = needles.case(None, TRUTH, contrast=90.0)
        wrong = needles.case((0.9, 300, 100, 100, 200), TRUTH, contrast=90.0)
        false = {"source": "a", "confidence": 0.85, "found": list(TRUTH)}
        right = needles.case((0.9, *TRUTH), TRUTH, contrast=90.0)
        order = sorted((right, missed, false, wrong), key=worst.severity, reverse=True)
        self.assertEqual(order, [false, wrong, missed, right])
        self.assertIn("missed", worst.reason(missed))
        self.assertIn("wrong line", worst.reason(wrong))
        self.assertIn("no", worst.reason(false))


class QuickRun(unittest.TestCase):
    def test_sample_data_alone_gives_a_page(self):
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(
                ["/usr/bin/python3", ROOT / "benchmarks" / "study", "--quick", "--parts", "samples,needle_sets,worst", "--build", BUILD,
                 "--data", pathlib.Path(folder) / "absent", "--out", folder], capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            self.assertIn("needle_sets left out: needs", done.stdout)
            text = (pathlib.Path(folder) / "accuracy.md").read_text()
            self.assertIn("`sample_data/st36_in_plane` | 45 |", text)
            self.assertIn("`sample_data/no_needle` | 15 | 0 of 0 |", text)
            self.assertTrue((pathlib.Path(folder) / "images" / "accuracy" / "worst_simulated.jpg").exists())


if __name__ == "__main__":
    unittest.main()
