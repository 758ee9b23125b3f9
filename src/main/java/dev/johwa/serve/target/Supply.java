package dev.johwa.serve.target;

import dev.johwa.lib.blob.Digest;

/// Brings images to a container engine.
@FunctionalInterface
public interface Supply {
    /// Makes sure that the engine has the image of an artifact.
    ///
    /// @param app whose it is: `shop` or `shop/api`
    /// @return what the engine knows it by: a name, or an id
    /// @throws dev.johwa.lib.problem.ProblemException when the artifact is missing or damaged, or the engine cannot
    ///     take it
    String supply(String app, Digest artifact);
}
