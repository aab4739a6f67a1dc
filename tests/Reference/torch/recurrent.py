# GRU-D [Che2018] step by step in torch, float64, over torch's own GRU cell; values, output and gradients by autograd.
import csv, numpy as np, torch
rng = np.random.default_rng(5)
S, T, C, W = 3, 4, 2, 3
rows = []
def add(quantity, v):
    for i, x in enumerate(np.asarray(v).ravel()): rows.append(["decaying-recurrence", quantity, i, "%.14g" % x])
def par(*shape, shift=0.0): return torch.tensor(np.round(rng.normal(size=shape) * 0.5 + shift, 4), requires_grad=True)
rate, shift = par(1, C, shift=0.6), par(1, C)
sw, sb = par(C, W), par(1, W)
iw, ib, hw, hb = par(2 * C, 3 * W), par(1, 3 * W), par(W, 3 * W), par(1, 3 * W)
seen = (rng.uniform(size=(S, T, C)) < 0.5).astype(float)
values = np.round(rng.normal(size=(S, T, C)), 3)
last, since = np.zeros((S, T, C)), np.zeros((S, T, C))
for t in range(T):
    for s in range(S):
        for c in range(C):
            if t > 0: since[s, t, c] = 1 + (0 if seen[s, t - 1, c] else since[s, t - 1, c])
            last[s, t, c] = values[s, t, c] if seen[s, t, c] else (last[s, t - 1, c] if t > 0 else 0)
x = torch.tensor(np.concatenate([last, seen, since], axis=2), requires_grad=True)
cell = torch.nn.GRUCell(2 * C, W).double()
h = torch.zeros(S, W, dtype=torch.float64)
for t in range(T):
    l, m, d = x[:, t, :C], x[:, t, C:2 * C], x[:, t, 2 * C:]
    gx = torch.exp(-torch.clamp(d * rate + shift, min=0))
    xh = m * l + (1 - m) * gx * l
    h = torch.exp(-torch.clamp(d @ sw + sb, min=0)) * h
    h = torch.nn.utils.stateless.functional_call(cell, {"weight_ih": iw.T, "bias_ih": ib[0], "weight_hh": hw.T, "bias_hh": hb[0]}, (torch.cat([xh, m], 1), h))
loss = (h.flatten() * torch.sin(torch.arange(1, S * W + 1, dtype=torch.float64))).sum()
loss.backward()
names = {"rate": rate, "shift": shift, "state-rate.weight": sw, "state-rate.bias": sb,
         "unit.input.weight": iw, "unit.input.bias": ib, "unit.state.weight": hw, "unit.state.bias": hb}
add("input", x.detach().numpy()); add("output", h.detach().numpy()); add("gradient.input", x.grad.numpy())
for n, p in names.items(): add("value." + n, p.detach().numpy()); add("gradient." + n, p.grad.numpy())
with open("recurrent.csv", "w") as f: w = csv.writer(f, lineterminator="\n"); w.writerow(["case", "quantity", "index", "value"]); w.writerows(rows)
