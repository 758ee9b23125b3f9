package dev.johwa.watch.report;

import dev.johwa.source.host.Reports.Deployed;
import dev.johwa.source.host.Reports.Place;
import dev.johwa.source.host.Reports.Status;

/// What a host is to know of one run or one release, as it is now.
///
/// @param key the same for every state of the same thing
/// @param path of its page here
/// @param address where it serves; empty unless it does
/// @param environment of a release; empty for a run
record Report(
        String project,
        String key,
        String commit,
        String state,
        String text,
        String path,
        String address,
        String environment,
        boolean isProduction,
        boolean isPreview) {
    private static final String CONTEXT = "johwa";

    boolean isOfRun() {
        return environment.isEmpty();
    }

    /// @param base of our pages; empty when they have no address
    Status status(String base) {
        return new Status(commit, CONTEXT, state, text, page(base));
    }

    /// @param id by which the host knows it; empty for not yet
    Deployed deployed(String base, String id) {
        return new Deployed(
                id, commit, new Place(environment, isProduction, isPreview), state, text, address, page(base));
    }

    private String page(String base) {
        return base.isEmpty() ? "" : base + path;
    }
}
