"""Graph layers as dense torch computations in float64, values and gradients; writes layers.csv. Run in this folder: python3 layers.py

Each layer is written as its paper's formula over a dense adjacency matrix, patient by patient: no sparse product, no wide batch, no fused attention.
The loss is the sum of output number k (from 1, row after row over all patients) times sin(k)."""
import csv
import torch

torch.set_default_dtype(torch.float64)
generator = torch.Generator().manual_seed(3)
PATIENTS, NODES, INPUTS = 2, 6, 3
rows = []


def random(*shape):
    return torch.rand(*shape, generator=generator) * 2 - 1


# Directed, weighted, with an inhibition (negative weight), an edge of node 2 to itself, and a node that nobody writes to (5).
EDGES = [(0, 1, 1.0), (0, 3, -0.5), (1, 0, 2.0), (1, 2, 1.0), (2, 2, 0.7), (2, 4, -1.5), (3, 0, 1.0), (3, 1, 0.3), (3, 5, 1.0), (4, 3, 1.0)]
A = torch.zeros(NODES, NODES)
for i, j, w in EDGES:
    A[i, j] = w
MASK = A != 0
RELATIONS = [torch.where(A > 0, A, torch.zeros(())), torch.where(A < 0, A, torch.zeros(()))]
MEMBERS = torch.zeros(2, NODES)
for p, g in [(0, 0), (0, 2), (0, 5), (1, 1), (1, 2)]:
    MEMBERS[p, g] = 1.0
X = random(PATIENTS, NODES, INPUTS)


def put(case, quantity, tensor):
    for k, v in enumerate(tensor.detach().reshape(-1).tolist()):
        rows.append((case, quantity, k + 1, repr(v)))


def run(case, shapes, forward):
    x = X.clone().requires_grad_()
    parameters = {name: random(*shape).requires_grad_() for name, shape in shapes.items()}
    output = torch.cat([forward(x[p], parameters) for p in range(PATIENTS)])
    weights = torch.sin(torch.arange(1, output.numel() + 1, dtype=torch.float64)).reshape(output.shape)
    (output * weights).sum().backward()
    put(case, "input", x)
    put(case, "output", output)
    put(case, "gradient.input", x.grad)
    for name, value in parameters.items():
        put(case, "value." + name, value)
        put(case, "gradient." + name, value.grad if value.grad is not None else torch.zeros_like(value))


def symmetric(a):
    a = a + torch.eye(NODES)
    degree_in, degree_out = a.abs().sum(1), a.abs().sum(0)
    return a / torch.sqrt(degree_in[:, None] * degree_out[None, :])


def row_mean(a):
    sums = a.abs().sum(1, keepdim=True)
    return torch.where(sums > 0, a / torch.where(sums > 0, sums, torch.ones(())), torch.zeros(()))


def masked_softmax(scores, mask):
    scores = torch.where(mask, scores, torch.full((), -torch.inf))
    filled = torch.where(mask.any(1, keepdim=True), scores, torch.zeros(()))
    return torch.where(mask, torch.softmax(filled, 1), torch.zeros(()))


run("gcn", {"weight": (3, 4), "bias": (1, 4)}, lambda x, p: torch.tanh(symmetric(A) @ x @ p["weight"] + p["bias"]))
run("gcn.narrow", {"weight": (3, 2), "bias": (1, 2)}, lambda x, p: torch.tanh(symmetric(A) @ x @ p["weight"] + p["bias"]))
run("sage.mean", {"own": (3, 4), "neighbors": (3, 4), "bias": (1, 4)},
    lambda x, p: torch.tanh(x @ p["own"] + row_mean(A) @ x @ p["neighbors"] + p["bias"]))


def sage_maximum(x, p):
    pooled = torch.relu(x @ p["pool.weight"] + p["pool.bias"])
    greatest = torch.where(MASK[:, :, None], pooled[None], torch.full((), -torch.inf)).max(1).values
    greatest = torch.where(MASK.any(1, keepdim=True), greatest, torch.zeros(()))
    return torch.tanh(x @ p["own"] + greatest @ p["neighbors"] + p["bias"])


