namespace DigitalTwin.Numerics.Compute;

/// <summary>Operations on dense matrices. Every method throws <see cref="ShapeMismatchException"/> when shapes do not fit.
/// <c>accumulate</c> adds to the output instead of writing it: how gradients of a tensor that is used twice come together.</summary>
public interface IDenseOperations
{
    /// <summary>General matrix product with fused bias and activation.</summary>
    void Gemm(in GemmArguments arguments);

    /// <summary>Writes one value everywhere.</summary>
    void Fill(MatrixView output, float value);

    /// <summary>output = scale * input (+ output). Copies between parts of matrices: concatenation and slicing. The input repeats where it is smaller, as in <see cref="Binary"/>.</summary>
    void Copy(MatrixView input, MatrixView output, float scale = 1f, bool accumulate = false);

    /// <summary>output = f(input); input and output may be the same.</summary>
    void Unary(UnaryFunction function, MatrixView input, MatrixView output);

    /// <summary>inputGradient (+)= outputGradient * f'(input). <paramref name="output"/> is f(input); functions whose derivative follows from it
    /// (Relu, LeakyRelu, Elu, Sigmoid, Tanh, Exp, Sqrt, Reciprocal) do not read <paramref name="input"/>, so that <paramref name="input"/> may be the output too.
    /// inputGradient and outputGradient may be the same.</summary>
    void UnaryBackward(UnaryFunction function, MatrixView input, MatrixView output, MatrixView outputGradient, MatrixView inputGradient, bool accumulate);

    /// <summary>output (+)= f(left, right). Sizes follow the output; left and right repeat where they are smaller: rows are read modulo their count
    /// (which must divide the output's), and one column serves all columns. Output may be left or right where shapes are equal.</summary>
    void Binary(BinaryFunction function, MatrixView left, MatrixView right, MatrixView output, bool accumulate = false);

    /// <summary>Reduces to the smaller shape of <paramref name="output"/>, the reverse of repeating in <see cref="Binary"/>: output rows divide input rows
    /// (row r goes to r modulo the output's rows), output columns are the same or 1.</summary>
    void Reduce(Reduction reduction, MatrixView input, MatrixView output, bool accumulate = false);

    /// <summary>Softmax, or its logarithm, of each row.</summary>
    void Softmax(MatrixView input, MatrixView output, bool logarithm);

    /// <summary>Gradient of <see cref="Softmax"/> from its output.</summary>
    void SoftmaxBackward(MatrixView output, MatrixView outputGradient, MatrixView inputGradient, bool logarithm, bool accumulate);

    /// <summary>log sum exp of each row, shape [rows, 1]; minus infinity for a row without columns.</summary>
    void LogSumExp(MatrixView input, MatrixView output);

    /// <summary>Running sum down each column, from the first row or (<paramref name="reverse"/>) from the last.</summary>
    void CumulativeSum(MatrixView input, MatrixView output, bool reverse, bool accumulate = false);

    /// <summary>Layer normalisation: each row to mean 0 and variance 1, then scale and shift [1, columns]; statistics are [rows, 2]: mean, 1 / deviation.</summary>
    /// <remarks>Source: [Ba2016].</remarks>
    void LayerNorm(MatrixView input, MatrixView scale, MatrixView shift, MatrixView output, MatrixView statistics, float epsilon);

    /// <summary>Gradient of <see cref="LayerNorm"/>; scale and shift gradients [1, columns] are added to.</summary>
    void LayerNormBackward(
        MatrixView input, MatrixView scale, MatrixView statistics, MatrixView outputGradient, MatrixView inputGradient, MatrixView scaleGradient, MatrixView shiftGradient, bool accumulate);

    /// <summary>Batch normalisation over rows: each column to mean 0 and variance 1 (divisor n), then scale and shift; statistics are [2, columns]: mean, 1 / deviation.
    /// With <paramref name="useStatistics"/> the statistics given are used instead of being computed.</summary>
    /// <remarks>Source: [Ioffe2015].</remarks>
    void BatchNorm(MatrixView input, MatrixView scale, MatrixView shift, MatrixView output, MatrixView statistics, float epsilon, bool useStatistics);

    /// <summary>Gradient of <see cref="BatchNorm"/> with statistics of the batch; scale and shift gradients are added to.</summary>
    void BatchNormBackward(
        MatrixView input, MatrixView scale, MatrixView statistics, MatrixView outputGradient, MatrixView inputGradient, MatrixView scaleGradient, MatrixView shiftGradient, bool accumulate);

    /// <summary>output (+)= input * keep / (1 - rate); number n of the matrix (row * columns + column) is kept when word n modulo 4 of the Philox block
    /// with counter (n / 4, 0, 0, 0) and this key is not below rate * 2^32. The gradient is the same operation on the gradient.</summary>
    void Dropout(MatrixView input, MatrixView output, float rate, ulong key, bool accumulate = false);

    /// <summary>Place (row * columns + column) of the first NaN or infinite number, or -1. Waits for the work so far.</summary>
    long FirstNonFinite(MatrixView input);
}
