package dev.johwa.watch.advisory;

import java.util.List;

/// What is known of all packages of a bill.
///
/// @param vulnerabilities the worst first
/// @param unsure what speaks of a package in it and cannot be compared
/// @param gaps of what nothing could be said
/// @param export what it was judged by
public record Judgement(List<Vulnerability> vulnerabilities, List<Unsure> unsure, List<String> gaps, AsOf export) {
    public Judgement {
        vulnerabilities = List.copyOf(vulnerabilities);
        unsure = List.copyOf(unsure);
        gaps = List.copyOf(gaps);
    }

    /// @param id of the advisory
    /// @param why nobody can tell, a part of a sentence
    public record Unsure(String id, String purl, String why) {}

    /// @param fingerprint changes with the export
    /// @param modified when its newest advisory was written, RFC 3339; empty without one
    public record AsOf(String fingerprint, String modified) {}
}
