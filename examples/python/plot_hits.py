"""Plots the hits of an event of a Lantern simulation.

RESULTS is the folder that `lantern simulate` or `lantern start` wrote. Needs only numpy and matplotlib.
"""

import argparse
import json
import sys
from pathlib import Path


def fail(message):
    sys.exit(f"plot_hits.py {message}")


try:
    import numpy as np
except ImportError:
    fail("needs numpy: pip install numpy (Debian: apt install python3-numpy)")
try:
    import matplotlib

    matplotlib.use("Agg")  # works without a screen; leave this out to look at the figure in a window
    import matplotlib.pyplot as plt
except ImportError:
    fail("needs matplotlib: pip install matplotlib (Debian: apt install python3-matplotlib)")


def read_hits(folder):
    """hits.npy: (N, 4, 4) float32, one row of four quads per photon detected; integers are bit-cast."""
    hits = np.load(folder / "hits.npy")
    if hits.ndim != 3 or hits.shape[1:] != (4, 4) or hits.dtype != np.float32:
        raise ValueError(f"hits.npy is {hits.dtype} {hits.shape}, not float32 (N, 4, 4)")
    words = hits.view(np.uint32)
    return {
        "position": hits[:, 0, :3],  # mm
        "time": hits[:, 0, 3],  # ns
        "wavelength": hits[:, 2, 3],  # nm
        "sensor": words[:, 3, 1] & 0xFFFFFF,  # identity in sensors.json
        # Number in the source: 32 bits, and 8 more beside the sensor's identity.
        "photon": words[:, 3, 2] + ((words[:, 3, 1] >> 24).astype(np.uint64) << np.uint64(32)),
        "flags": words[:, 3, 3],  # what the photon met on its way
    }


def by_source(hits, parents, summary):
    """Children of wavelength shifts (docs/files.md) count as the photon of the source that they descend from."""
    first = summary["photons"] - summary["children"]
    photon = hits["photon"].copy()
    child = photon >= first
    photon[child] = parents[photon[child] - np.uint64(first)]
    order = np.argsort(photon, kind="stable")
    return {name: values[order] for name, values in {**hits, "photon": photon}.items()}


def hits_of(hits, event):
    """The hits of an event of summary.json: those whose photons are its own."""
    first = event["firstPhoton"]
    own = (hits["photon"] >= first) & (hits["photon"] < first + event["photons"])
    return {name: values[own] for name, values in hits.items()}


def brightest(hits, events):
    """The event with the most hits."""
    # Photons are numbered event by event; hits are in the order of their photons.
    starts = np.array([event["firstPhoton"] for event in events], dtype=np.uint64)
    ends = starts + np.array([event["photons"] for event in events], dtype=np.uint64)
    counts = np.searchsorted(hits["photon"], ends) - np.searchsorted(hits["photon"], starts)
    return events[int(np.argmax(counts))]


def choose(hits, summary, wanted):
    """The hits to plot, and what they are, in words."""
    events = summary.get("events") or []
    if wanted == "all" or (wanted is None and not events):
        return hits, summary["source"]
    if not events:
        fail(f"finds no events in summary.json: {summary['source']} is not a gun")
    if wanted is None:
        event, which = brightest(hits, events), ", the brightest"
    else:
        if not wanted.isdigit() or int(wanted) >= len(events):
            fail(f"knows no event {wanted}: there are 0 to {len(events) - 1}, and 'all'")
        event, which = events[int(wanted)], ""
    name = event["particle"].replace("mu", "µ").replace("-", "⁻").replace("+", "⁺")
    words = f"event {event['event']} of {summary['source']}{which}: {name} of {event['energy'] / 1000:.3g} GeV"
    return hits_of(hits, event), words


def light_of_sensors(hits, identities):
    """Charge (photons) and time of the first photon (ns, NaN without one) of each sensor."""
    size = int(identities.max()) + 1
    charge = np.bincount(hits["sensor"], minlength=size)
    first = np.full(size, np.nan)
    np.fmin.at(first, hits["sensor"], hits["time"])
    return charge[identities], first[identities]


def unroll(positions):
    """Sensors (m) on a plane map, and its outlines.

    On a cylinder about z: the barrel seen from inside, x in the middle, with the caps folded out; else azimuth and
    elevation in degrees.
    """
    x, y, z = positions.T
    across = np.hypot(x, y)
    radius, bottom, top = across.max(), z.min(), z.max()
    azimuth = np.arctan2(y, x)
    barrel = across > 0.96 * radius
    on_top, on_bottom = ~barrel & (z > top - 0.04 * radius), ~barrel & (z < bottom + 0.04 * radius)
    if not radius > 0 or not (barrel | on_top | on_bottom).all():
        x, y, z = (positions - (positions.min(axis=0) + positions.max(axis=0)) / 2).T
        azimuth, elevation = np.arctan2(y, x), np.arctan2(z, np.hypot(x, y))
        return -np.degrees(azimuth), np.degrees(elevation), [], ("− azimuth, degrees", "elevation, degrees")
    edge, gap = 0.03 * radius, 0.06 * radius
    size = radius + edge
    u, v = -azimuth * radius, z.copy()
    u[~barrel] = -y[~barrel]
    v[on_top] = top + edge + gap + size - x[on_top]
    v[on_bottom] = bottom - edge - gap - size + x[on_bottom]
    half = np.pi * radius + edge
    outlines = [plt.Rectangle((-half, bottom - edge), 2 * half, top - bottom + 2 * edge)]
    if on_top.any():
        outlines.append(plt.Circle((0, top + edge + gap + size), size))
    if on_bottom.any():
        outlines.append(plt.Circle((0, bottom - edge - gap - size), size))
    return u, v, outlines, ("along the barrel, m", "z, m (on the barrel)")


