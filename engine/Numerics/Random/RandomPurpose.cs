namespace DigitalTwin.Numerics.Random;

/// <summary>What random numbers are drawn for. Two purposes never share a stream, so that drawing more for one leaves the other as it was.
/// The values are part of every result: add to the end, never renumber.</summary>
public enum RandomPurpose : byte
{
    /// <summary>Time of the event of a virtual subject.</summary>
    EventTime = 0,

    /// <summary>Day on which a subject enters the trial.</summary>
    Accrual = 1,

    /// <summary>Time at which a subject leaves early.</summary>
    Dropout = 2,

    /// <summary>Value of a binary or continuous outcome.</summary>
    Outcome = 3,

    /// <summary>Which subjects a bootstrap resample holds.</summary>
    Bootstrap = 4,

    /// <summary>Which fold a subject falls in.</summary>
    CrossFitting = 5,

    /// <summary>Which ensemble member, or which draw of the parameters, is used.</summary>
    Ensemble = 6,

    /// <summary>Allocation of subjects to arms.</summary>
    Randomization = 7,

    /// <summary>Order in which ties are broken.</summary>
    TieBreaking = 8,

    /// <summary>Permutation of a variable or of labels.</summary>
    Permutation = 9,

    /// <summary>First values of the parameters of a model, keyed by their name.</summary>
    Initialization = 10,

    /// <summary>Order in which training visits subjects.</summary>
    TrainingOrder = 11,

    /// <summary>Which values are hidden from a model that learns to fill them in.</summary>
    Masking = 12,

    /// <summary>Parameters of a model that fills in missing values, keyed by the variable it fills.</summary>
    ImputationModel = 13,

    /// <summary>The value that stands for a missing one, keyed by subject and variable.</summary>
    ImputedValue = 14,

    /// <summary>Everything that is drawn for one subject of a simulated study of known truth.</summary>
    KnownTruth = 15,

    /// <summary>Which half of a population a subject is in.</summary>
    PopulationHalf = 16,
}