run("sage.maximum", {"pool.weight": (3, 3), "pool.bias": (1, 3), "own": (3, 4), "neighbors": (3, 4), "bias": (1, 4)}, sage_maximum)


def gin(x, p):
    h = (1 + p["epsilon"]) * x + A @ x
    h = torch.tanh(h @ p["perceptron.0.weight"] + p["perceptron.0.bias"])
    return torch.tanh(h @ p["perceptron.1.weight"] + p["perceptron.1.bias"])


run("gin", {"epsilon": (1, 1), "perceptron.0.weight": (3, 5), "perceptron.0.bias": (1, 5), "perceptron.1.weight": (5, 4), "perceptron.1.bias": (1, 4)}, gin)

LOOPED = MASK | torch.eye(NODES, dtype=torch.bool)
FEATURES = torch.zeros(NODES, NODES, 2)
for k, (i, j, w) in enumerate(EDGES):
    FEATURES[i, j] = torch.tensor([w, float(k % 3)])


def gat(heads, width, mean, edge_features, mask):
    def forward(x, p):
        z = (x @ p["weight"]).reshape(NODES, heads, width)
        outputs = []
        for h in range(heads):
            row = z[:, h] @ p["row"].reshape(heads, width)[h]
            column = z[:, h] @ p["column"].reshape(heads, width)[h]
            scores = row[:, None] + column[None, :]
            if edge_features:
                scores = scores + FEATURES @ p["edge"][:, h]
            outputs.append(masked_softmax(torch.nn.functional.leaky_relu(scores, 0.2), mask) @ z[:, h])
        joined = torch.stack(outputs).mean(0) if mean else torch.cat(outputs, 1)
        return torch.nn.functional.elu(joined + p["bias"])
    return forward


run("gat", {"weight": (3, 6), "row": (1, 6), "column": (1, 6), "bias": (1, 6)}, gat(2, 3, False, False, LOOPED))
run("gat.edges", {"weight": (3, 6), "row": (1, 6), "column": (1, 6), "edge": (2, 2), "bias": (1, 6)}, gat(2, 3, False, True, LOOPED))
run("gat.mean", {"weight": (3, 6), "row": (1, 6), "column": (1, 6), "bias": (1, 2)}, gat(3, 2, True, False, MASK))


def dynamic(heads, width, shared, edge_features=False):
    def forward(x, p):
        column = (x @ p["column"]).reshape(NODES, heads, width)
        row = column if shared else (x @ p["row"]).reshape(NODES, heads, width)
        attention = p["attention"].reshape(heads, width)
        edge = (FEATURES @ p["edge"]).reshape(NODES, NODES, heads, width) if edge_features else torch.zeros(NODES, NODES, heads, width)
        outputs = []
        for h in range(heads):
            scores = torch.nn.functional.leaky_relu(row[:, None, h] + column[None, :, h] + edge[:, :, h], 0.2) @ attention[h]
            outputs.append(masked_softmax(scores, LOOPED) @ column[:, h])
        return torch.nn.functional.elu(torch.cat(outputs, 1) + p["bias"])
    return forward


run("gatv2", {"row": (3, 6), "column": (3, 6), "attention": (1, 6), "bias": (1, 6)}, dynamic(2, 3, False))
run("gatv2.shared", {"column": (3, 6), "attention": (1, 6), "bias": (1, 6)}, dynamic(2, 3, True))


def relational(x, p):
    total = x @ p["own"] + p["bias"]
    for name, relation in zip(("activation", "inhibition"), RELATIONS):
        total = total + row_mean(relation) @ x @ p["relation." + name]
    return torch.tanh(total)


run("rgcn", {"own": (3, 4), "bias": (1, 4), "relation.activation": (3, 4), "relation.inhibition": (3, 4)}, relational)


def relational_basis(x, p):
    total = x @ p["own"] + p["bias"]
    for r, relation in enumerate(RELATIONS):
        weight = sum(p["coefficients"][r, b] * p["basis"][b].reshape(3, 2) for b in range(3))
        total = total + row_mean(relation) @ x @ weight
    return torch.tanh(total)


