"""Values and gradients of losses by torch in float64; writes losses-torch.csv. Run in this folder: python3 losses.py"""
import csv
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
generator = torch.Generator().manual_seed(11)
rows = []


def put(case, quantity, tensor):
    for k, v in enumerate(torch.as_tensor(tensor, dtype=torch.float64).detach().reshape(-1).tolist()):
        rows.append((case, quantity, k + 1, repr(v)))


def run(case, loss, **inputs):
    for name, value in inputs.items():
        put(case, name, value)
        value.requires_grad_()
    result = loss(*inputs.values())
    result.backward()
    put(case, "loss", result)
    for name, value in inputs.items():
        put(case, "gradient." + name, value.grad)


n, classes = 9, 4
labels = torch.randint(0, classes, (n,), generator=generator)
class_weights = torch.tensor([0.5, 1.0, 2.0, 0.25])
put("labels", "labels", labels)
put("labels", "class.weights", class_weights)


def logits():
    return 3 * torch.randn(n, classes, generator=generator)


run("cross-entropy", lambda x: F.cross_entropy(x, labels), x=logits())
run("cross-entropy.weighted", lambda x: F.cross_entropy(x, labels, weight=class_weights), x=logits())
run("cross-entropy.smoothed", lambda x: F.cross_entropy(x, labels, weight=class_weights, label_smoothing=0.2), x=logits())


def focal(gamma, weights):
    def loss(x):
        p = torch.softmax(x, 1)[torch.arange(n), labels]
        return (weights[labels] * (1 - p) ** gamma * -torch.log(p)).mean()
    return loss


run("focal", focal(2.0, torch.ones(classes)), x=logits())
run("focal.weighted", focal(1.5, class_weights), x=logits())

intervals = torch.tensor([0, 2, 1, 3, 2, 1, 0, 3, 2])
events = torch.tensor([1, 1, 0, 1, 0, 1, 0, 0, 1])
put("deephit", "intervals", intervals)
put("deephit", "events", events)


def deephit(weight, sigma):
    """Pair by pair, as the paper writes it; the last column is later than all intervals."""
    def loss(x):
        p = torch.softmax(x, 1)
        likelihood, ranking, pairs = 0.0, 0.0, 0
        for i in range(n):
            k = int(intervals[i])
            likelihood = likelihood - (torch.log(p[i, k]) if events[i] else torch.log(1 - p[i, :k + 1].sum()))
            for j in range(n):
                if events[i] and intervals[j] > k:
                    ranking = ranking + torch.exp(-(p[i, :k + 1].sum() - p[j, :k + 1].sum()) / sigma)
                    pairs += 1
        return likelihood / n + weight * ranking / pairs
    return loss


run("deephit.likelihood", deephit(0.0, 0.1), x=torch.randn(n, 5, generator=generator))
run("deephit.ranking", deephit(0.4, 0.3), x=torch.randn(n, 5, generator=generator))


def clip(symmetric):
    def loss(a, b, s):
        similarity = torch.exp(s) * F.normalize(a, dim=1) @ F.normalize(b, dim=1).t()
        target = torch.arange(6)
        forward = F.cross_entropy(similarity, target)
        return (forward + F.cross_entropy(similarity.t(), target)) / 2 if symmetric else forward
    return loss


for name, symmetric in (("infonce", False), ("clip", True)):
    run(name, clip(symmetric), a=torch.randn(6, 3, generator=generator), b=torch.randn(6, 3, generator=generator), s=torch.tensor([[1.3]]))

with open("losses-torch.csv", "w", newline="\n") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(("case", "quantity", "index", "value"))
    writer.writerows(rows)
