package dev.johwa.lib.docker;

import dev.johwa.lib.process.Attached;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Commands that run within containers.
public final class Commands {
    private final Wire wire;

    Commands(Wire wire) {
        this.wire = wire;
    }

    /// What to run there.
    ///
    /// @param environment added to that of the container, byte for byte
    /// @param folder empty: that of the container
    /// @param user empty: that of the container
    public record CommandSpec(
            List<String> command,
            Map<String, String> environment,
            Optional<String> folder,
            Optional<String> user,
            boolean isTerminal) {}

    /// Starts a command whose input and output are connected with the caller.
    public Attached start(String container, CommandSpec spec) {
        var made = wire.tree(
                Call.post("/containers/" + Call.encoded(container) + "/exec").json(Writing.command(spec)));
        var id = made.path("Id").asString("");
        var call = Call.post("/exec/" + id + "/start").json(Map.of("Detach", false, "Tty", spec.isTerminal()));
        return Session.command(wire, Containers.upgraded(wire, call), id, spec.isTerminal());
    }
}
