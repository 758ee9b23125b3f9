package dev.johwa.source.dockerfile.advice;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.Severity;
import dev.johwa.source.dockerfile.stage.References;
import dev.johwa.source.dockerfile.stage.Stage;
import dev.johwa.source.dockerfile.stage.Stages;
import dev.johwa.source.dockerfile.stage.Walk;
import dev.johwa.source.dockerfile.syntax.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Goes through all that there is to say.
public final class Advice {
    /// Of warnings that tell what no builder will do with the values that the file gives.
    public static final String BUILD_FAILS = "dockerfile.build-fails";

    private final Stages stages;
    private final Source source;
    private final Map<String, String> arguments;

    /// @param arguments that the build is given, by name
    public Advice(Stages stages, Source source, Map<String, String> arguments) {
        this.stages = stages;
        this.source = source;
        this.arguments = arguments;
    }

    /// What there is to say of a file with errors: of its instructions one by one.
    public List<Problem> ofInstructions() {
        var problems = new ArrayList<Problem>();
        var walk = new Walk(stages, arguments);
        stages.all().forEach(stage -> problems.addAll(of(stage, walk)));
        return problems.stream().distinct().toList();
    }

    private List<Problem> of(Stage stage, Walk walk) {
        var problems = new ArrayList<>(new BaseAdvice(walk).of(stage));
        problems.addAll(new InstructionAdvice(stages.lines()).of(stage));
        problems.addAll(new CopyAdvice(stages.lines()).of(stage));
        return problems;
    }

    public List<Problem> all() {
        var problems = new ArrayList<Problem>();
        var lines = stages.lines();
        for (var span : source.emptyContinuations()) {
            problems.add(warning("empty-continuation", "an empty line stands in the midst of an instruction")
                    .at(lines.of(span, null))
                    .hint("take it out; later builders refuse it"));
        }
        CheckOptions.problem(source, lines).ifPresent(problems::add);
        if (stages.all().isEmpty()) {
            problems.add(warning("build-fails", "there is no FROM: nothing is built")
                    .at(new Place(lines.file(), 1, 1))
                    .hint("add FROM IMAGE"));
            return problems;
        }
        var walk = new Walk(stages, arguments);
        for (var stage : stages.all()) {
            walk.image(stage);
            problems.addAll(of(stage, walk));
        }
        problems.addAll(new UserAdvice(stages, walk).of(stages.all().getLast()));
        var references = References.of(stages, walk);
        problems.addAll(new StageAdvice(stages, references).all());
        var needed = references.needed(stages.all().getLast());
        walk.failures().forEach(failure -> {
            boolean isBuilt =
                    failure.stage().map(stage -> needed.get(stage.number())).orElse(true);
            problems.add(failed(lines.problem(failure.why(), failure.lines()), isBuilt));
        });
        return problems.stream().distinct().toList();
    }

    /// @param isBuilt the last stage needs it
    private static Problem failed(Problem refused, boolean isBuilt) {
        var warning = warning(isBuilt ? "build-fails" : "stage-fails", "no builder will do this: " + refused.message());
        var placed = refused.where() == null ? warning : warning.at(refused.where());
        return refused.hint() == null ? placed : placed.hint(refused.hint());
    }

    static Problem warning(String code, String message) {
        return Problem.user("dockerfile." + code, message).as(Severity.WARNING);
    }

    static Problem note(String code, String message) {
        return Problem.user("dockerfile." + code, message).as(Severity.NOTE);
    }
}
