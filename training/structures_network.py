"""The network that finds nerves and vessels: a small encoder-decoder, and where its encoder starts from.

Encoder: PP-LCNetV3 (Cui et al., "PP-LCNet: A Lightweight CPU Convolutional Neural Network", arXiv:2109.15099; version 3 as
in PaddleOCR), 14 depthwise-separable blocks, strides 2 to 32. It starts from the weights of PaddleOCR's text detector
PP-OCRv4 (Apache 2.0), which has learnt edges, strokes and textures from far more pictures than 204 stills hold.
Decoder: from stride 32 back to 4 by bilinear steps and depthwise-separable convolutions with U-Net's skips (Ronneberger
et al., arXiv:1505.04597). Only operations that OpenCV 4.6 reads from ONNX.
"""
import numpy as np
import onnx
import torch
import torch.nn as nn
import torch.nn.functional as F
from onnx import numpy_helper

MEAN, STD = 0.449, 0.226  # of the pictures the encoder learnt from, all colours together
# kernel, channels in and out, stride, squeeze and excitation
BLOCKS = ([(3, 16, 32, 1, False), (3, 32, 48, 2, False), (3, 48, 48, 1, False), (3, 48, 96, 2, False),
           (3, 96, 96, 1, False), (3, 96, 192, 2, False)] + [(5, 192, 192, 1, False)] * 4 +
          [(5, 192, 384, 2, True), (5, 384, 384, 1, True), (5, 384, 384, 1, False), (5, 384, 384, 1, False)])
SKIPS = {2: 48, 4: 96, 9: 192, 13: 384}  # after which block, and its channels
CLASSES = 3  # none, vessel, nerve


