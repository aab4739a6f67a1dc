using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;
using DigitalTwin.Numerics.Compute.Reference;

namespace DigitalTwin.Tests.Engine.Numerics.Autodiff;

public sealed class TapeTests : IDisposable
{
    private readonly ReferenceBackend _backend = new();

    public void Dispose() => _backend.Dispose();

    [Fact]
    public void Error_LossOfManyNumbers_NamesItAndItsShape()
    {
        using var tape = new Tape(_backend);
        var x = tape.Variable(_backend.Rent(6).AsMatrix(2, 3), "expression");
        var error = Assert.Throws<ShapeMismatchException>(() => tape.Backward(x));
        Assert.Equal("The loss 'expression' is [2, 3]; a gradient starts from [1, 1]. Take its sum or mean first.", error.Message);
    }

    [Fact]
    public void Error_ProductOfShapesThatDoNotFit_NamesBoth()
    {
        using var tape = new Tape(_backend);
        var x = tape.Constant(_backend.Rent(6).AsMatrix(2, 3), "x");
        var w = tape.Constant(_backend.Rent(8).AsMatrix(4, 2), "w");
        var error = Assert.Throws<ShapeMismatchException>(() => tape.Linear(x, w));
        Assert.Contains("[2, 3]", error.Message, StringComparison.Ordinal);
        Assert.Contains("[4, 2]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_LogarithmOfZero_NamesTheFirstTensorAndThePatient()
    {
        using var tape = new Tape(_backend) { PatientCount = 3 };
        var buffer = _backend.Rent(6);
        _backend.Upload([1, 1, 1, 0, 1, 1], buffer.AsMatrix(6, 1));
        var log = tape.Apply(tape.Variable(buffer.AsMatrix(6, 1), "expression"), UnaryFunction.Log);
        tape.Sum(log);
        var fault = tape.FindNonFinite();
        Assert.NotNull(fault);
        Assert.Equal("log", fault.Tensor);
        Assert.Equal(1, fault.Patient);
    }

    [Fact]
    public void Error_InfiniteGradient_IsFoundWhereItBegins()
    {
        using var tape = new Tape(_backend) { PatientCount = 2 };
        var buffer = _backend.Rent(2);
        _backend.Upload([1, 0], buffer.AsMatrix(2, 1));
        var root = tape.Apply(tape.Scale(tape.Variable(buffer.AsMatrix(2, 1), "x"), 1f), UnaryFunction.Sqrt);
        var fault = Assert.Throws<NonFiniteException>(() => tape.Backward(tape.Sum(root), checkFinite: true));
        Assert.Equal("scale", fault.Tensor);
        Assert.Equal(1, fault.Patient);
    }

    [Fact]
    public void ClosedForm_GradientsOfTwoBatchesAddUp()
    {
        using var parameters = new ParameterSet(_backend);
        var weight = parameters.Add("weight", 1, 2, [3f, 5f]);
        using var tape = new Tape(_backend);
        for (var batch = 1; batch <= 2; batch++)
        {
            tape.Reset();
            tape.Backward(tape.Sum(tape.Scale(tape.Parameter(weight), batch)));
        }

        Assert.Equal([3.0, 3.0], ReferenceBackend.Numbers(weight.Gradient.Buffer)[..2].ToArray());
        parameters.ClearGradients();
        Assert.Equal([0.0, 0.0], ReferenceBackend.Numbers(weight.Gradient.Buffer)[..2].ToArray());
    }

    [Fact]
    public void Property_ASecondPass_UsesTheSameTensorsAndBuffers()
    {
        using var tape = new Tape(_backend);
        var x = _backend.Rent(6).AsMatrix(2, 3);
        var first = tape.Scale(tape.Variable(x, "x"), 2f);
        tape.Backward(tape.Sum(first));
        tape.Reset();
        var rented = _backend.Memory.RentedBytes;
        var second = tape.Scale(tape.Variable(x, "x"), 2f);
        tape.Backward(tape.Sum(second));
        Assert.Same(first, second);
        tape.Reset();
        Assert.Equal(rented, _backend.Memory.RentedBytes);
    }

    [Fact]
    public void Error_TwoParametersOfOneName_AreRefused()
    {
        using var parameters = new ParameterSet(_backend);
        parameters.Add("encoder.weight", 2, 2);
        var error = Assert.Throws<ArgumentException>(() => parameters.Add("encoder.weight", 2, 2));
        Assert.Contains("'encoder.weight'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_ParameterAfterFirstUse_IsRefused()
    {
        using var parameters = new ParameterSet(_backend);
        var weight = parameters.Add("a", 1, 1);
        Assert.Equal(1, weight.Value.Rows);
        Assert.Throws<InvalidOperationException>(() => parameters.Add("b", 1, 1));
    }
}
