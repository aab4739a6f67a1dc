# Probability forests, regression forests and histogram gradient boosting by scikit-learn, for tests/Engine/Models/Trees.
# Run in this folder: python3 boosting.py > boosting.csv
import csv
import math

import numpy as np
from sklearn.ensemble import (HistGradientBoostingClassifier, HistGradientBoostingRegressor, RandomForestClassifier,
                              RandomForestRegressor)


def read(name):
    with open(f"../data/{name}.csv", newline="") as file:
        return list(csv.DictReader(file))


def out(case, quantity, values):
    for index, value in enumerate(values):
        print(f"{case},{quantity},{index},{value:.15g}")


def veteran(with_missing):
    rows = read("veteran")
    x = np.array([[float(r[c]) for c in ("trt", "karno", "diagtime", "age", "prior")] for r in rows])
    if with_missing:
        # Missing for a reason, and missing for none.
        x[[i for i, r in enumerate(rows) if float(r["time"]) < 40 and i % 2 == 0], 1] = math.nan
        x[::7, 3] = math.nan
    days = np.array([float(r["time"]) for r in rows])
    types = ["adeno", "large", "smallcell", "squamous"]
    return x, days, np.array([types.index(r["celltype"]) for r in rows])


def rotterdam():
    rows = read("rotterdam")
    x = np.array([[float(r["age"]), float(r["meno"]), ["<=20", "20-50", ">50"].index(r["size"]), float(r["grade"]), float(r["nodes"]),
                   float(r["pgr"]), float(r["er"]), float(r["hormon"]), float(r["chemo"])] for r in rows])
    return x, np.array([int(r["recur"]) for r in rows]), np.array([float(r["age"]) for r in rows])


def boosting():
    x, days, cell = veteran(True)
    settings = dict(max_iter=40, learning_rate=0.1, max_leaf_nodes=None, max_depth=3, min_samples_leaf=1, l2_regularization=1.0,
                    max_bins=255, early_stopping=False)
    binary = HistGradientBoostingClassifier(**settings).fit(x, days > 80)
    out("veteran.binary", "probability", binary.predict_proba(x)[:, 1])
    classes = HistGradientBoostingClassifier(**settings).fit(x, cell)
    for c in range(4):
        out("veteran.classes", f"probability{c}", classes.predict_proba(x)[:, c])
    regression = HistGradientBoostingRegressor(**settings).fit(x, np.log(days))
    out("veteran.regression", "mean", regression.predict(x))


# min_samples_leaf would count each subject of a bootstrap sample once; the fraction of the weight counts draws: at least 10, and 5.
def forests():
    x, y, age = rotterdam()
    losses, briers = [], []
    for seed in range(20):
        forest = RandomForestClassifier(500, max_features=3, min_weight_fraction_leaf=9.5 / len(y), oob_score=True, random_state=seed).fit(x, y)
        p = forest.oob_decision_function_[:, 1]
        losses.append(-np.mean(np.where(y == 1, np.log(p), np.log(1 - p))))
        briers.append(np.mean((p - y) ** 2))
    out("rotterdam.forest", "logloss", losses)
    out("rotterdam.forest", "brier", briers)
    errors = []
    for seed in range(20):
        forest = RandomForestRegressor(500, max_features=3, min_weight_fraction_leaf=4.5 / len(y), oob_score=True, random_state=seed).fit(x[:, 1:], age)
        errors.append(math.sqrt(np.mean((forest.oob_prediction_ - age) ** 2)))
    out("rotterdam.regression", "rmse", errors)


print("case,quantity,index,value")
boosting()
forests()
