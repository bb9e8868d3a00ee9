"""The network that sees planes, fibres and bone. Input (1,1,256,256): the imaging region, probe side up, stretched to 256 x 256,
grey / 64 - 1. Output (1,5,64,64), see plane_labels.py. The body is the needle network's (needle_network.py), narrower."""
from needle_network import NeedleNetwork

WIDE = (8, 20, 32, 64, 96)


class PlaneNetwork(NeedleNetwork):
    def __init__(self):
        super().__init__(WIDE, frames=1, bias=(-2.0, -2.0, -4.0, 0, 0))


def inputs(pictures):
    return pictures.float()[:, None] / 64 - 1
