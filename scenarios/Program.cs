using System.CommandLine;
using DigitalTwin.Scenarios.Commands;
using DigitalTwin.Scenarios.Study;

var root = new RootCommand("DigitalTwin: patients' digital twins and synthetic control arms from a scenario file.")
{
    RunCommand.Create(),
    ValidateCommand.Create(),
    CohortCommand.Create(),
    ServeCommand.Create(new ScenarioStudySource(Environment.ProcessorCount)),
    TwinCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
