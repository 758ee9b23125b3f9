package dev.johwa.build.container;

/// What a builder tells while it works.
public sealed interface BuildWord {
    /// A step of the Dockerfile has begun.
    ///
    /// @param name as the builder tells it, by which its lines are known: `Step 2/7 : RUN npm ci`,
    ///     `[build 2/5] RUN npm ci`
    /// @param isCached whether it is as before, so that nothing runs
    record Step(String name, boolean isCached) implements BuildWord {}

    /// @param step that said it; empty: the builder itself
    record Line(String step, String text) implements BuildWord {}

    /// A step is over.
    record Ended(String step, boolean isFailed) implements BuildWord {}
}
