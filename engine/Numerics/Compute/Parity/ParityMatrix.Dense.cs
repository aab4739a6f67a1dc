namespace DigitalTwin.Numerics.Compute.Parity;

/// <summary>Elementwise operations, reductions, normalisations, optimisers.</summary>
public static partial class ParityMatrix
{
    private static IEnumerable<ParityCase> Elementwise()
    {
        foreach (var (rows, columns, gap) in Shapes)
        {
            var shape = ShapeName(rows, columns, gap);
            yield return new ParityCase($"fill and copy {shape}", 1e-6, w =>
            {
                var (x, y, z) = (w.Random(rows, columns, gap), w.Random(rows, columns, gap), w.Random(rows, columns, gap));
                w.Backend.Copy(x, y, -1.5f, accumulate: true);
                w.Backend.Fill(z, 0.25f);
                w.Collect(y);
                w.Collect(z);
                w.Collect(w.Backend.FirstNonFinite(x));
            });
            yield return new ParityCase($"dropout {shape}", 2e-6, w =>
            {
                var (x, y) = (w.Random(rows, columns, gap), w.Random(rows, columns, gap));
                w.Backend.Dropout(x, y, 0.3f, 0x123456789abcdefUL, accumulate: true);
                w.Collect(y);
            });
            foreach (var function in Enum.GetValues<BinaryFunction>())
            {
                yield return BinaryCase(function, shape, (rows, columns), (rows, columns), rows, columns, gap);
            }
        }

        foreach (var function in Enum.GetValues<UnaryFunction>())
        {
            yield return UnaryCase(function, 130, 19, 1, accumulate: true);
            yield return UnaryCase(function, 3, 33, 0, accumulate: false);
        }

        yield return BinaryCase(BinaryFunction.Multiply, "row vector", (12, 35), (1, 35), 12, 35, 1);
        yield return BinaryCase(BinaryFunction.Add, "column vector", (12, 35), (12, 1), 12, 35, 0);
        yield return BinaryCase(BinaryFunction.Subtract, "scalar on the left", (1, 1), (12, 35), 12, 35, 0);
        yield return BinaryCase(BinaryFunction.Divide, "per node over patients", (12, 35), (4, 35), 12, 35, 2);
        yield return BinaryCase(BinaryFunction.Multiply, "both repeat", (12, 1), (3, 35), 12, 35, 0);

        // Rows shorter than a register: whole ones, ones that an operand begins anew in, and an end.
        foreach (var columns in new[] { 2, 4, 8 })
        {
            yield return BinaryCase(BinaryFunction.Multiply, $"column times nodes of {columns}", (35, 1), (5, columns), 35, columns, 0);
            yield return BinaryCase(BinaryFunction.Add, $"row of {columns}", (35, columns), (1, columns), 35, columns, 0);
            yield return BinaryCase(BinaryFunction.Subtract, $"nodes of {columns} over patients", (16, columns), (48, columns), 48, columns, 0);
            yield return BinaryCase(BinaryFunction.Divide, $"column that repeats, {columns} columns", (36, columns), (12, 1), 36, columns, 0);
            yield return BinaryCase(BinaryFunction.Add, $"rows of {columns} with gaps", (35, columns), (5, columns), 35, columns, 1);
        }

        yield return new ParityCase("copy of a repeated row", 1e-6, w =>
        {
            var (x, y) = (w.Random(3, 1), w.Random(12, 21, 1));
            w.Backend.Copy(x, y, 2f);
            w.Collect(y);
        });
        foreach (var columns in new[] { 1, 3, 8 })
        {
            yield return new ParityCase($"copy of nodes of {columns} over patients", 1e-6, w =>
            {
                var (x, y) = (w.Random(5, columns), w.Random(35, columns));
                w.Backend.Copy(x, y);
                w.Collect(y);
                w.Backend.Copy(x, y, 2f, accumulate: true);
                w.Collect(y);
            });
            yield return new ParityCase($"copy of {columns} columns of more", 1e-6, w =>
            {
                var (x, y) = (w.Random(35, 9), w.Random(35, columns));
                w.Backend.Copy(x.SliceColumns(1, columns), y);
                w.Collect(y);
                w.Backend.Copy(y, x.SliceColumns(0, columns), -2f, accumulate: true);
                w.Collect(x);
            });
        }

        yield return new ParityCase("first non-finite", 0, w =>
        {
            var x = w.Of(2, 3, 1, 2, 3, 4, float.NegativeInfinity, float.NaN);
            w.Collect(w.Backend.FirstNonFinite(x));
        });
    }

