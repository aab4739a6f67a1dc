"""The shapes of bench/gnn in PyTorch on the processor, as fast as its public operations allow.

Reads the graph that the C# bench wrote, times SpMM, GEMM, GCN and GAT, and prints one line "name milliseconds" each.
Sparse products take the layout that suits them best here: [nodes, patients * features], the whole width at once and in column tiles.
"""
import argparse
import struct
import sys
import time

import torch


def read_graph(path):
    with open(path, "rb") as file:
        nodes, edges = struct.unpack("<ii", file.read(8))
        offsets = torch.frombuffer(bytearray(file.read(4 * (nodes + 1))), dtype=torch.int32).clone()
        columns = torch.frombuffer(bytearray(file.read(4 * edges)), dtype=torch.int32).clone()
        weights = torch.frombuffer(bytearray(file.read(4 * edges)), dtype=torch.float32).clone()
    return nodes, offsets, columns, weights


def best_of(run, repeats):
    run()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return 1e3 * min(times)


class Propagate(torch.autograd.Function):
    """graph @ dense with the transpose kept ready, so that the gradient is a product of rows too."""

    @staticmethod
    def forward(context, graph, transpose, dense):
        context.transpose = transpose
        return graph @ dense

    @staticmethod
    def backward(context, gradient):
        return None, None, context.transpose @ gradient


class TwoLayerGcn(torch.nn.Module):
    def __init__(self, features):
        super().__init__()
        self.first = torch.nn.Linear(features, features)
        self.second = torch.nn.Linear(features, features)

    def forward(self, graph, transpose, x):
        nodes, patients, features = x.shape
        hidden = Propagate.apply(graph, transpose, x.reshape(nodes, -1)).reshape(nodes * patients, features)
        hidden = torch.relu(self.first(hidden))
        hidden = Propagate.apply(graph, transpose, hidden.reshape(nodes, -1)).reshape(nodes * patients, features)
        return self.second(hidden)


class TwoLayerGat(torch.nn.Module):
    def __init__(self, features, heads):
        super().__init__()
        self.heads = heads
        self.weights = torch.nn.ParameterList([torch.nn.Parameter(torch.randn(features, features) / 8) for _ in range(2)])
        self.rows = torch.nn.ParameterList([torch.nn.Parameter(torch.randn(heads, features // heads) / 8) for _ in range(2)])
        self.columns = torch.nn.ParameterList([torch.nn.Parameter(torch.randn(heads, features // heads) / 8) for _ in range(2)])

    def layer(self, k, x, source, target):
        nodes, patients, features = x.shape
        values = (x.reshape(-1, features) @ self.weights[k]).reshape(nodes, patients, self.heads, -1)
        rows, columns = (values * self.rows[k]).sum(-1), (values * self.columns[k]).sum(-1)
        scores = torch.nn.functional.leaky_relu(rows.index_select(0, target) + columns.index_select(0, source), 0.2)
        scores = torch.exp(scores - scores.max())
        total = torch.zeros(nodes, patients, self.heads).index_add(0, target, scores) + 1e-12
        weights = (scores / total.index_select(0, target)).unsqueeze(-1)
        messages = values.index_select(0, source) * weights
        return torch.zeros_like(values).index_add(0, target, messages).reshape(nodes, patients, features)

    def forward(self, x, source, target):
        return self.layer(1, torch.nn.functional.elu(self.layer(0, x, source, target)), source, target)


def training_step(model, forward):
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)

    def run():
        optimizer.zero_grad()
        forward().square().mean().backward()
        optimizer.step()

    return run


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("graph")
    parser.add_argument("--patients", type=int, nargs="+", default=[16, 64])
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--features", type=int, default=64)
    parser.add_argument("--heads", type=int, default=4)
    parser.add_argument("--repeats", type=int, default=5)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(1)
    print("version", torch.__version__, file=sys.stderr)

    def report(name, milliseconds, patients=1):
        print(name, f"{milliseconds / patients:.4f}", flush=True)

    nodes, offsets, columns, weights = read_graph(arguments.graph)
    graph = torch.sparse_csr_tensor(offsets, columns, weights, (nodes, nodes))
    target = torch.repeat_interleave(torch.arange(nodes), torch.diff(offsets.long()))
    source = columns.long()
    order = torch.argsort(source * nodes + target)
    counts = torch.bincount(source, minlength=nodes)
    transpose_offsets = torch.cat([torch.zeros(1, dtype=torch.long), torch.cumsum(counts, 0)])
    transpose = torch.sparse_csr_tensor(transpose_offsets.int(), target[order].int(), weights[order], (nodes, nodes))

    a, b = torch.randn(1024, 1024), torch.randn(1024, 1024)
    report("gemm-1024", best_of(lambda: a @ b, 20))
    for patients in arguments.patients:
        x = torch.randn(nodes, patients, arguments.features)
        wide = x.reshape(nodes, -1)
        whole = best_of(lambda: graph @ wide, arguments.repeats)
        report(f"spmm-wide-{patients}", whole, patients)
        tiled = []
        for tile in (16, 32, 64, 128, 256):
            parts = [wide[:, k:k + tile].contiguous() for k in range(0, wide.shape[1], tile)]
            tiled.append(best_of(lambda: [graph @ part for part in parts], 2))
        report(f"spmm-tiled-{patients}", min(tiled), patients)
        with torch.no_grad():
            gathered = lambda: torch.zeros_like(wide).index_add_(0, target, wide.index_select(0, source) * weights.unsqueeze(1))
            if patients <= 16:
                report(f"spmm-gather-{patients}", best_of(gathered, 2), patients)
        gcn = TwoLayerGcn(arguments.features)
        with torch.no_grad():
            report(f"gcn-forward-{patients}", best_of(lambda: gcn(graph, transpose, x), arguments.repeats), patients)
        report(f"gcn-step-{patients}", best_of(training_step(gcn, lambda: gcn(graph, transpose, x)), arguments.repeats), patients)
        if patients <= 16:
            gat = TwoLayerGat(arguments.features, arguments.heads)
            report(f"gat-step-{patients}", best_of(training_step(gat, lambda: gat(x, source, target)), 2), patients)


if __name__ == "__main__":
    main()
