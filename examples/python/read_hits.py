"""Reads the hits of a Lantern simulation, whole or lite, merged or not, and prints them by sensor.

RESULTS is the folder that `lantern simulate` wrote. Needs only numpy.
"""

import argparse
import json
import sys
from pathlib import Path

try:
    import numpy as np
except ImportError:
    sys.exit("read_hits.py needs numpy: pip install numpy (Debian: apt install python3-numpy)")

KINDS = ["hits", "hits-lite", "hits-merged", "hits-lite-merged"]


def read_whole(path):
    """(N, 4, 4) float32: a photon row each; integers are bit-cast."""
    rows = np.load(path)
    words = rows.view(np.uint32)
    return {
        "sensor": words[:, 3, 1] & 0xFFFFFF,  # identity in sensors.json
        "time": rows[:, 0, 3],  # ns, of the first photon
        "count": words[:, 1, 3] >> 16,  # photons
        "flags": words[:, 3, 3],  # what they met on their ways
    }


def read_lite(path, about):
    """(N, 4) uint32; `about` is what summary.json says of the file."""
    rows = np.load(path)
    bits, least = about["identityBits"], about["leastCosTheta"]
    return {
        "sensor": rows[:, 0] & ((1 << bits) - 1),
        "time": rows[:, 1].copy().view(np.float32),
        "count": rows[:, 0] >> bits,
        "flags": rows[:, 3],
        # Where on the sensor, in its own frame.
        "cos_theta": least + (1 - least) * (rows[:, 2] >> 16) / 65535,
        "phi": ((rows[:, 2] & 0xFFFF) / 65535 * 2 - 1) * np.pi,
    }


def read_hits(folder, kind=None):
    """The hits of a kind, or of the first that is there."""
    about = json.loads((folder / "summary.json").read_text(encoding="utf-8"))["hitFiles"]
    found = [name for name in KINDS if f"{name}.npy" in about]
    kind = kind or found[0]
    if kind not in found:
        sys.exit(f"read_hits.py finds no {kind} in {folder}: there are {', '.join(found)}")
    path = folder / f"{kind}.npy"
    return read_lite(path, about[path.name]) if "lite" in kind else read_whole(path)


def main():
    parser = argparse.ArgumentParser(prog="read_hits.py", description=__doc__)
    parser.add_argument("results", metavar="RESULTS", type=Path)
    parser.add_argument("kind", metavar="KIND", nargs="?", help=f"{', '.join(KINDS)}; the first that is there unless given")
    arguments = parser.parse_args()
    try:
        hits = read_hits(arguments.results, arguments.kind)
    except (OSError, ValueError, KeyError) as error:
        sys.exit(f"read_hits.py cannot read {arguments.results}: {error}")
    print("sensor photons first,ns")
    for sensor in np.unique(hits["sensor"]):
        own = hits["sensor"] == sensor
        print(sensor, hits["count"][own].sum(), f"{hits['time'][own].min():.4f}")


if __name__ == "__main__":
    main()
