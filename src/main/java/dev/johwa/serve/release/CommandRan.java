package dev.johwa.serve.release;

import dev.johwa.lib.event.Fact;
import java.util.List;

/// Somebody ran a command with the code, settings and secrets of what was live.
///
/// @param exit how it ended, for a person
public record CommandRan(
        String project, String app, String environment, int release, List<String> command, String exit, String by)
        implements Fact {
    public CommandRan {
        command = List.copyOf(command);
    }

    @Override
    public String subject() {
        return project;
    }
}
