# Measures of classes, probabilities and numbers by scikit-learn 1.2.1 on drawn data; writes cases.csv and classes.csv.
# Run in this folder: python3 classes.py
import csv
import numpy as np
import sklearn
from sklearn import metrics

assert sklearn.__version__ == "1.2.1"
rng = np.random.default_rng(7)
n = 211
y = rng.random(n) < 0.3
p = np.round(np.clip(0.25 + 0.3 * y + 0.22 * rng.standard_normal(n), 0.01, 0.99), 2)  # rounded: many ties
k = rng.integers(0, 4, n)
q = np.round(rng.dirichlet(np.ones(4), n) + 0.6 * np.eye(4)[k] * rng.random((n, 1)), 3) + 0.001
q = q / q.sum(axis=1, keepdims=True)
x = np.round(rng.standard_normal(n), 1)
z = np.round(0.6 * x + rng.standard_normal(n), 1)
g = rng.integers(0, 8, n)
q = np.array([[float(f"{v:.12f}") for v in row] for row in q])

rows = []
put = lambda quantity, value: rows.append(["classes", quantity, 1, f"{value:.14g}"])
hard = (p > 0.5).astype(int)
put("auc", metrics.roc_auc_score(y, p))
put("average.precision", metrics.average_precision_score(y, p))
put("brier", metrics.brier_score_loss(y, p))
put("log.loss", metrics.log_loss(y, p))
put("accuracy", metrics.accuracy_score(y, hard))
put("balanced.accuracy", metrics.balanced_accuracy_score(y, hard))
put("macro.auc", np.mean([metrics.roc_auc_score(k == c, q[:, c]) for c in range(4)]))
put("multi.log.loss", metrics.log_loss(k, q, eps=1e-15))
put("multi.accuracy", metrics.accuracy_score(k, q.argmax(axis=1)))
put("multi.balanced.accuracy", metrics.balanced_accuracy_score(k, q.argmax(axis=1)))
put("weighted.kappa", metrics.cohen_kappa_score(k, q.argmax(axis=1), weights="quadratic"))
put("r2", metrics.r2_score(x, z))
put("rmse", metrics.mean_squared_error(x, z, squared=False))
put("pearson", np.corrcoef(x, z)[0, 1])
put("pearson.within", np.mean([np.corrcoef(x[g == c], z[g == c])[0, 1] for c in range(8)]))
with open("classes.csv", "w", newline="\n") as f:
    w = csv.writer(f, lineterminator="\n")
    w.writerow(["case", "quantity", "index", "value"])
    w.writerows(rows)
with open("cases.csv", "w", newline="\n") as f:
    w = csv.writer(f, lineterminator="\n")
    w.writerow(["y", "p", "k", "q0", "q1", "q2", "q3", "x", "z", "g"])
    for i in range(n):
        w.writerow([int(y[i]), p[i], k[i], *[f"{v:.12f}" for v in q[i]], x[i], z[i], g[i]])
