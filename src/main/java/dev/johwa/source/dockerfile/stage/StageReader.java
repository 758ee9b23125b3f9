package dev.johwa.source.dockerfile.stage;

import dev.johwa.lib.problem.Problem;
import dev.johwa.source.dockerfile.instruction.Instruction;
import dev.johwa.source.dockerfile.instruction.InstructionReader;
import dev.johwa.source.dockerfile.syntax.Refused;
import dev.johwa.source.dockerfile.syntax.Source;
import dev.johwa.source.dockerfile.syntax.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// Makes stages of statements, and tells all that is refused.
public final class StageReader {
    private static final int MOST_STAGES = 5_000;

    private final Lines lines;
    private final List<Instruction.Argument> arguments = new ArrayList<>();
    private final List<Instruction.From> begun = new ArrayList<>();
    private final List<List<Instruction>> bodies = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private boolean hasBegun;
    private boolean isWhole = true;

    private StageReader(Lines lines) {
        this.lines = lines;
    }

    /// @param problems errors, in the order of their lines
    /// @param isWhole every stage that begins in the file is there
    public record Read(Stages stages, List<Problem> problems, boolean isWhole) {
        public Read {
            problems = List.copyOf(problems);
        }
    }

    public static Read read(Source source, Lines lines) {
        var reader = new StageReader(lines);
        source.refusals().forEach(refusal -> reader.problems.add(lines.problem(refusal.why(), refusal.lines())));
        source.statements().forEach(reader::statement);
        var stages = new Stages(reader.arguments, reader.stages(), source.escape(), lines);
        return new Read(stages, reader.problems, reader.isWhole);
    }

    private List<Stage> stages() {
        return IntStream.range(0, begun.size())
                .mapToObj(number -> new Stage(number, begun.get(number), bodies.get(number)))
                .toList();
    }

    private void statement(Statement statement) {
        try {
            add(InstructionReader.read(statement));
        } catch (Refused e) {
            hasBegun |= statement.name().equals("from");
            isWhole &= !statement.name().equals("from");
            problems.add(lines.problem(e, statement.span()));
        }
    }

    private void add(Instruction instruction) throws Refused {
        if (instruction instanceof Instruction.From from) {
            hasBegun = true;
            if (begun.size() == MOST_STAGES) {
                throw new Refused("stages", "there are more than " + MOST_STAGES + " stages", null);
            }
            begun.add(from);
            bodies.add(new ArrayList<>());
        } else if (!bodies.isEmpty()) {
            bodies.getLast().add(instruction);
        } else if (instruction instanceof Instruction.Argument argument) {
            arguments.add(argument);
        } else if (!hasBegun) {
            hasBegun = true;
            throw new Refused(
                    "no-stage",
                    instruction.statement().name().toUpperCase(Locale.ROOT) + " stands before the first FROM",
                    null,
                    "begin with FROM IMAGE; only ARG may stand before it");
        }
    }
}
