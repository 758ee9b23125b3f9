package dev.johwa.door.cli;

import dev.johwa.lib.problem.ProblemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The browser of who sits at this terminal, where there is one.
final class WebBrowser {
    private final Surroundings around;

    WebBrowser(Surroundings around) {
        this.around = around;
    }

    /// Opens an address.
    ///
    /// @return whether a browser was asked to
    boolean open(String address) {
        try {
            var command = command(address);
            command.ifPresent(argv -> new Programs(around).begin(around.home(), argv));
            return command.isPresent();
        } catch (ProblemException e) {
            // The address was told, and is opened by hand where no program can be started.
            return false;
        }
    }

    /// What opens it: nothing where nobody looks, as in CI, in a script, or on a server reached over SSH.
    Optional<List<String>> command(String address) {
        if (!around.terminal() || around.value("CI").isPresent()) {
            return Optional.empty();
        }
        if (around.value("WSL_DISTRO_NAME").isPresent()) {
            return program("wslview").or(() -> program("explorer.exe")).map(program -> List.of(program, address));
        }
        if (around.value("DISPLAY").or(() -> around.value("WAYLAND_DISPLAY")).isPresent()) {
            return program("xdg-open").or(() -> program("x-www-browser")).map(program -> List.of(program, address));
        }
        boolean isMac =
                program("sw_vers").isPresent() && around.value("SSH_CONNECTION").isEmpty();
        return isMac ? program("open").map(program -> List.of(program, address)) : Optional.empty();
    }

    private Optional<String> program(String name) {
        return dev.johwa.lib.process.Programs.find(name, around.path()).map(Path::toString);
    }
}
