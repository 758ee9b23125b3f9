package dev.johwa.door.cli;

import java.nio.file.Path;
import java.util.Optional;

/// One command on its way: its surroundings and the options that every command takes.
public final class Session {
    private final Surroundings surroundings;
    private final RootCommand options;
    private final Screen screen;

    Session(Surroundings surroundings, RootCommand options) {
        this.surroundings = surroundings;
        this.options = options;
        this.screen = new Screen(surroundings);
    }

    public Screen screen() {
        return screen;
    }

    /// The folder the command works in: where it was started, or what `-C` says.
    public Path folder() {
        var wanted = options.folder;
        return wanted == null
                ? surroundings.folder()
                : surroundings.folder().resolve(wanted).normalize();
    }

    public Surroundings surroundings() {
        return surroundings;
    }

    Optional<String> server() {
        return Optional.ofNullable(options.server);
    }

    Optional<String> token() {
        return Optional.ofNullable(options.token);
    }
}
