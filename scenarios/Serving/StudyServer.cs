using DigitalTwin.Client;
using DigitalTwin.Contracts;
using DigitalTwin.Hosting;

namespace DigitalTwin.Scenarios.Serving;

/// <summary>A running silo that serves one study. Starting again on the same state enrols and trains nothing anew.</summary>
public sealed class StudyServer : IAsyncDisposable
{
    private static readonly OperationId Enrolment = new("serve/enrol");

    private readonly EmbeddedSilo _silo;

    private StudyServer(EmbeddedSilo silo, ModelDescription model)
    {
        _silo = silo;
        Model = model;
    }

    /// <summary>The model the twins forecast with.</summary>
    public ModelDescription Model { get; }

    /// <summary>Port of 127.0.0.1 the twins answer at.</summary>
    public int Port => _silo.GatewayPort!.Value;

    /// <summary>Starts the silo, enrols every subject and trains the model, as far as the state does not hold them already.</summary>
    /// <param name="study">The study.</param>
    /// <param name="stateDirectory">Folder of the durable state.</param>
    /// <param name="port">Port of 127.0.0.1; 0 takes a free one.</param>
    /// <param name="progress">Told the fraction of the training; may be null.</param>
    /// <param name="cancellation">Stops the start; what is stored stays.</param>
    /// <exception cref="IOException">The port is taken, or the folder is in use or holds another version of the study.</exception>
    /// <exception cref="TrainingFailedException">The data cannot carry a model.</exception>
    public static async Task<StudyServer> StartAsync(
        ServedStudy study, string stateDirectory, int port, IProgress<double>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(study);
        var silo = await EmbeddedSilo.StartAsync(
            new EmbeddedSiloOptions { Trainers = [study.Trainer], StateDirectory = stateDirectory, GatewayPort = port, LogToStandardError = true }, cancellation);
        try
        {
            return new StudyServer(silo, await SetUp(study, TwinClient.Over(silo.Client), progress, cancellation));
        }
        catch (StudyConflictException cause)
        {
            await silo.DisposeAsync();
            throw new IOException($"The state folder '{stateDirectory}' holds another version of study '{study.Id}'. Choose another folder with --state, or remove it. ({cause.Message})", cause);
        }
        catch
        {
            await silo.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _silo.DisposeAsync();

    private static async Task<ModelDescription> SetUp(ServedStudy served, TwinClient client, IProgress<double>? progress, CancellationToken cancellation)
    {
        var study = client.Study(served.Id);
        await study.OpenAsync(served.Plan, cancellation);
        await study.EnrolAsync(Enrolment, served.Subjects, cancellation);
        var operation = new OperationId($"serve/train/{served.TrainingKey}/{served.Seed}");
        return await study.TrainAsync(new TrainingRequest(operation, served.Seed), progress, cancellation);
    }
}
