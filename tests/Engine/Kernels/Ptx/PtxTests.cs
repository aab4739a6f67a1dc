using System.Reflection;
using DigitalTwin.Kernels.Catalog;

namespace DigitalTwin.Tests.Engine.Kernels.Ptx;

/// <summary>What every kernel becomes for a CUDA device, without one.</summary>
public sealed class PtxTests
{
    // Of 255 that a thread can have; at 160 an SM with 65,536 registers still holds 12 warps.
    private const int GreatestLiveWords = 160;

    // What a group may have without asking for more.
    private const int GreatestSharedBytes = 48 * 1024;

    [Fact]
    public void Property_EveryKernel_CompilesWithoutLocalMemoryOrMissingIntrinsics()
    {
        using var compiler = new PtxCompiler();
        var faults = new List<string>();
        foreach (var kernel in KernelCatalog.All)
        {
            var text = compiler.Compile(kernel);
            // An intrinsic that ILGPU does not know becomes a call to a function that nobody defines.
            faults.AddRange(((string[])[".local", ".extern", "call", "trap"]).Where(w => text.Contains(w, StringComparison.Ordinal)).Select(w => $"{kernel} has {w}"));
            var program = new PtxProgram(text);
            var words = PtxLiveness.GreatestWords(program);
            if (words > GreatestLiveWords)
            {
                faults.Add($"{kernel} keeps {words} registers alive, and {GreatestLiveWords} is the limit");
            }

            if (program.SharedBytes > GreatestSharedBytes)
            {
                faults.Add($"{kernel} takes {program.SharedBytes} bytes of shared memory, and {GreatestSharedBytes} is the limit");
            }
        }

        Assert.Equal(string.Empty, string.Join('\n', faults));
    }

    [Fact]
    public void Property_EveryKernelMethod_StandsInTheCatalog()
    {
        var known = KernelCatalog.All.Select(k => Definition(k.Method)).ToHashSet();
        // What a device thread can start from: a static method without result whose one argument is a struct of arguments.
        var methods = typeof(KernelCatalog).Assembly.GetTypes()
            .SelectMany(t => t.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(m => m.ReturnType == typeof(void) && m.GetParameters() is [{ ParameterType: { IsValueType: true, IsByRef: false } type }] && type.Name.EndsWith("Arguments", StringComparison.Ordinal))
            .ToArray();
        Assert.True(methods.Length > 20, $"Only {methods.Length} kernels were found: the rule of this test has gone stale.");
        Assert.Empty(methods.Select(Definition).Where(m => !known.Contains(m)).Select(m => $"{m.DeclaringType!.Name}.{m.Name}"));
        Assert.Equal(methods.Length, known.Count);
    }

    [Fact]
    public void Property_EveryNameOfTheCatalog_StandsOnce() =>
        Assert.Equal(KernelCatalog.All.Count, KernelCatalog.All.Select(k => k.Name).Distinct(StringComparer.Ordinal).Count());

    [Fact]
    public void ClosedForm_LiveWordsOfASmallProgram_AreCountedByHand()
    {
        // Where the load stands, %rd1 (2 words) and %f1 are alive before it, %f1 and %f2 after it; a guarded branch keeps both of its ways.
        const string Text = """
            {
            .reg .pred	%p<2>;
            .reg .b32	%r<2>;
            .reg .b64	%rd<3>;
            .reg .f32	%f<4>;
            mov.f32	%f1, 0f3F800000;
            mov.b64	%rd1, 16;
            ld.global.f32	%f2, [%rd1];
            setp.gt.f32	%p1, %f1, %f2;
            @%p1 bra	L_1;
            mov.f32	%f2, %f1;
            L_1:
            add.f32	%f3, %f1, %f2;
            st.global.f32	[%rd1], %f3;
            ret;
            }
            """;
        Assert.Equal(4, PtxLiveness.GreatestWords(new PtxProgram(Text)));
    }

    private static MethodInfo Definition(MethodInfo method) => method.IsGenericMethod ? method.GetGenericMethodDefinition() : method;
}
