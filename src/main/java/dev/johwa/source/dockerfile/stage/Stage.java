package dev.johwa.source.dockerfile.stage;

import dev.johwa.lib.text.RawNames;
import dev.johwa.source.dockerfile.instruction.Instruction;
import java.util.List;

/// A stage: from a FROM to the next.
///
/// @param number from 0
public record Stage(int number, Instruction.From from, List<Instruction> instructions) {
    public Stage {
        instructions = List.copyOf(instructions);
    }

    /// Its name, or its number.
    public String name() {
        return from.name().map(RawNames::text).orElseGet(() -> String.valueOf(number));
    }
}
