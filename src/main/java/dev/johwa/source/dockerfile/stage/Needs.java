package dev.johwa.source.dockerfile.stage;

import dev.johwa.lib.text.RawNames;
import dev.johwa.source.dockerfile.ImageDescription.Need;
import dev.johwa.source.dockerfile.instruction.FlagValues;
import dev.johwa.source.dockerfile.instruction.Instruction;
import dev.johwa.source.dockerfile.syntax.Refused;
import java.util.ArrayList;
import java.util.List;

/// What BuildKit can do and the classic builder of Docker's Engine cannot: it goes through all stages up to the
/// one that is wanted.
public final class Needs {
    private static final List<String> COPY =
            List.of("link", "chmod", "parents", "exclude", "checksum", "keep-git-dir", "unpack");
    private static final List<String> RUN = List.of("network", "security", "device");

    private final Lines lines;
    private final List<Need> needs = new ArrayList<>();

    private Needs(Lines lines) {
        this.lines = lines;
    }

    public static List<Need> of(Stages stages, Stage target) {
        var needs = new Needs(stages.lines());
        stages.all().stream().limit(target.number() + 1L).forEach(stage -> {
            needs.platform(stage.from());
            stage.instructions().forEach(needs::look);
        });
        return needs.needs;
    }

    private void add(String feature, Instruction instruction, String part) {
        needs.add(new Need(feature, lines.of(instruction, part)));
    }

    private void platform(Instruction.From from) {
        for (var side : List.of("BUILD", "TARGET")) {
            if (from.platform().contains("$" + side) || from.platform().contains("${" + side)) {
                add("FROM --platform=" + RawNames.text(from.platform()), from, "--platform");
                return;
            }
        }
    }

    private void look(Instruction instruction) {
        if (!instruction.statement().heredocs().isEmpty()) {
            add("heredoc", instruction, "<<");
        }
        switch (instruction) {
            case Instruction.Copy _, Instruction.Run _ -> work(instruction, instruction);
            case Instruction.Argument argument ->
                argument.pairs().stream()
                        .filter(pair -> pair.value().isEmpty() && Platform.isArgument(pair.name()))
                        .forEach(pair -> add("ARG " + pair.name(), argument, pair.name()));
            case Instruction.OnBuild onBuild -> trigger(onBuild);
            default -> {
                // The classic builder does these.
            }
        }
    }

    /// @param at where it is written
    private void work(Instruction instruction, Instruction at) {
        switch (instruction) {
            case Instruction.Copy copy -> flags(copy.isAdd() ? "ADD" : "COPY", at, copy.flags(), COPY);
            case Instruction.Run run -> {
                run.mounts().forEach(mount -> add("RUN --mount=type=" + mount.type(), at, "--mount"));
                flags("RUN", at, run.flags(), RUN);
            }
            default -> {
                // The classic builder does these.
            }
        }
    }

    private void trigger(Instruction.OnBuild onBuild) {
        try {
            // A heredoc of it was seen.
            work(Triggers.read(onBuild), onBuild);
        } catch (Refused e) {
            // Whoever begins with this image is told.
        }
    }

    private void flags(String keyword, Instruction instruction, FlagValues given, List<String> wanted) {
        wanted.stream().filter(given::has).forEach(flag -> add(keyword + " --" + flag, instruction, "--" + flag));
    }
}