    private static ParityCase BinaryCase(
        BinaryFunction function, string shape, (int Rows, int Columns) left, (int Rows, int Columns) right, int rows, int columns, int gap) =>
        new($"{function}, {shape}", 1e-5, w =>
        {
            var (a, b, y) = (w.Random(left.Rows, left.Columns, gap), w.Random(right.Rows, right.Columns, gap, 0.2f, 2f), w.Random(rows, columns, gap));
            w.Backend.Binary(function, a, b, y);
            w.Collect(y);
            w.Backend.Binary(function, a, b, y, accumulate: true);
            w.Collect(y);
        });

    private static ParityCase UnaryCase(UnaryFunction function, int rows, int columns, int gap, bool accumulate) =>
        new($"{function} and its gradient {ShapeName(rows, columns, gap)}", 1e-5, w =>
        {
            var positive = function is UnaryFunction.Log or UnaryFunction.Sqrt or UnaryFunction.Reciprocal;
            var (low, high) = positive ? (0.1f, 10f) : (-6f, 6f);
            var (x, y) = (w.Random(rows, columns, gap, low, high), w.Random(rows, columns, gap));
            var (dy, dx) = (w.Random(rows, columns, gap), w.Random(rows, columns, gap));
            w.Backend.Unary(function, x, y);
            w.Backend.UnaryBackward(function, x, y, dy, dx, accumulate);
            w.Collect(y);
            w.Collect(dx);
        });

    private static IEnumerable<ParityCase> Reductions()
    {
        foreach (var (rows, columns, gap) in Shapes.Append((5000, 3, 0)).Append((3, 5000, 0)))
        {
            var shape = ShapeName(rows, columns, gap);
            foreach (var reduction in new[] { Reduction.Sum, Reduction.Mean, Reduction.Maximum })
            {
                if (rows > 0 && columns > 0)
                {
                    yield return ReduceCase(reduction, shape, rows, columns, 1, 1, gap);
                    yield return ReduceCase(reduction, shape, rows, columns, 1, columns, gap);
                    yield return ReduceCase(reduction, shape, rows, columns, rows, 1, gap);
                }
            }

            if (columns > 0)
            {
                yield return SoftmaxCase(shape, rows, columns, gap, logarithm: true);
                yield return SoftmaxCase(shape, rows, columns, gap, logarithm: false);
            }

            yield return new ParityCase($"cumulative sums {shape}", 1e-4, w =>
            {
                var (x, y, z) = (w.Random(rows, columns, gap), w.Random(rows, columns, gap), w.Random(rows, columns, gap));
                w.Backend.CumulativeSum(x, y, reverse: false);
                w.Backend.CumulativeSum(x, z, reverse: true, accumulate: true);
                w.Collect(y);
                w.Collect(z);
            });
        }

        yield return ReduceCase(Reduction.Sum, "[12, 5] over patients", 12, 5, 4, 5, 0);
        yield return ReduceCase(Reduction.Mean, "[12, 5] over patients and columns", 12, 5, 4, 1, 1);
        yield return new ParityCase("softmax of large numbers", 1e-5, w =>
        {
            var (x, y, z) = (w.Of(2, 3, 1000, 999, -1000, -500, -500, -501), w.Random(2, 3), w.Random(2, 1));
            w.Backend.Softmax(x, y, logarithm: false);
            w.Backend.LogSumExp(x, z);
            w.Collect(y);
            w.Collect(z);
        });
    }

    private static ParityCase ReduceCase(Reduction reduction, string shape, int rows, int columns, int outputRows, int outputColumns, int gap) =>
        new($"{reduction} {shape} to [{outputRows}, {outputColumns}]", 5e-5, w =>
        {
            var (x, y) = (w.Random(rows, columns, gap), w.Random(outputRows, outputColumns, gap));
            w.Backend.Reduce(reduction, x, y);
            w.Collect(y);
            w.Backend.Reduce(reduction, x, y, accumulate: true);
            w.Collect(y);
        });

