package dev.johwa.watch.dora;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Five figures of a window, each with its n, so that a reader can judge it. A figure that nothing is known of is
/// empty. Percentiles are of all single values (never medians of medians), interpolated between neighbours.
///
/// - A deployment counts for its app in its environment. A push or deploy that went live with another artifact than
///   the one that served is a *change*; one that reverts a commit of an earlier change, or names it in a `Fixes:`
///   trailer, within 24 hours is a *fix*. Repeats of the serving artifact and changes of settings count apart.
/// - **Deployment frequency**: changes and fixes a day, and the median time from one to the next.
/// - **Lead time**: of each commit newly in a release, from its committer's date until that release served; without
///   merges, and without the commits of an app's first deployment.
/// - **Change failure rate**: changes that were rolled back from, fixed, or that the platform had to switch back from,
///   by all changes. Fixes and rollbacks are not in it: they repair.
/// - **Time to restore**: from a failed change until what repaired it was live. One that is not repaired yet counts
///   with the time so far, and the median then says "at least".
/// - **Rework rate**: fixes and rollbacks by all deployments.
///
/// @param band the weakest of the figures' bands (edition 2023 of the DORA report), or `too few` below 5 deployments
/// @param score mean of the figures' scores, 0 to 10 (edition 2025 of DORA's Quick Check)
/// @param deployments changes and fixes that went live
/// @param apps the same figures by app, where there are several; of more than 50 without evidence
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Report(
        Frequency deploymentFrequency,
        LeadTime leadTime,
        ChangeFailureRate changeFailureRate,
        TimeToRestore timeToRestore,
        ReworkRate reworkRate,
        String band,
        int bandEdition,
        OptionalDouble score,
        Window window,
        int deployments,
        Excluded excluded,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<OfApp> apps) {
    /// So many values make a band; fewer are told as too few.
    public static final int ENOUGH = 5;

    public record Window(Instant since, Instant until, double days, String environment) {}

    /// @param evidence the newest deployments
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Frequency(
            double perDay,
            OptionalDouble medianGapSeconds,
            int n,
            String band,
            OptionalDouble score,
            List<Deployed> evidence) {}

    /// @param evidence the slowest commits
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record LeadTime(
            OptionalDouble medianSeconds,
            OptionalDouble p75Seconds,
            OptionalDouble p90Seconds,
            OptionalDouble p95Seconds,
            int n,
            String band,
            OptionalDouble score,
            List<Lead> evidence) {}

    /// @param n all changes
    /// @param evidence the newest failed ones
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record ChangeFailureRate(
            OptionalDouble ratio, int failed, int n, String band, OptionalDouble score, List<Failed> evidence) {}

    /// @param atLeast whether the median rests on failures that are still open
    /// @param open failures that nothing has repaired yet
    /// @param evidence the newest ones
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record TimeToRestore(
            OptionalDouble medianSeconds,
            boolean atLeast,
            int open,
            int n,
            String band,
            OptionalDouble score,
            List<Restored> evidence) {}

    /// @param evidence the newest fixes and rollbacks
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record ReworkRate(OptionalDouble ratio, int rework, int n, OptionalDouble score, List<Deployed> evidence) {}

    public record Deployed(String app, int release, String commit, String kind, Instant at) {}

    public record Lead(String app, int release, String commit, Instant committedAt, Instant authoredAt, long seconds) {}

    /// @param by `rollback`, `rollback-failed`, `switched-back`, `revert`, `fix`
    /// @param repairedBy the release that repaired it
    /// @param suspects on a rollback, all releases that it took back
    public record Failed(
            String app,
            int release,
            String commit,
            Instant at,
            String by,
            Optional<String> repairCommit,
            Optional<Integer> repairedBy,
            List<Integer> suspects) {}

    /// @param seconds until now while it is open
    public record Restored(String app, int release, long seconds, boolean open) {}

    /// What was seen in the window and counts in no figure.
    ///
    /// @param repeats deployments of the artifact that served already
    /// @param settings changes of settings
    /// @param failedSettings those of both that were rolled back from
    /// @param stopped deployments that the gate stopped before they had a request
    /// @param failedFixes fixes that failed themselves
    /// @param switchedBack failed changes that the platform took back by itself: nobody had to restore them
    /// @param merges merge commits
    /// @param firstDeployments without lead times
    public record Excluded(
            int repeats,
            int settings,
            int failedSettings,
            int stopped,
            int superseded,
            int cancelled,
            int failedFixes,
            int switchedBack,
            int merges,
            int firstDeployments) {}

    /// One app of several.
    public record OfApp(String name, Report figures) {}
}
