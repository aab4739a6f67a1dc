#!/bin/sh
# Times our survival statistics beside R's in one go and prints a Markdown table. R is timed where Rscript is installed.
set -eu
cd "$(dirname "$0")/.."
support=../shared/data/survival_benchmarks/support_deepsurv.csv.gz
gbsg=tests/Reference/data/gbsg.csv
rotterdam=tests/Reference/data/rotterdam.csv
times=$(mktemp)
trap 'rm -f "$times"' EXIT
dotnet build bench -c Release -v q >&2
if command -v Rscript >/dev/null; then
  Rscript bench/statistics.R "$support" "$gbsg" "$rotterdam" "$times" >&2
  dotnet artifacts/bin/DigitalTwin.Bench/release/DigitalTwin.Bench.dll "$support" "$gbsg" "$rotterdam" "$times"
else
  dotnet artifacts/bin/DigitalTwin.Bench/release/DigitalTwin.Bench.dll "$support" "$gbsg" "$rotterdam"
fi
