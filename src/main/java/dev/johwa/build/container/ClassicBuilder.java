package dev.johwa.build.container;

import dev.johwa.lib.docker.BuildSpec;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.task.Cancel;
import dev.johwa.source.dockerfile.ImageDescription;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// The engine's own builder, which every engine has.
final class ClassicBuilder implements ImageBuilder {
    private static final Pattern EXIT =
            Pattern.compile("The command '.*' returned a non-zero code: (\\d+)", Pattern.DOTALL);

    private final ImageParts parts;

    ClassicBuilder(ImageParts parts) {
        this.parts = parts;
    }

    @Override
    public List<Problem> lacking(ImageDescription image) {
        return image.needs().stream()
                .map(need -> Problem.user(
                                "dockerfile.needs-buildkit",
                                need.feature()
                                        + " needs BuildKit, and the builder of this server is Docker's classic one")
                        .at(need.where())
                        .hint("write it without, or have BuildKit on the server (`buildctl` and `buildkitd`)"))
                .toList();
    }

    @Override
    public String build(ImageOrder order, Consumer<BuildWord> words, Cancel cancel) {
        var spec = new BuildSpec(
                order.dockerfile(),
                order.stage(),
                order.arguments(),
                Map.of(),
                order.tag().map(parts::name).stream().toList(),
                order.memoryBytes(),
                OptionalDouble.empty(),
                Optional.empty(),
                order.isAnew(),
                order.limit());
        var heard = new ClassicWords(words);
        try {
            var id = parts.engine().get().builds().build(spec, order.context()::write, heard::hear, cancel);
            heard.end(false);
            return id;
        } catch (ProblemException e) {
            var doing = heard.doing();
            heard.end(true);
            throw explained(e, doing);
        }
    }

    private static ProblemException explained(ProblemException e, String doing) {
        var exit = EXIT.matcher(e.problem().message());
        return exit.matches()
                ? new ProblemException(Problem.user(ImageBuilds.FAILED, doing + ": exit " + exit.group(1)), e)
                : e;
    }
}