class Convolution(nn.Module):
    """A convolution, hard swish where the block has it, and one scale and shift for all channels."""

    def __init__(self, kernel, wide_in, wide_out, stride, groups, active):
        super().__init__()
        self.conv = nn.Conv2d(wide_in, wide_out, kernel, stride, kernel // 2, groups=groups)
        self.active = active
        self.scale, self.shift = nn.Parameter(torch.ones(1)), nn.Parameter(torch.zeros(1))

    def forward(self, x):
        x = self.conv(x)
        return F.hardswish(x) * self.scale + self.shift if self.active else x


class Squeeze(nn.Module):
    def __init__(self, wide):
        super().__init__()
        self.down, self.up = nn.Conv2d(wide, wide // 4, 1), nn.Conv2d(wide // 4, wide, 1)

    def forward(self, x):
        s = self.up(F.relu(self.down(F.adaptive_avg_pool2d(x, 1))))
        return x * F.hardsigmoid(s)


class Block(nn.Module):
    def __init__(self, kernel, wide_in, wide_out, stride, squeeze):
        super().__init__()
        self.depth = Convolution(kernel, wide_in, wide_in, stride, wide_in, stride == 1)
        self.squeeze = Squeeze(wide_in) if squeeze else nn.Identity()
        self.point = Convolution(1, wide_in, wide_out, 1, 1, True)

    def forward(self, x):
        return self.point(self.squeeze(self.depth(x)))


class Step(nn.Module):
    """One step of the decoder: twice as large, joined with the encoder's picture of that size."""

    def __init__(self, wide_below, wide_skip, wide):
        super().__init__()
        self.below, self.skip = nn.Conv2d(wide_below, wide, 1), nn.Conv2d(wide_skip, wide, 1, bias=False)
        self.norm = nn.BatchNorm2d(wide)
        self.mix = nn.Sequential(*[m for _ in range(2) for m in (
            nn.Conv2d(wide, wide, 3, padding=1, groups=wide, bias=False), nn.Conv2d(wide, wide, 1, bias=False),
            nn.BatchNorm2d(wide), nn.ReLU())])

    def forward(self, x, skip):
        x = F.interpolate(self.below(x), scale_factor=2, mode="bilinear", align_corners=False)
        return self.mix(F.relu(self.norm(x + self.skip(skip))))


class StructureNetwork(nn.Module):
    """Pictures (n,1,h,w), grey 0..1, to scores (n,3,h/4,w/4), and to what the whole picture is like (n,384)."""

    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(1, 16, 3, 2, 1)
        self.blocks = nn.ModuleList([Block(*b) for b in BLOCKS])
        self.context = nn.Sequential(nn.Conv2d(384, 96, 1), nn.ReLU())
        self.whole = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Conv2d(384, 96, 1), nn.ReLU())
        self.steps = nn.ModuleList([Step(96, 192, 96), Step(96, 96, 64), Step(64, 48, 48)])
        self.heads = nn.ModuleList([nn.Conv2d(w, CLASSES, 1) for w in (96, 64, 48)])

    def encoder(self):
        return list(self.stem.parameters()) + list(self.blocks.parameters())

    def forward(self, x, all_scales=False):
        x = self.stem((x - MEAN) / STD)
        skips = []
        for i, block in enumerate(self.blocks):
            x = block(x)
            if i in SKIPS:
                skips.append(x)
        whole = F.adaptive_avg_pool2d(x, 1)
        x = self.context(x) + self.whole(x)
        scores = []
        for step, head, skip in zip(self.steps, self.heads, skips[-2::-1]):
            x = step(x, skip)
            if all_scales or step is self.steps[-1]:
                scores.append(head(x))
        return scores if all_scales else (scores[-1], whole.flatten(1))


def start_from(network, path):
    """Fills the encoder with the weights of the text detector at `path` (ch_PP-OCRv4_det_infer.onnx)."""
    graph = onnx.load(path).graph
    value = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    value.update({n.output[0]: numpy_helper.to_array(n.attribute[0].t) for n in graph.node if n.op_type == "Constant"})
    nodes = [n for n in graph.node if n.op_type != "Constant"]
    users = {}
    for n in nodes:
        for name in n.input:
            users.setdefault(name, []).append(n)

    def scaled(name):
        """Scale and shift that follow `name`, and what they make of it."""
        mul = next((n for n in users[name] if n.op_type == "Mul" and n.input[0] in value), None)
        if mul is None:
            return 1.0, 0.0, name
        add = users[mul.output[0]][0]
        return float(value[mul.input[0]].ravel()[0]), float(value[add.input[1]].ravel()[0]), add.output[0]

    def after_swish(name):
        end = next(n for n in users[name] if n.op_type == "Mul")
        return users[end.output[0]][0].output[0]

    def fill(conv, weight, bias):
        assert conv.weight.shape == weight.shape, (conv.weight.shape, weight.shape)
        conv.weight.data, conv.bias.data = torch.tensor(weight.copy()), torch.tensor(bias.copy())

    convs = [n for n in nodes if n.op_type == "Conv"]
    stem, norm = convs.pop(0), next(n for n in nodes if n.op_type == "BatchNormalization")
    gain, offset, mean, var = (value[i] for i in norm.input[1:5])
    gain = gain / np.sqrt(var + 1e-5)
    fill(network.stem, (value[stem.input[1]].sum(1) * gain[:, None, None])[:, None], offset - mean * gain)

    def fill_convolution(part):
        n = convs.pop(0)
        scale, shift, name = scaled(n.output[0])
        fill(part.conv, value[n.input[1]] * scale, value[n.input[2]] * scale + shift)
        if part.active:
            scale, shift, _ = scaled(after_swish(name))
            part.scale.data[:], part.shift.data[:] = scale, shift

    for block in network.blocks:
        fill_convolution(block.depth)
        if isinstance(block.squeeze, Squeeze):
            for conv in (block.squeeze.down, block.squeeze.up):
                n = convs.pop(0)
                fill(conv, value[n.input[1]], value[n.input[2]])
        fill_convolution(block.point)
