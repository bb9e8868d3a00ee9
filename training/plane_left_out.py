#!/usr/bin/python3
"""What planes and fibres are worth on scanners that the network has not seen: the scores of ../shared/score of the whole chain, each
picture with the network of train_plane_network.py that left its scanner out. One command, from the project's root:

    /usr/bin/python3 training/plane_left_out.py

The twelve weights of the choice of pair (train_planes.py) have seen all; train_planes.py says what they are worth left out.
"""
import argparse
import json
import pathlib
import subprocess

from train_plane_network import ROOT, STAGES
from train_planes import build_tool, source_of

SUFFIXES = (".png", ".jpg", ".jpeg", ".bmp")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, default=ROOT / "../shared/data")
    parser.add_argument("--score", type=pathlib.Path, default=ROOT / "../shared/score")
    parser.add_argument("--networks", type=pathlib.Path, default=ROOT / "build/plane_network")
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build-training")
    o = parser.parse_args()
    data = o.data.resolve()
    tool = build_tool(o.build, "plane_answers")
    for name, folder, score, against in (("aponeuroses", "aponeurosis/apo_images", "score_aponeurosis.py", "aponeurosis"),
                                         ("fascicles", "aponeurosis/fasc_images", "score_fascicles.py", "aponeurosis"),
                                         ("planes", "planes/images", "score_planes.py", "planes")):
        out = o.build / f"left_out_{name}"
        out.mkdir(parents=True, exist_ok=True)
        with open(out / "pictures.csv", "w") as f:
            f.write("picture,network\n")
            for path in sorted(p for p in (data / folder).rglob("*") if p.suffix.lower() in SUFFIXES):
                source = source_of(data, path)
                f.write(f"{path},{o.networks / next(n for n in STAGES if source in STAGES[n][0])}.onnx\n")
        subprocess.run([tool, out / "pictures.csv", out], check=True)
        text = subprocess.run(["/usr/bin/python3", o.score / score, data / against, out], check=True, capture_output=True, text=True).stdout
        result = json.loads(text)
        if name == "planes":
            result = {k: {m: v["mae"] for m, v in result[k].items()} if k in ("all", "1", "2", "4") else result[k] for k in result}
        print(name, json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
