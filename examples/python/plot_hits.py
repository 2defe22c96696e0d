"""Plots the hits of a Lantern simulation: python3 plot_hits.py RESULTS [PICTURE]

RESULTS is the folder that `lantern simulate` or `lantern start` wrote; the picture is RESULTS/hits.png unless named.
Needs only numpy and matplotlib.
"""

import json
import sys
from pathlib import Path

import matplotlib

matplotlib.use("Agg")  # works without a screen; leave this out to look at the figure in a window
import matplotlib.pyplot as plt
import numpy as np


def read_hits(folder):
    """hits.npy: (N, 4, 4) float32, one row of four quads per photon detected; integers are bit-cast."""
    hits = np.load(folder / "hits.npy")
    words = hits.view(np.uint32)
    return {
        "position": hits[:, 0, :3],  # mm
        "time": hits[:, 0, 3],  # ns
        "wavelength": hits[:, 2, 3],  # nm
        "sensor": words[:, 3, 1] & 0xFFFFFF,  # identity in sensors.json
        "photon": words[:, 3, 2],  # number in the source
        "flags": words[:, 3, 3],  # what the photon met on its way
    }


def first_times(hits, identities):
    """Charge (photons) and time of the first photon (ns, NaN without one) of each sensor."""
    size = int(identities.max()) + 1
    charge = np.bincount(hits["sensor"], minlength=size)
    first = np.full(size, np.inf)
    np.minimum.at(first, hits["sensor"], hits["time"])
    first[np.isinf(first)] = np.nan
    return charge[identities], first[identities]


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    folder = Path(sys.argv[1])
    picture = Path(sys.argv[2]) if len(sys.argv) == 3 else folder / "hits.png"

    hits = read_hits(folder)
    sensors = json.loads((folder / "sensors.json").read_text())
    identities = np.array([sensor["identity"] for sensor in sensors])
    x, y, z = np.array([sensor["position"] for sensor in sensors]).T / 1000
    charge, first = first_times(hits, identities)
    seen = charge > 0

    figure, axes = plt.subplots(2, 2, figsize=(11, 8), layout="constrained")
    figure.suptitle(f"{len(hits['time']):,} hits in {seen.sum()} of {len(sensors)} sensors of {folder}")

    azimuth = np.degrees(np.arctan2(y, x))
    sky = axes[0, 0]
    sky.scatter(azimuth, z, s=4, color="lightgrey")
    dots = sky.scatter(
        azimuth[seen],
        z[seen],
        c=first[seen],
        s=10 + 60 * charge[seen] / max(1, charge.max()),
        cmap="jet_r",
        vmin=np.nanmin(first) if seen.any() else 0,
        vmax=np.nanpercentile(first, 95) if seen.any() else 1,
    )
    figure.colorbar(dots, ax=sky, label="first photon, ns")
    sky.set(xlabel="azimuth, degrees", ylabel="z, m", title="where")

    axes[0, 1].hist(hits["time"], bins=100, histtype="stepfilled")
    axes[0, 1].set(xlabel="time, ns", ylabel="hits", yscale="log", title="when")
    axes[1, 0].hist(hits["wavelength"], bins=100, histtype="stepfilled")
    axes[1, 0].set(xlabel="wavelength, nm", ylabel="hits", title="which colour")
    axes[1, 1].hist(charge, bins=50, histtype="stepfilled")
    axes[1, 1].set(xlabel="hits per sensor", ylabel="sensors", yscale="log", title="how many")

    figure.savefig(picture, dpi=110)
    print(picture)


if __name__ == "__main__":
    main()
