"""Kernel ridge over pairs of a row and a column, by the dense solve of scikit-learn. Writes pairs.csv: case,quantity,index,value.

The kernel of two pairs is (K[i, k] + own [i = k]) C[j, l]; a weight w of a pair divides the noise. Run in this folder: python3 pairs.py
"""
import csv

import numpy as np
from sklearn.kernel_ridge import KernelRidge

ROWS, COLUMNS, NEW = 13, 6, 3
random = np.random.default_rng(20240517)
out = []


def put(case, quantity, values):
    out.extend((case, quantity, i, repr(float(v))) for i, v in enumerate(np.ravel(values)))


def case(name, observed_share, own, noise, weighted):
    features = random.normal(size=(ROWS + NEW, 9))
    gram = features @ features.T / 9
    k, k_new = gram[:ROWS, :ROWS], gram[ROWS:, :ROWS]
    half = random.normal(size=(COLUMNS, 8))
    c = half @ half.T / 8
    y = random.normal(size=(ROWS, COLUMNS))
    weights = random.integers(1, 4, size=(ROWS, COLUMNS)).astype(float) if weighted else np.ones((ROWS, COLUMNS))
    weights[random.random((ROWS, COLUMNS)) > observed_share] = 0
    i, j = np.nonzero(weights)
    dense = (k + own * np.eye(ROWS))[np.ix_(i, i)] * c[np.ix_(j, j)]
    model = KernelRidge(alpha=noise, kernel="precomputed").fit(dense, y[i, j], sample_weight=weights[i, j])
    new = np.array([[k_new[r, i] * c[s, j] for s in range(COLUMNS)] for r in range(NEW)])
    dual = np.zeros((ROWS, COLUMNS))
    dual[i, j] = model.dual_coef_
    put(name, "rows", k)
    put(name, "new", k_new)
    put(name, "columns", c)
    put(name, "values", y)
    put(name, "weights", weights)
    put(name, "own", [own])
    put(name, "noise", [noise])
    put(name, "dual", dual)
    put(name, "predicted", model.predict(new.reshape(NEW * COLUMNS, -1)))


case("complete", 1, 0.4, 0.7, False)
case("missing", 0.6, 0.4, 0.7, False)
case("weighted", 0.6, 0, 0.2, True)
with open("pairs.csv", "w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["case", "quantity", "index", "value"])
    writer.writerows(out)
