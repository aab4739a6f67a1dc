"""A softmax regression trained by torch's optimisers and schedules in float64; writes training.csv. Run in this folder: python3 training.py"""
import csv
import math
import torch

torch.set_default_dtype(torch.float64)
generator = torch.Generator().manual_seed(21)
N, FEATURES, CLASSES, STEPS = 12, 4, 3, 15
X = torch.randn(N, FEATURES, generator=generator)
Y = torch.randint(0, CLASSES, (N,), generator=generator)
W = torch.randn(FEATURES, CLASSES, generator=generator)
rows = []


def put(case, quantity, tensor):
    for k, v in enumerate(torch.as_tensor(tensor, dtype=torch.float64).detach().reshape(-1).tolist()):
        rows.append((case, quantity, k + 1, repr(v)))


put("data", "x", X)
put("data", "y", Y)
put("data", "weight", W)


def train(case, make, factor=lambda step: 1.0, limit=None):
    weight, bias = W.clone().requires_grad_(), torch.zeros(1, CLASSES, requires_grad=True)
    optimizer = make([weight], [bias])
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, factor)
    for _ in range(STEPS):
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(X @ weight + bias, Y).backward()
        if limit is not None:
            torch.nn.utils.clip_grad_norm_([weight, bias], limit)
        optimizer.step()
        schedule.step()
    put(case, "weight", weight)
    put(case, "bias", bias)


def groups(weights, biases, decay):
    return [{"params": weights, "weight_decay": decay}, {"params": biases, "weight_decay": 0.0}]


def cosine(step):
    if step < 4:
        return (step + 1) / 4
    return 0.1 + 0.9 * 0.5 * (1 + math.cos(math.pi * min(1.0, (step - 4) / 8)))


train("adam", lambda w, b: torch.optim.Adam(groups(w, b, 0.1), lr=0.05, betas=(0.8, 0.95), eps=1e-6))
train("adamw", lambda w, b: torch.optim.AdamW(groups(w, b, 0.1), lr=0.05))
train("sgd", lambda w, b: torch.optim.SGD(groups(w, b, 0.1), lr=0.2, momentum=0.7))
train("clipped", lambda w, b: torch.optim.SGD(groups(w, b, 0.0), lr=0.5, momentum=0.0), limit=0.1)
train("cosine", lambda w, b: torch.optim.AdamW(groups(w, b, 0.0), lr=0.1), factor=cosine)
train("step", lambda w, b: torch.optim.SGD(groups(w, b, 0.0), lr=0.3, momentum=0.0), factor=lambda step: 0.5 ** (step // 4))

with open("training.csv", "w", newline="\n") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(("case", "quantity", "index", "value"))
    writer.writerows(rows)
