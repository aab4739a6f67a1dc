using System.Runtime.InteropServices;
using System.Security.Cryptography;
using DigitalTwin.Contracts;

namespace DigitalTwin.Grains;

/// <summary>Fingerprint of a batch of subjects, so that one operation id cannot stand for two different requests.</summary>
internal static class EnrolmentDigest
{
    /// <summary>SHA-256 (hex) over ids, arms, covariate bits, outcomes and layers, in the order given.</summary>
    public static string Of(EnrolmentBatch batch)
    {
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer);
        foreach (var subject in batch.Subjects)
        {
            writer.Write(subject.Subject.Value);
            writer.Write(subject.Arm.Value);
            writer.Write(subject.Covariates.Length);
            foreach (var value in subject.Covariates)
            {
                writer.Write(value);
            }

            Write(writer, subject.Outcome);
            foreach (var row in subject.Layers ?? [])
            {
                writer.Write(row.Length);
                writer.Write(MemoryMarshal.AsBytes(row.AsSpan()));
            }
        }

        writer.Flush();
        return Convert.ToHexStringLower(SHA256.HashData(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
    }

    private static void Write(BinaryWriter writer, ObservedOutcome? outcome)
    {
        writer.Write(outcome is null ? (byte)255 : (byte)outcome.Kind);
        switch (outcome)
        {
            case ObservedSurvival survival:
                writer.Write(survival.Days);
                writer.Write(survival.HadEvent);
                break;
            case ObservedBinary binary:
                writer.Write(binary.Occurred);
                break;
            case ObservedValue value:
                writer.Write(value.Value);
                break;
        }
    }
}