def draw_where(axes, figure, positions, charge, first):
    """Sensors on the unrolled detector: colour the first photon's time, size the number of photons."""
    u, v, outlines, (xlabel, ylabel) = unroll(positions)
    for outline in outlines:
        outline.set(facecolor="whitesmoke", edgecolor="silver", zorder=0)
        axes.add_patch(outline)
    axes.scatter(u, v, s=3, color="lightgrey", zorder=1)
    seen = charge > 0
    if seen.any():
        # By the light of the sensors: a few early photons, and those that were scattered, are beyond the ends.
        order = np.argsort(first[seen])
        share = np.cumsum(charge[seen][order]) / charge.sum()
        low, high = (first[seen][order][np.searchsorted(share, part)] for part in (0.01, 0.95))
        dots = axes.scatter(
            u[seen], v[seen], c=first[seen], s=4 + 66 * charge[seen] / charge.max(),
            cmap="turbo_r", vmin=low, vmax=max(high, low + 1), zorder=2,
        )
        label = "first photon of the sensor, ns"
        figure.colorbar(dots, ax=axes, label=label, extend="both", orientation="horizontal", shrink=0.7, pad=0.02)
    axes.set(xlabel=xlabel, ylabel=ylabel, title="where: seen from inside, x in the middle")
    axes.set_aspect("equal")
    axes.spines[["top", "right"]].set_visible(False)


def plot(hits, positions, identities, title, picture):
    charge, first = light_of_sensors(hits, identities)
    figure = plt.figure(figsize=(13, 8.5), layout="constrained")
    grid = figure.add_gridspec(3, 2, width_ratios=[1.7, 1])
    figure.suptitle(f"{title}\n{len(hits['time']):,} hits in {(charge > 0).sum()} of {len(charge)} sensors")
    draw_where(figure.add_subplot(grid[:, 0]), figure, positions, charge, first)
    for row, (values, xlabel, title, settings) in enumerate([
        (hits["time"], "time, ns", "when", {"yscale": "log"}),
        (hits["wavelength"], "wavelength, nm", "which colour", {}),
        (charge[charge > 0], "hits in a sensor, of those with any", "how many", {"yscale": "log"}),
    ]):
        axes = figure.add_subplot(grid[row, 1])
        if len(values) > 0:
            axes.hist(values, bins=80 if row < 2 else np.linspace(0.5, values.max() + 0.5, min(80, values.max()) + 1),
                      histtype="stepfilled")
        else:
            settings = {}
        axes.set(xlabel=xlabel, ylabel="hits" if row < 2 else "sensors", title=title, **settings)
    figure.savefig(picture, dpi=110)


def main():
    parser = argparse.ArgumentParser(prog="plot_hits.py", description=__doc__)
    parser.add_argument("results", metavar="RESULTS", type=Path)
    parser.add_argument("event", metavar="EVENT", nargs="?",
                        help="number of an event of a gun, or 'all'; the brightest unless given")
    parser.add_argument("--picture", metavar="FILE", type=Path, help="RESULTS/hits.png unless given")
    arguments = parser.parse_args()
    folder = arguments.results
    if not folder.is_dir():
        fail(f"finds no folder {folder}")
    try:
        hits = read_hits(folder)
        sensors = json.loads((folder / "sensors.json").read_text(encoding="utf-8"))
        summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
        if summary.get("children"):
            hits = by_source(hits, np.load(folder / "parents.npy"), summary)
    except FileNotFoundError as error:
        fail(f"finds no {Path(error.filename).name} in {folder}: give a folder that `lantern simulate` wrote")
    except (OSError, ValueError) as error:
        fail(f"cannot read {folder}: {error}")
    if not sensors:
        fail(f"finds no sensors in {folder / 'sensors.json'}")
    identities = np.array([sensor["identity"] for sensor in sensors])
    positions = np.array([sensor["position"] for sensor in sensors]) / 1000
    hits, title = choose(hits, summary, arguments.event)
    picture = arguments.picture or folder / "hits.png"
    plot(hits, positions, identities, title, picture)
    print(picture)


if __name__ == "__main__":
    main()
