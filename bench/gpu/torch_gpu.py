"""The shapes of bench/gpu in PyTorch on a CUDA card: cuSPARSE by torch.sparse, and PyTorch Geometric where it is installed.

Reads the graph that the C# bench wrote and prints one line "name milliseconds" each, for all patients. A task that does not fit in memory is run on fewer
patients and its time scaled; the count of patients goes to the error stream.
"""
import argparse
import statistics
import struct
import sys

import torch

FEATURES, HEADS = 64, 4


def read_graph(path):
    with open(path, "rb") as file:
        nodes, edges = struct.unpack("<ii", file.read(8))
        offsets = torch.frombuffer(bytearray(file.read(4 * (nodes + 1))), dtype=torch.int32).clone()
        columns = torch.frombuffer(bytearray(file.read(4 * edges)), dtype=torch.int32).clone()
        weights = torch.frombuffer(bytearray(file.read(4 * edges)), dtype=torch.float32).clone()
    return nodes, offsets, columns, weights


def median_milliseconds(run, repeats=10):
    for _ in range(3):
        run()
    torch.cuda.synchronize()
    times = []
    for _ in range(repeats):
        start, end = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
        start.record()
        run()
        end.record()
        torch.cuda.synchronize()
        times.append(start.elapsed_time(end))
    return statistics.median(times)


def report(name, patients, make):
    """Times make(batch)() at the largest batch that fits, scaled to all patients."""
    batch = patients
    while batch > 0:
        try:
            milliseconds = median_milliseconds(make(batch)) * patients / batch
            print(name, f"{milliseconds:.4f}", flush=True)
            if batch < patients:
                print(f"{name}: {batch} of {patients} patients fit, time scaled", file=sys.stderr)
            return
        except torch.cuda.OutOfMemoryError:
            torch.cuda.empty_cache()
            batch //= 2
        except RuntimeError as error:
            print(f"{name}: {error}", file=sys.stderr)
            torch.cuda.empty_cache()
            batch //= 2


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
    def __init__(self):
        super().__init__()
        self.first, self.second = torch.nn.Linear(FEATURES, FEATURES), torch.nn.Linear(FEATURES, FEATURES)

    def forward(self, graph, transpose, x):
        nodes, patients, _ = x.shape
        hidden = Propagate.apply(graph, transpose, x.reshape(nodes, -1)).reshape(-1, FEATURES)
        hidden = torch.relu(self.first(hidden))
        return self.second(Propagate.apply(graph, transpose, hidden.reshape(nodes, -1)).reshape(-1, FEATURES))


def training_step(parameters, forward):
    optimizer = torch.optim.Adam(parameters, lr=1e-3)

    def run():
        optimizer.zero_grad()
        forward().square().mean().backward()
        optimizer.step()

    return run


def geometric(patients, nodes, source, target, weights):
    from torch_geometric.nn import GATConv, GCNConv

    edge_index = torch.stack([source, target])
    first = GCNConv(FEATURES, FEATURES, normalize=False).cuda()
    second = GCNConv(FEATURES, FEATURES, normalize=False).cuda()
    gat = [GATConv(FEATURES, FEATURES // HEADS, HEADS, add_self_loops=False, bias=False).cuda() for _ in range(2)]

    def x(batch):
        return torch.randn(batch, nodes, FEATURES, device="cuda")

    def forward(batch, input):
        return second(torch.relu(first(input, edge_index, weights)), edge_index, weights)

    def wide_gat(batch):
        # GATConv takes [nodes, features]: patients lie side by side as copies of the graph.
        shift = (torch.arange(batch, device="cuda") * nodes).repeat_interleave(edge_index.shape[1])
        wide = edge_index.repeat(1, batch) + shift
        input = torch.randn(batch * nodes, FEATURES, device="cuda")
        parameters = [p for layer in gat for p in layer.parameters()]
        return training_step(parameters, lambda: gat[1](torch.nn.functional.elu(gat[0](input, wide)), wide))

    def no_gradient(run):
        def inner():
            with torch.no_grad():
                run()

        return inner

    def spmm(batch):
        from torch_geometric.nn import SimpleConv

        layer, input = SimpleConv(aggr="sum").cuda(), x(batch)
        return no_gradient(lambda: layer(input, edge_index, weights))

    report("pyg-spmm", patients, spmm)
    report("pyg-gcn-forward", patients, lambda batch: (lambda input: no_gradient(lambda: forward(batch, input)))(x(batch)))
    parameters = [*first.parameters(), *second.parameters()]
    report("pyg-gcn-step", patients, lambda batch: (lambda input: training_step(parameters, lambda: forward(batch, input)))(x(batch)))
    report("pyg-gat-step", patients, wide_gat)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("graph")
    parser.add_argument("--patients", type=int, default=1000)
    arguments = parser.parse_args()
    if not torch.cuda.is_available():
        print("PyTorch sees no CUDA card.", file=sys.stderr)
        return
    torch.manual_seed(1)
    torch.backends.cuda.matmul.allow_tf32 = False
    print("torch", torch.__version__, torch.cuda.get_device_name(), file=sys.stderr)
    nodes, offsets, columns, weights = read_graph(arguments.graph)
    target = torch.repeat_interleave(torch.arange(nodes), torch.diff(offsets.long()))
    source = columns.long()
    order = torch.argsort(source * nodes + target)
    counts = torch.bincount(source, minlength=nodes)
    transpose_offsets = torch.cat([torch.zeros(1, dtype=torch.long), torch.cumsum(counts, 0)]).int()
    graph = torch.sparse_csr_tensor(offsets, columns, weights, (nodes, nodes)).cuda()
    transpose = torch.sparse_csr_tensor(transpose_offsets, target[order].int(), weights[order], (nodes, nodes)).cuda()
    patients = arguments.patients

    a, b = torch.randn(4096, 4096, device="cuda"), torch.randn(4096, 4096, device="cuda")
    print("torch-gemm-4096", f"{median_milliseconds(lambda: a @ b):.4f}", flush=True)

    def pair(batch):
        return torch.randn(batch * nodes, FEATURES, device="cuda"), torch.empty(batch * nodes, FEATURES, device="cuda")

    def copy(batch):
        x, y = pair(batch)
        return lambda: y.copy_(x)

    def linear(batch):
        x, y = pair(batch)
        w = torch.randn(FEATURES, FEATURES, device="cuda")
        return lambda: torch.mm(x, w, out=y).relu_()

    def weight_gradient(batch):
        x, y = pair(batch)
        y.normal_()
        return lambda: x.t() @ y

    def spmm(batch):
        x = torch.randn(nodes, batch * FEATURES, device="cuda")
        return lambda: graph @ x

    report("torch-copy", patients, copy)
    report("torch-linear", patients, linear)
    report("torch-weight-gradient", patients, weight_gradient)
    report("torch-spmm", patients, spmm)
    gcn = TwoLayerGcn().cuda()

    def forward(batch):
        x = torch.randn(nodes, batch, FEATURES, device="cuda")

        def run():
            with torch.no_grad():
                gcn(graph, transpose, x)

        return run

    def step(batch):
        x = torch.randn(nodes, batch, FEATURES, device="cuda")
        return training_step(gcn.parameters(), lambda: gcn(graph, transpose, x))

    report("torch-gcn-forward", patients, forward)
    report("torch-gcn-step", patients, step)
    try:
        geometric(patients, nodes, source.cuda(), target.cuda(), weights.cuda())
    except ImportError:
        print("PyTorch Geometric is not installed.", file=sys.stderr)


if __name__ == "__main__":
    main()
