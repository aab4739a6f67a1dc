using System.CommandLine;
using DigitalTwin.Scenarios.Commands;

return await CommandLine.RunAsync(CommandLine.Create(), args, new InvocationConfiguration());
