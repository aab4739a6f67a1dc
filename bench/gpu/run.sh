#!/bin/sh
# Graph learning on a CUDA card, checked and timed beside PyTorch and PyTorch Geometric; writes a Markdown table.
#   bench/gpu/run.sh publish DIR   where .NET is: puts all that is needed into DIR, to be copied to a machine with a card
#   DIR/run.sh [PATIENTS]          there, without .NET or a network: writes DIR/gpu.md
#   bench/gpu/run.sh [PATIENTS]    where both are: writes docs/benchmarks/gpu.md
# BENCH_DEVICE names another device than cuda.
set -eu
here=$(cd "$(dirname "$0")" && pwd)

# A self-contained program needs other packages than the lock files name: it is made from a copy of the sources without them.
publish() {
  sources=$work/sources
  mkdir -p "$sources/bench" "$1"
  (cd "$here/../.." && cp -R engine Directory.Build.props Directory.Packages.props global.json .editorconfig "$sources" && cp -R bench/gpu bench/gnn "$sources/bench")
  find "$sources" -name packages.lock.json -delete
  dotnet publish "$sources/bench/gpu/DigitalTwin.Bench.Gpu.csproj" -c Release -r linux-x64 --self-contained -v q -o "$1" \
    -p:PublishSingleFile=true -p:EnableCompressionInSingleFile=true -p:DebugType=none -p:CopyDocumentationFilesFromPackages=false -p:PublishDocumentationFiles=false >&2
  cp "$here/run.sh" "$here/torch_gpu.py" "$1"
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ "${1:-}" = publish ]; then
  mkdir -p "$2"
  publish "$(cd "$2" && pwd)"
  du -sh "$2"
  exit
fi

patients=${1:-1000}
if [ -x "$here/bench-gpu" ]; then
  program=$here
  table=$here/gpu.md
else
  program=$work/program
  table=$here/../../docs/benchmarks/gpu.md
  publish "$program"
fi

set -- "$program/bench-gpu" run "${BENCH_DEVICE:-cuda}" "$patients"
for python in python3 /usr/bin/python3; do
  if "$python" -c 'import torch; raise SystemExit(not torch.cuda.is_available())' 2>/dev/null; then
    "$program/bench-gpu" graph "$work/graph"
    "$python" "$here/torch_gpu.py" "$work/graph" --patients "$patients" >"$work/torch"
    set -- "$@" "$work/torch"
    break
  fi
done
"$@" >"$work/table" || status=$?
cat "$work/table"
cp "$work/table" "$table"
exit "${status:-0}"
