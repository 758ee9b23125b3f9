package dev.johwa.source.dockerfile.advice;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.text.RawNames;
import dev.johwa.source.dockerfile.instruction.Instruction;
import dev.johwa.source.dockerfile.stage.Lines;
import dev.johwa.source.dockerfile.stage.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What single instructions of a stage do that their author hardly meant.
final class InstructionAdvice {
    /// The words that BuildKit's own check knows, and a few more, whole or as the parts of a name.
    private static final Pattern SECRET = Pattern.compile(
            "(?i)(?:_|^)(?:apikey|auth|credentials?|key|pass|passphrase|passwd|password|pword|pwd|secret|token)(?:_|$)");
    private static final Pattern HARMLESS = Pattern.compile("(?i)(?:_|^)(?:public|file|version)(?:_|$)");

    private final Lines lines;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Instruction> once = new HashMap<>();
    private boolean hasFolder;

    InstructionAdvice(Lines lines) {
        this.lines = lines;
    }

    List<Problem> of(Stage stage) {
        stage.instructions().forEach(this::look);
        return problems;
    }

    private void look(Instruction instruction) {
        switch (instruction) {
            case Instruction.Argument argument -> secrets("ARG", argument, argument.pairs());
            case Instruction.Environment environment -> secrets("ENV", environment, environment.pairs());
            case Instruction.WorkingFolder folder -> folder(folder);
            case Instruction.Command command -> {
                once("CMD", command);
                shell("CMD", command);
            }
            case Instruction.Entrypoint entrypoint -> {
                once("ENTRYPOINT", entrypoint);
                shell("ENTRYPOINT", entrypoint);
            }
            case Instruction.Healthcheck healthcheck -> {
                once("HEALTHCHECK", healthcheck);
                lost(
                        "HEALTHCHECK CMD",
                        healthcheck,
                        healthcheck.statement().arguments().getLast());
            }
            case Instruction.Run run
            when !run.statement().arguments().isEmpty() ->
                lost("RUN", run, run.statement().arguments().getFirst());
            default -> {
                // Nothing to say, or said by others.
            }
        }
    }

    private void secrets(String keyword, Instruction instruction, List<Instruction.Pair> pairs) {
        for (var pair : pairs) {
            if (SECRET.matcher(pair.name()).find()
                    && !HARMLESS.matcher(pair.name()).find()) {
                problems.add(Advice.warning(
                                "secret",
                                keyword + " " + RawNames.text(pair.name()) + " looks like a secret, and who has the"
                                        + " image can read it")
                        .at(lines.of(instruction, pair.name()))
                        .hint(
                                keyword.equals("ARG")
                                        ? "give it to the step that needs it: RUN --mount=type=secret,id=NAME"
                                        : "set it when it runs: johwa secrets set NAME"));
            }
        }
    }

    private void folder(Instruction.WorkingFolder folder) {
        var path = folder.folder();
        if (!hasFolder && !path.startsWith("/") && !path.startsWith("$")) {
            problems.add(Advice.warning(
                            "relative-workdir",
                            "WORKDIR " + RawNames.text(path)
                                    + " is relative to a folder that only the base image knows")
                    .at(lines.of(folder))
                    .hint("write it from / on: WORKDIR /" + RawNames.text(path)));
        }
        hasFolder = true;
    }

    private void once(String keyword, Instruction instruction) {
        var before = once.put(keyword, instruction);
        if (before != null) {
            problems.add(Advice.warning("several", "this " + keyword + " does nothing: the last one of a stage counts")
                    .at(lines.of(before))
                    .hint("leave one"));
        }
    }

    private void shell(String keyword, Instruction instruction) {
        var statement = instruction.statement();
        if (statement.isJson() || statement.arguments().isEmpty()) {
            return;
        }
        var text = statement.arguments().getFirst();
        if (text.startsWith("[")) {
            lost(keyword, instruction, text);
        } else if (!text.startsWith("exec ")) {
            problems.add(Advice.note(
                            "shell-form",
                            keyword + " runs in a shell, which may keep the signal to stop from the program")
                    .at(lines.of(instruction))
                    .hint("write it as an array of JSON: " + keyword
                            + " [\"PROGRAM\", \"ARGUMENT\"], or exec PROGRAM"));
        }
    }

    /// `['node', 'x']` is no JSON, so a shell gets it.
    private void lost(String keyword, Instruction instruction, String text) {
        if (!instruction.statement().isJson()
                && text.startsWith("[")
                && !text.startsWith("[ ")
                && !text.startsWith("[[")) {
            problems.add(Advice.warning("no-json", "this looks like an array of JSON and is none: a shell will get it")
                    .at(lines.of(instruction, "["))
                    .hint("put each value in double quotes: " + keyword + " [\"PROGRAM\", \"ARGUMENT\"]"));
        }
    }
}
