#!/bin/sh
# Times our survival statistics beside R's in one go and prints a Markdown table. R is timed where Rscript is installed.
set -eu
cd "$(dirname "$0")/../.."
support=../shared/data/survival_benchmarks/support_deepsurv.csv.gz
gbsg=tests/Reference/data/gbsg.csv
rotterdam=tests/Reference/data/rotterdam.csv
times=$(mktemp)
trap 'rm -f "$times"' EXIT
dotnet build bench/statistics -c Release -v q >&2
if command -v Rscript >/dev/null; then
  Rscript bench/statistics/statistics.R "$support" "$gbsg" "$rotterdam" "$times" >&2
  dotnet artifacts/bin/DigitalTwin.Bench.Statistics/release/DigitalTwin.Bench.Statistics.dll "$support" "$gbsg" "$rotterdam" "$times"
else
  dotnet artifacts/bin/DigitalTwin.Bench.Statistics/release/DigitalTwin.Bench.Statistics.dll "$support" "$gbsg" "$rotterdam"
fi

# The main job as a user starts it, after build: three times, in seconds; the steps of each go to standard error.
dotnet build scenarios -c Release -v q >&2
out=$(mktemp -d)
trap 'rm -rf "$times" "$out"' EXIT
printf '\n| main job, `digitaltwin run scenarios/gbsg-hormone-therapy.yaml` | s |\n|---|---:|\n'
for run in 1 2 3; do
  start=$(date +%s%N)
  dotnet artifacts/bin/DigitalTwin.Scenarios/release/digitaltwin.dll run scenarios/gbsg-hormone-therapy.yaml --out "$out/$run" >"$out/log" 2>&1
  end=$(date +%s%N)
  grep -E ': [0-9.]+ s$' "$out/log" >&2
  printf '| run %s | %s |\n' "$run" "$(awk "BEGIN { printf \"%.1f\", ($end - $start) / 1e9 }")"
done
