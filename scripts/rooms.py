#!/usr/bin/python3
"""Checks the rooms: which folder may include which, which headers are a room's doors, and which libraries a room may know.
usage: scripts/rooms.py [ROOT]     prints each violation as FILE:LINE: what, and exits 1 when there is one

The table is docs/architecture.md's; a room may include those that stand in its row and itself.
"""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else __file__ + "/../..").resolve()

# From the ground up. Each room: the rooms it may include.
MAY_INCLUDE = {
    "core": [],
    "acquisition": ["core"],
    "simulation": ["core", "acquisition"],
    "imaging": ["core"],
    "tracking": ["core", "imaging"],
    "planning": ["core", "imaging"],
    "guidance": ["core", "imaging", "tracking", "planning"],
    "calibration": ["core", "acquisition", "imaging"],
    "volume": ["core", "acquisition", "imaging"],
    "navigation": ["core", "acquisition", "imaging", "tracking", "planning", "guidance", "calibration"],
    "database": ["core"],
    "recording": ["core", "acquisition", "imaging", "tracking", "planning", "guidance", "navigation", "database"],
    "assessment": ["core", "acquisition", "imaging", "tracking", "planning", "guidance", "recording"],
    "interop": ["core", "acquisition", "imaging", "volume", "tracking", "planning", "guidance", "navigation", "recording"],
    "outcomes": ["core", "acquisition", "imaging", "planning", "database", "recording", "assessment"],
    "rendering": ["core", "acquisition", "imaging", "volume", "tracking", "planning", "guidance", "navigation"],
    "report": ["core", "acquisition", "imaging", "tracking", "planning", "guidance", "calibration", "navigation",
               "database", "recording", "assessment", "interop", "outcomes", "rendering"],
    "ui": ["core", "acquisition", "simulation", "imaging", "volume", "tracking", "planning", "guidance", "calibration", "navigation",
           "database", "recording", "assessment", "interop", "outcomes", "rendering"],
}
# Headers of a subfolder that the rest of the program may include; what is not listed is for the room alone.
# A room without a row has no subfolders that are closed.
DOORS = {
    "imaging": ["needle/needle_end_evidence.h", "region/region_finder.h", "structures/outline_share.h", "structures/structures.h",
                "structures/structure_segmenter.h", "structures/vessel_shadow.h"],
}
# External libraries: only these rooms may include them.
LIBRARIES = {
    r"<vtk": ["rendering", "ui"],
    r"<Q[A-Z]|<Qt": ["rendering", "ui", "database", "recording", "interop", "outcomes", "report", "apps"],
    r"<itk": ["volume"],
}
INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|(<[^>]+>))')


def violations():
    names = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "*.cpp", "*.h"], cwd=ROOT, text=True,
                           capture_output=True, check=True).stdout.split()
    for name in names:
        room = name.split("/")[0]
        if room not in MAY_INCLUDE and room != "apps":
            continue  # tests, benchmarks and training may look at all
        for number, line in enumerate((ROOT / name).read_text().splitlines(), 1):
            found = INCLUDE.match(line)
            if not found:
                continue
            where = f"{name}:{number}: "
            if found[2]:
                for library, rooms in LIBRARIES.items():
                    if re.match(library, found[2]) and room not in rooms:
                        yield where + f"{found[2]} is not for {room}/ (allowed in: {', '.join(rooms) or 'no room'})"
                continue
            path = found[1]
            other = path.split("/")[0]
            if other not in MAY_INCLUDE and other != "apps":
                yield where + f"\"{path}\" names no room; write the path from the project's root"
                continue
            if room != "apps" and other != room and other not in MAY_INCLUDE[room]:
                yield where + f"{room}/ may not include {other}/ (docs/architecture.md, The rooms)"
            if other != room and other in DOORS and path.count("/") == 2:
                inside = path.split("/", 1)[1]
                if inside not in DOORS[other]:
                    yield where + f"\"{path}\" is not a door of {other}/ (doors: {', '.join(DOORS[other])})"


def circles():
    """Rooms that can reach themselves in the table, which the table must not allow."""
    for start in MAY_INCLUDE:
        reached, todo = set(), list(MAY_INCLUDE[start])
        while todo:
            room = todo.pop()
            if room not in reached:
                reached.add(room)
                todo += MAY_INCLUDE[room]
        if start in reached:
            yield f"scripts/rooms.py: the table has a circle through {start}/"


def main():
    found = [*circles(), *violations()]
    print("\n".join(found), end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
