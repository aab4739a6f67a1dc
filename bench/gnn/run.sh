#!/bin/sh
# Times graph learning beside PyTorch's in one go and prints a Markdown table. PyTorch is timed where a python3 has it.
set -eu
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet build bench/gnn -c Release -v q >&2
ours=artifacts/bin/DigitalTwin.Bench.Gnn/release/DigitalTwin.Bench.Gnn.dll
for python in python3 /usr/bin/python3; do
  if "$python" -c 'import torch' 2>/dev/null; then
    dotnet "$ours" graph "$work/graph"
    "$python" bench/gnn/torch_gnn.py "$work/graph" --threads "$(nproc)" >"$work/torch"
    dotnet "$ours" run "$work/torch"
    exit
  fi
done
dotnet "$ours" run
