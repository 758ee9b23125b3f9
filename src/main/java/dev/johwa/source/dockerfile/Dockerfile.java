package dev.johwa.source.dockerfile;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.problem.Severity;
import dev.johwa.lib.text.Near;
import dev.johwa.lib.text.RawNames;
import dev.johwa.lib.text.Sizes;
import dev.johwa.source.dockerfile.advice.Advice;
import dev.johwa.source.dockerfile.instruction.Instruction;
import dev.johwa.source.dockerfile.instruction.Mount;
import dev.johwa.source.dockerfile.stage.Lines;
import dev.johwa.source.dockerfile.stage.Stage;
import dev.johwa.source.dockerfile.stage.StageReader;
import dev.johwa.source.dockerfile.stage.Stages;
import dev.johwa.source.dockerfile.stage.Walk;
import dev.johwa.source.dockerfile.syntax.SourceReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A Dockerfile, read as BuildKit 0.34's built-in front end reads it (`frontend/dockerfile` of moby/buildkit), whatever
/// bytes it holds. [#problems] tells all that is wrong with it at once; with errors among them nothing else of it may
/// be used. Safe for use by many threads.
public final class Dockerfile {
    /// More is no Dockerfile.
    public static final int MOST_BYTES = 2 << 20;

    /// More problems say nothing new.
    private static final int MOST_PROBLEMS = 1_000;

    private static final Comparator<Problem> BY_PLACE = Comparator.comparing(
            problem -> Optional.ofNullable(problem.where()).orElse(Place.of("")),
            Comparator.comparingInt(Place::line).thenComparingInt(Place::column));

    private final Stages stages;
    private final Map<String, String> arguments;
    private final List<Problem> problems;

    private Dockerfile(Stages stages, Map<String, String> arguments, List<Problem> problems) {
        this.stages = stages;
        this.arguments = Map.copyOf(arguments);
        this.problems = problems.stream()
                .sorted(Comparator.comparing(Problem::severity))
                .limit(MOST_PROBLEMS)
                .sorted(BY_PLACE)
                .toList();
    }

    /// The same where a build is given no arguments.
    public static Dockerfile read(String name, byte[] content) {
        return read(name, content, Map.of());
    }

    /// @param name under which problems name it
    /// @param arguments that its build is given, by name
    public static Dockerfile read(String name, byte[] content, Map<String, String> arguments) {
        if (content.length > MOST_BYTES) {
            var problem = Problem.user("dockerfile.size", "the file has " + Sizes.text(content.length))
                    .at(Place.of(name))
                    .hint("a Dockerfile holds instructions; COPY brings what is large");
            var none = new Stages(List.of(), List.of(), '\\', Lines.of(name, ""));
            return new Dockerfile(none, arguments, List.of(problem));
        }
        var raw = new String(content, StandardCharsets.ISO_8859_1);
        var lines = Lines.of(name, raw);
        var source = SourceReader.read(raw);
        var read = StageReader.read(source, lines);
        var problems = new ArrayList<>(read.problems());
        var advice = new Advice(read.stages(), source, arguments);
        if (problems.isEmpty()) {
            problems.addAll(advice.all());
        } else if (read.isWhole()) {
            problems.addAll(advice.ofInstructions());
        }
        return new Dockerfile(read.stages(), arguments, problems);
    }

    /// Errors are what BuildKit's parser refuses, and references between stages that cannot be; warnings and notes what
    /// a person should know. In the order of their places.
    public List<Problem> problems() {
        return problems;
    }

    public boolean hasErrors() {
        return problems.stream().anyMatch(Problem::isError);
    }

    /// What keeps every builder from building it, although it can be read: errors, and warnings of the code
    /// [Advice#BUILD_FAILS].
    public List<Problem> obstacles() {
        return problems.stream()
                .filter(problem -> problem.isError() || problem.code().equals(Advice.BUILD_FAILS))
                .map(problem -> problem.as(Severity.ERROR))
                .toList();
    }

    /// Files that COPY and ADD name and that a build is not given: warnings, since they may be made before it.
    ///
    /// @param folder that the context was made from
    public List<Problem> missing(Path folder, BuildContext context) {
        return hasErrors() ? List.of() : MissingSources.of(stages, folder, context);
    }

    /// Names of its stages in order, in small letters; the number from 0 where one has none.
    public List<String> stages() {
        return stages.all().stream().map(Stage::name).toList();
    }

    /// Names of the secrets that its steps ask for (`RUN --mount=type=secret,id=NAME`), of all stages.
    public Set<String> secrets() {
        return stages.all().stream()
                .flatMap(stage -> stage.instructions().stream())
                .flatMap(each -> each instanceof Instruction.Run run ? run.mounts().stream() : Stream.<Mount>empty())
                .flatMap(mount -> mount.secret().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /// What a stage of it will be.
    ///
    /// @param target name or number of the stage; empty for the last
    /// @throws ProblemException when there is no such stage, or the file has errors
    public ImageDescription describe(Optional<String> target) {
        if (hasErrors()) {
            throw new ProblemException(
                    problems.stream().filter(Problem::isError).toList());
        }
        return Describing.of(stages, stage(target), new Walk(stages, arguments));
    }

    private Stage stage(Optional<String> target) {
        var all = stages.all();
        var stage = target.isEmpty()
                ? all.stream().reduce((_, last) -> last)
                : target.flatMap(name -> stages.named(RawNames.ofText(name))
                        .or(() -> all.stream()
                                .filter(each -> name.equals(String.valueOf(each.number())))
                                .findFirst()));
        return stage.orElseThrow(() -> target.map(name -> Problem.user(
                                "dockerfile.unknown-stage", "there is no stage '" + name + "'")
                        .hint(Near.question(name, stages()).orElse("there are " + String.join(", ", stages()))))
                .orElseGet(() -> Problem.user("dockerfile.no-stage", "the Dockerfile has no FROM: nothing is built"))
                .at(Place.of(stages.lines().file()))
                .exception());
    }
}
