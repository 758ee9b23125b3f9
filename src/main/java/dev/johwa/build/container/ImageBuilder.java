package dev.johwa.build.container;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.task.Cancel;
import dev.johwa.source.dockerfile.ImageDescription;
import java.util.List;
import java.util.function.Consumer;

/// Makes an image of a Dockerfile. Safe for use by many threads.
interface ImageBuilder {
    /// What of the Dockerfile it cannot do, each with its place.
    List<Problem> lacking(ImageDescription image);

    /// Builds to its end; cancelling ends the steps that run.
    ///
    /// @param words hears what the builder and the steps say
    /// @return id by which the engine has the image; empty when the order has no tag, so that nobody wants it
    /// @throws ProblemException [ImageBuilds#FAILED], [ImageBuilds#LATE], or what else is wrong
    String build(ImageOrder order, Consumer<BuildWord> words, Cancel cancel);
}
