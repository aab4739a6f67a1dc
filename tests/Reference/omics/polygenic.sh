#!/bin/sh
# Sums of PGS001229 over the excerpt of 1000 Genomes by plink2: alleles as written, no strand flips, calls that are missing add nothing.
# once: a haploid call of chromosome X counts one copy (xchr-model 1); twice: two copies (xchr-model 2).
set -e
data=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
zcat "$data/PGS001229_hmPOS_GRCh38.txt.gz" | awk -F'\t' 'NR > 1 { print $1":"$2":"$3":"$4"\t"$3"\t"$5"\n"$1":"$2":"$4":"$3"\t"$3"\t"$5 }' > "$work/score"
zcat "$data/tiny1000G.sample.gz" | awk 'BEGIN { print "#IID\tSEX" } NR > 2 { print $2"\t"$4 }' > "$work/sex"
plink2 --memory 2000 --threads 1 --vcf "$data/tiny1000G.vcf.gz" --update-sex "$work/sex" --make-pgen --out "$work/g" > /dev/null
for model in 1 2; do
  plink2 --memory 2000 --threads 1 --pfile "$work/g" --xchr-model $model --score "$work/score" 1 2 3 no-mean-imputation cols=nallele,dosagesum,scoresums --out "$work/s$model" > /dev/null
done
echo subject,alleles,once,twice > polygenic.csv
paste "$work/s1.sscore" "$work/s2.sscore" | awk 'NR > 1 && NR % 16 == 2 { print $1","$2","$4","$8 }' >> polygenic.csv
