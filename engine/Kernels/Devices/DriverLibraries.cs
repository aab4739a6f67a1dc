using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using ILGPU;

namespace DigitalTwin.Kernels.Devices;

/// <summary>Where drivers lie. ILGPU 1.5.3 looks for libcuda.so and libOpenCL.so, names that only development packages install; drivers install them
/// with a version. Where the plain name is missing, the versioned one is loaded for it.</summary>
internal static class DriverLibraries
{
    private static readonly (string Asked, string Installed)[] Names = [("cuda", "libcuda.so.1"), ("OpenCL", "libOpenCL.so.1")];

    static DriverLibraries() => AssemblyLoadContext.Default.ResolvingUnmanagedDll += Resolve;

    /// <summary>Whether one of these libraries can be loaded.</summary>
    public static bool HasAny(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (NativeLibrary.TryLoad(name, out var handle))
            {
                NativeLibrary.Free(handle);
                return true;
            }
        }

        return false;
    }

    private static nint Resolve(Assembly assembly, string name)
    {
        var installed = assembly == typeof(Context).Assembly ? Array.Find(Names, n => n.Asked == name).Installed : null;
        return installed is not null && NativeLibrary.TryLoad(installed, out var handle) ? handle : 0;
    }
}