run("rgcn.basis", {"own": (3, 2), "bias": (1, 2), "basis": (3, 6), "coefficients": (2, 3)}, relational_basis)


def message_passing(x, p):
    messages = 0
    for name, relation in zip(("activation", "inhibition"), RELATIONS):
        messages = messages + relation @ torch.tanh(x @ p[f"message.{name}.weight"] + p[f"message.{name}.bias"])
    return torch.tanh(x @ p["own"] + p["bias"] + messages @ p["received"])


run("message passing",
    {"message.activation.weight": (3, 5), "message.activation.bias": (1, 5), "message.inhibition.weight": (3, 5), "message.inhibition.bias": (1, 5),
     "own": (3, 4), "received": (5, 4), "bias": (1, 4)}, message_passing)


def attention_pooling(members, own_scores):
    def forward(x, p):
        scores = (torch.tanh(x @ p["hidden.weight"] + p["hidden.bias"]) @ p["score"])[:, 0]
        table = scores[None, :].expand(members.shape[0], NODES)
        if own_scores:
            table = table + torch.zeros(members.shape).masked_scatter(members != 0, p["member"].reshape(-1))
        return masked_softmax(table, members != 0) @ x
    return forward


run("attention pooling", {"hidden.weight": (3, 5), "hidden.bias": (1, 5), "score": (5, 1)}, attention_pooling(torch.ones(1, NODES), False))
run("attention pooling.pathways", {"hidden.weight": (3, 5), "hidden.bias": (1, 5), "score": (5, 1), "member": (5, 1)}, attention_pooling(MEMBERS, True))
run("pathway mean", {}, lambda x, p: row_mean(MEMBERS) @ x)
run("pathway maximum", {}, lambda x, p: torch.stack([x[MEMBERS[k] != 0].max(0).values for k in range(2)]))
run("layer norm", {"scale": (1, 3), "shift": (1, 3)}, lambda x, p: torch.nn.functional.layer_norm(x, (3,), p["scale"][0], p["shift"][0], 1e-5))
run("residual", {"projection.weight": (3, 4), "weight": (3, 4), "bias": (1, 4)},
    lambda x, p: x @ p["projection.weight"] + torch.tanh(symmetric(A) @ x @ p["weight"] + p["bias"]))


def jumping(join):
    def forward(x, p):
        first = torch.tanh(symmetric(A) @ x @ p["0.weight"] + p["0.bias"])
        second = torch.tanh(symmetric(A) @ first @ p["1.weight"] + p["1.bias"])
        return join(first, second)
    return forward


JUMPING = {"0.weight": (3, 4), "0.bias": (1, 4), "1.weight": (4, 4), "1.bias": (1, 4)}
run("jumping.concatenation", JUMPING, jumping(lambda a, b: torch.cat((a, b), 1)))
run("jumping.maximum", JUMPING, jumping(torch.maximum))
run("jumping.last", JUMPING, jumping(lambda a, b: b))
run("gene embedding", {"channel.0": (6, 2), "channel.1": (6, 2), "channel.2": (6, 2), "shift": (6, 2)},
    lambda x, p: sum(x[:, c:c + 1] * p[f"channel.{c}"] for c in range(3)) + p["shift"])
run("gatv2.edges", {"row": (3, 6), "column": (3, 6), "attention": (1, 6), "edge": (2, 6), "bias": (1, 6)}, dynamic(2, 3, False, True))

for i, j, w in EDGES:
    rows.append(("graph", "edge.row", len([r for r in rows if r[0] == "graph" and r[1] == "edge.row"]) + 1, repr(float(i))))
    rows.append(("graph", "edge.column", len([r for r in rows if r[0] == "graph" and r[1] == "edge.column"]) + 1, repr(float(j))))
    rows.append(("graph", "edge.weight", len([r for r in rows if r[0] == "graph" and r[1] == "edge.weight"]) + 1, repr(w)))

with open("layers.csv", "w", newline="\n") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(("case", "quantity", "index", "value"))
    writer.writerows(rows)
