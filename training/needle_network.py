"""The network that sees needles: what it is made of, and how it is written for OpenCV.

Input (1,2,256,256): the imaging region stretched to 256 x 256, probe anywhere: grey / 64 - 1, and (grey of the frame before -
grey) / 64 (nought for a still). Output (1,4,64,64), one cell to 4 x 4 px: score of the shaft, cosine and sine of
twice its angle (x right, y down, in the stretched picture), score of the tip. Scores before the logistic function.

Dense convolutions on purpose: OpenCV and torch both run those near the machine's peak, which depthwise ones do not. Only
operations that OpenCV 4.6 reads from ONNX.
"""
import copy
import warnings

import cv2
import numpy as np
import onnx
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.nn.utils.fusion import fuse_conv_bn_eval

SIDE, STRIDE, CELLS = 256, 4, 64


def convolution(wide_in, wide_out, stride=1, spread=1, kernel=3):
    return nn.Sequential(nn.Conv2d(wide_in, wide_out, kernel, stride, spread * (kernel // 2), spread, bias=False),
                         nn.BatchNorm2d(wide_out), nn.ReLU(inplace=True))


class Residue(nn.Module):
    """Two convolutions added to what came in, the second one looking further where `spread` is above 1."""

    def __init__(self, wide, spread=1):
        super().__init__()
        self.first = convolution(wide, wide)
        self.second = nn.Sequential(nn.Conv2d(wide, wide, 3, 1, spread, spread, bias=False), nn.BatchNorm2d(wide))

    def forward(self, x):
        return F.relu(x + self.second(self.first(x)))


class NeedleNetwork(nn.Module):
    def __init__(self, wide=(8, 24, 32, 72, 96), frames=2, bias=(-3.0, 0, 0, -4.0)):
        super().__init__()
        a, b, c, d, e = wide
        self.stem = nn.Sequential(convolution(frames, a, 2), convolution(a, b, 2))  # stride 4
        self.fine = convolution(b, b)
        self.middle = nn.Sequential(convolution(b, c, 2), Residue(c))  # 8
        # 16: cheapest a weight, and most of a shaft is seen at once
        self.coarse = nn.Sequential(convolution(c, d, 2), Residue(d), Residue(d, 2), Residue(d, 4))
        self.whole = nn.Sequential(convolution(d, e, 2), Residue(e))  # 32: what kind of picture this is
        self.to_coarse, self.to_middle, self.to_fine = (convolution(i, o, kernel=1) for i, o in ((e, d), (d, c), (c, b)))
        self.mix_coarse, self.mix_middle, self.mix_fine = convolution(d, d), convolution(c, c), convolution(b, b)
        self.head = nn.Conv2d(b, len(bias), 1)
        self.head.bias.data[:] = torch.tensor(bias)

    def forward(self, x):
        fine = self.fine(self.stem(x))
        middle = self.middle(fine)
        coarse = self.coarse(middle)
        x = self.to_coarse(self.whole(coarse))
        x = self.mix_coarse(coarse + F.interpolate(x, scale_factor=2.0, mode="bilinear", align_corners=False))
        x = self.mix_middle(middle + F.interpolate(self.to_middle(x), scale_factor=2.0, mode="bilinear", align_corners=False))
        x = self.mix_fine(fine + F.interpolate(self.to_fine(x), scale_factor=2.0, mode="bilinear", align_corners=False))
        return self.head(x)


def inputs(pictures):
    """What the network is given for bytes (n,2,256,256): this frame about nought, and how it differs from the one before."""
    x = pictures.float() / 64
    return torch.stack([x[:, 0] - 1, x[:, 1] - x[:, 0]], 1)


def without_norms(net):
    """The same network with every normalisation taken into the convolution before it."""
    net = copy.deepcopy(net).to(memory_format=torch.contiguous_format).eval()
    for part in net.modules():
        if isinstance(part, nn.Sequential):
            for i in range(len(part) - 1):
                if isinstance(part[i], nn.Conv2d) and isinstance(part[i + 1], nn.BatchNorm2d):
                    part[i], part[i + 1] = fuse_conv_bn_eval(part[i], part[i + 1]), nn.Identity()
    return net


def export(net, path, frames=2):
    shipped, x = without_norms(net), torch.rand(1, frames, SIDE, SIDE)
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        torch.onnx.export(shipped, x, str(path), opset_version=11, input_names=["pictures"], output_names=["answer"])
        ours = shipped(x).numpy()
    model = onnx.load(str(path))
    # torch writes weights that happen to be equal once, and Identity for the others, which OpenCV cannot read.
    same = {n.output[0]: n.input[0] for n in model.graph.node if n.op_type == "Identity"}
    nodes = [n for n in model.graph.node if n.op_type != "Identity"]
    for n in nodes:
        for i, name in enumerate(n.input):
            n.input[i] = same.get(name, name)
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    onnx.save(model, str(path))
    read = cv2.dnn.readNetFromONNX(str(path))
    read.setInput(x.numpy())
    assert np.allclose(ours, read.forward(), rtol=1e-3, atol=1e-3), "OpenCV reads it otherwise"
    return read
