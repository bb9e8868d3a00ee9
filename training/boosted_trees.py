"""Writes boosted trees as the constants that imaging/needle/boosted_trees.h reads."""
import numpy as np


def write(path, space, script, card, models, slope, shift):
    """The mean of several models, node after node: {feature or -1, threshold or value, steps to the left and the right
    child}, and Platt's calibration of their sum."""
    nodes, roots = [], []
    for (tree,) in (t for m in models for t in m._predictors):
        roots.append(len(nodes))
        for at, node in enumerate(tree.nodes):
            if node["is_leaf"]:
                nodes.append(f"{{-1, {float(node['value']) / len(models):.5e}F, 0, 0}}")
            else:
                nodes.append(f"{{{node['feature_idx']}, {float(node['num_threshold']):.7e}F, "
                             f"{int(node['left']) - at}, {int(node['right']) - at}}}")

    def rows(items, per_row):
        return "".join("    " + ", ".join(items[i:i + per_row]) + ",\n" for i in range(0, len(items), per_row))
    base = np.mean([np.ravel(m._baseline_prediction)[0] for m in models])
    path.write_text(f"""// Written by training/{script}; see training/{card}. Do not edit.
#pragma once

#include "imaging/needle/boosted_trees.h"

#include <cstddef>

namespace acuguide::imaging::{space} {{

// clang-format off
inline constexpr std::size_t kInputs = {models[0].n_features_in_};
inline constexpr int kRoots[] = {{
{rows([str(r) for r in roots], 20)}}};
inline constexpr TreeNode kNodes[] = {{
{rows(nodes, 4)}}};
inline constexpr double kBaseline = {base:.9g};
// Platt's calibration of the sum.
inline constexpr double kSlope = {slope:.9g};
inline constexpr double kShift = {shift:.9g};
// clang-format on

}}  // namespace acuguide::imaging::{space}
""")
