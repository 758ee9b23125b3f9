package dev.johwa.serve.release;

import dev.johwa.lib.event.Fact;
import java.util.List;

/// Somebody began to run a command with their own hands at it; [CommandRan] tells how it ended.
///
/// @param within the instance in which it runs; empty: beside them, with files of its own
public record CommandStarted(
        String project, String app, String environment, int release, List<String> command, String within, String by)
        implements Fact {
    public CommandStarted {
        command = List.copyOf(command);
    }

    @Override
    public String subject() {
        return project;
    }
}