    private static ParityCase SoftmaxCase(string shape, int rows, int columns, int gap, bool logarithm) =>
        new($"{(logarithm ? "log " : "")}softmax and its gradient {shape}", 2e-5, w =>
        {
            var (x, y) = (w.Random(rows, columns, gap, -5f, 5f), w.Random(rows, columns, gap));
            var (dy, dx, total) = (w.Random(rows, columns, gap), w.Random(rows, columns, gap), w.Random(rows, 1, gap));
            w.Backend.Softmax(x, y, logarithm);
            w.Backend.SoftmaxBackward(y, dy, dx, logarithm, accumulate: gap > 0);
            w.Backend.LogSumExp(x, total);
            w.Collect(y);
            w.Collect(dx);
            w.Collect(total);
        });

    private static IEnumerable<ParityCase> Normalisations()
    {
        foreach (var (rows, columns, gap) in Shapes.Where(s => s is { Rows: > 0, Columns: > 1 }))
        {
            yield return new ParityCase($"layer norm and its gradient {ShapeName(rows, columns, gap)}", 5e-5, w =>
            {
                var (x, scale, shift) = (w.Random(rows, columns, gap, 1f, 3f), w.Random(1, columns), w.Random(1, columns));
                var (y, statistics, dy) = (w.Random(rows, columns, gap), w.Random(rows, 2), w.Random(rows, columns, gap));
                var (dx, dScale, dShift) = (w.Random(rows, columns, gap), w.Random(1, columns), w.Random(1, columns));
                w.Backend.LayerNorm(x, scale, shift, y, statistics, 1e-3f);
                w.Backend.LayerNormBackward(x, scale, statistics, dy, dx, dScale, dShift, accumulate: gap > 0);
                CollectAll(w, y, statistics, dx, dScale, dShift);
            });
        }

        foreach (var (rows, columns, gap) in Shapes.Where(s => s is { Rows: > 1, Columns: > 0 }))
        {
            yield return new ParityCase($"batch norm and its gradient {ShapeName(rows, columns, gap)}", 5e-5, w =>
            {
                var (x, scale, shift) = (w.Random(rows, columns, gap, 1f, 3f), w.Random(1, columns), w.Random(1, columns));
                var (y, statistics, dy) = (w.Random(rows, columns, gap), w.Random(2, columns), w.Random(rows, columns, gap));
                var (dx, dScale, dShift) = (w.Random(rows, columns, gap), w.Random(1, columns), w.Random(1, columns));
                w.Backend.BatchNorm(x, scale, shift, y, statistics, 1e-3f, useStatistics: false);
                w.Backend.BatchNormBackward(x, scale, statistics, dy, dx, dScale, dShift, accumulate: gap > 0);
                CollectAll(w, y, statistics, dx, dScale, dShift);
                w.Backend.BatchNorm(dy, scale, shift, y, statistics, 1e-3f, useStatistics: true);
                w.Collect(y);
            });
        }
    }

    private static IEnumerable<ParityCase> Optimizers()
    {
        foreach (var decoupled in new[] { false, true })
        {
            yield return new ParityCase($"Adam{(decoupled ? "W" : "")}, 3 steps", 1e-5, w =>
            {
                var (p, m, v) = (w.Random(1, 101), w.Random(1, 101), w.Random(1, 101, 0, 0f, 1f));
                for (var step = 1; step <= 3; step++)
                {
                    w.Backend.AdamStep(p, w.Random(1, 101), m, v, new AdamStepArguments(0.01f, 0.9f, 0.999f, 1e-8f, 0.1f, decoupled, 0.5f, step));
                }

                CollectAll(w, p, m, v);
            });
        }

        yield return new ParityCase("gradient descent with momentum, 3 steps", 1e-5, w =>
        {
            var (p, v) = (w.Random(1, 101), w.Random(1, 101));
            for (var step = 1; step <= 3; step++)
            {
                w.Backend.SgdStep(p, w.Random(1, 101), v, new SgdStepArguments(0.01f, 0.9f, 0.1f, 0.5f));
            }

            CollectAll(w, p, v);
        });
        foreach (var count in new[] { 0, 1, 1000, 70001 })
        {
            yield return new ParityCase($"sum of squares of {count}", 1e-5, w => w.Collect(w.Backend.SumOfSquares(w.Random(1, count))));
        }
    }

    private static void CollectAll(ParityWorkspace workspace, params ReadOnlySpan<MatrixView> outputs)
    {
        foreach (var output in outputs)
        {
            workspace.Collect(output);
        }
    }
}
