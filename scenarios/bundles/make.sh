#!/bin/sh
# Makes the shipped cohort bundles from R's survival package (Debian: r-cran-survival 3.5-3) and from miniACC
# (Debian: r-bioc-multiassayexperiment 1.24.0).
# The bundles are committed; run this only to make them anew: sh scenarios/bundles/make.sh
set -eu
here=$(cd "$(dirname "$0")" && pwd)
source=$(mktemp -d)
trap 'rm -rf "$source"' EXIT

Rscript --vanilla "$here/export.R" "$source"
Rscript --vanilla "$here/export-acc.R" "$source"
dotnet build -c Release -v q "$here/.." >/dev/null
for name in gbsg rotterdam pbc veteran lung; do
  observations=''
  if [ "$name" = pbc ]; then
    observations="--observations $source/pbcseq.csv"
  fi
  # shellcheck disable=SC2086  # two words or none
  dotnet run -c Release --no-build --project "$here/.." -- cohort import "$source/$name.csv" \
    --manifest "$here/manifests/$name.yaml" --out "$here/$name" --force $observations
done

layers=''
for layer in rna copy_number protein mutation mirna; do
  layers="$layers --layer $layer=$source/acc-$layer.csv"
done
# shellcheck disable=SC2086  # several words
dotnet run -c Release --no-build --project "$here/.." -- cohort import "$source/acc-subjects.csv" \
  --manifest "$here/manifests/acc-multiomics.yaml" --out "$here/acc-multiomics" --force $layers
