package dev.johwa.build.pipeline;

import dev.johwa.lib.blob.Digest;
import dev.johwa.source.detect.Detection;

/// An app of a commit that passed its tests, and the artifact that was built of it.
///
/// @param environment `production`, a named one, or the branch of a preview
/// @param layer whose settings hold there: the environment's name, or `preview`
/// @param tests how many ran; 0 means that none were found
/// @param reused whether the artifact comes from an earlier run of the same tree
public record Passed(
        String project,
        String app,
        String environment,
        String layer,
        String branch,
        String commit,
        int run,
        Digest artifact,
        Detection detection,
        String folder,
        int tests,
        boolean reused,
        String by) {}
