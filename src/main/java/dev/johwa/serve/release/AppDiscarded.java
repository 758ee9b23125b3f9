package dev.johwa.serve.release;

import dev.johwa.lib.event.Fact;

/// What a deleted app had left behind went for good: whoever keeps something of it lets it go too.
///
/// @param wasLast whether nothing else of the project was there
public record AppDiscarded(String project, String app, boolean wasLast) implements Fact {
    @Override
    public String subject() {
        return project;
    }

    /// `shop`, or `shop/api`.
    public String name() {
        return new AppEnvironment(project, app, AppEnvironment.PRODUCTION).name();
    }
}
