"""Times, allocations and peers: build/imaging_benchmark."""
import json
import os


def speed(setting):
    out = setting.out / "benchmark.json"
    command = [setting.tool("imaging_benchmark"), f"--benchmark_out={out}", "--benchmark_out_format=json"]
    if setting.quick:
        command.append("--benchmark_filter=frame/sample_data")
    text = setting.call(command)
    (setting.out / "benchmark.txt").write_text(text)
    document = json.loads(out.read_text())
    frames, sizes, peers = {}, {}, {}
    for b in document["benchmarks"]:
        path = b["name"].split("/")
        counters = {k: v for k, v in b.items() if isinstance(v, (int, float)) and " " in k}
        if path[0] == "frame":
            frames["/".join(path[1:3])] = counters
        elif path[0] == "size":
            sizes["/".join(path[1:3])] = counters
        elif path[0] == "peer":
            peers.setdefault(path[1], {})[path[2]] = b["cpu_time"]
    return {"frames": frames, "sizes": sizes, "peers": peers, "load": os.getloadavg()[0], "cores": os.cpu_count(),
            "processor": next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if "model name" in line), "")}
