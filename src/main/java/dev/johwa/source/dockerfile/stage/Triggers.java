package dev.johwa.source.dockerfile.stage;

import dev.johwa.source.dockerfile.instruction.Instruction;
import dev.johwa.source.dockerfile.instruction.InstructionReader;
import dev.johwa.source.dockerfile.syntax.Refused;
import dev.johwa.source.dockerfile.syntax.SourceReader;
import java.util.regex.Pattern;

/// What ONBUILD leaves for the images that begin with this one.
public final class Triggers {
    private static final Pattern KEYWORD = Pattern.compile("\\A\\s*ONBUILD\\s*", Pattern.CASE_INSENSITIVE);

    private Triggers() {}

    /// The instruction that it leaves.
    ///
    /// @throws Refused when that cannot be read, which nobody notices before an image begins with this one
    public static Instruction read(Instruction.OnBuild onBuild) throws Refused {
        var statement = onBuild.statement();
        var text = new StringBuilder(KEYWORD.matcher(statement.text()).replaceFirst(""));
        statement
                .heredocs()
                .forEach(file -> text.append('\n').append(file.content()).append(file.name()));
        var source = SourceReader.read(text.toString());
        if (!source.refusals().isEmpty()) {
            throw source.refusals().getFirst().why();
        }
        if (source.statements().size() != 1) {
            throw new Refused("arguments", "ONBUILD leaves more than one instruction", null);
        }
        return InstructionReader.read(source.statements().getFirst().at(statement.span()));
    }
}
