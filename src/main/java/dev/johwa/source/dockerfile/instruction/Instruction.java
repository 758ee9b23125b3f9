package dev.johwa.source.dockerfile.instruction;

import dev.johwa.source.dockerfile.ImageDescription;
import dev.johwa.source.dockerfile.syntax.Statement;
import java.util.List;
import java.util.Optional;

/// One instruction; texts are raw, and variables in them are still there.
public sealed interface Instruction {
    Statement statement();

    /// A name and what it is set to.
    record Pair(String name, Optional<String> value) {}

    /// @param name of the stage, in small letters
    /// @param platform empty when none is told
    record From(Statement statement, String image, Optional<String> name, String platform) implements Instruction {}

    record Argument(Statement statement, List<Pair> pairs) implements Instruction {}

    record Environment(Statement statement, List<Pair> pairs) implements Instruction {}

    record Label(Statement statement, List<Pair> pairs) implements Instruction {}

    /// COPY or ADD.
    ///
    /// @param sources without those that are heredocs
    record Copy(Statement statement, boolean isAdd, List<String> sources, String target, FlagValues flags)
            implements Instruction {
        /// Where from, empty for the context.
        public String from() {
            return flags.text("from");
        }
    }

    /// @param mounts as written: `type=cache,target=/x`
    record Run(Statement statement, List<Mount> mounts, FlagValues flags) implements Instruction {}

    /// CMD.
    record Command(Statement statement) implements Instruction {}

    record Entrypoint(Statement statement) implements Instruction {}

    record Healthcheck(Statement statement, ImageDescription.Healthcheck check) implements Instruction {}

    record Expose(Statement statement, List<String> ports) implements Instruction {}

    record User(Statement statement, String user) implements Instruction {}

    record Volume(Statement statement, List<String> folders) implements Instruction {}

    record StopSignal(Statement statement, String signal) implements Instruction {}

    record WorkingFolder(Statement statement, String folder) implements Instruction {}

    record Shell(Statement statement, List<String> shell) implements Instruction {}

    /// What is done in images that begin with this one.
    ///
    /// @param trigger the instruction, in capitals
    record OnBuild(Statement statement, String trigger) implements Instruction {}

    record Maintainer(Statement statement, String name) implements Instruction {}
}
