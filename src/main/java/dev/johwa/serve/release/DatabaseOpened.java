package dev.johwa.serve.release;

import dev.johwa.lib.event.Fact;
import java.util.List;

/// Somebody opened the client of a database, or was told its address with the password.
///
/// @param arguments of the client
/// @param isTold whether the address was told, so that what becomes of it is not seen
public record DatabaseOpened(
        String project,
        String app,
        String environment,
        String variable,
        List<String> arguments,
        boolean isTold,
        String by)
        implements Fact {
    public DatabaseOpened {
        arguments = List.copyOf(arguments);
    }

    @Override
    public String subject() {
        return project;
    }
}
