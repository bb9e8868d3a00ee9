#pragma once

#include <cstddef>
#include <span>

namespace acuguide::imaging {

/// A node of a regression tree; trees lie one after the other in one row of nodes.
struct TreeNode {
  int feature;      ///< of the input; -1: a leaf
  float value;      ///< threshold (left when not above), or the leaf's value
  int left, right;  ///< steps to the children
};

/// The sum of what boosted trees say (Friedman, Ann. Stat. 2001). `roots`: place of each tree's root among
/// `nodes`.
inline double sumOfTrees(std::span<const int> roots, std::span<const TreeNode> nodes,
                         std::span<const float> inputs) {
  double sum = 0;
  for (const int root : roots) {
    const TreeNode* node = &nodes[static_cast<std::size_t>(root)];
    while (node->feature >= 0)
      node += inputs[static_cast<std::size_t>(node->feature)] <= node->value ? node->left : node->right;
    sum += static_cast<double>(node->value);
  }
  return sum;
}

}  // namespace acuguide::imaging
