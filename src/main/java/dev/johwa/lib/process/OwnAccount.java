package dev.johwa.lib.process;

import dev.johwa.lib.process.Confinement.Bind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Puts the account of a program into the list of accounts that it sees: many ask there who they are and where their
/// home is. Every Java does, and without an answer writes into a folder named `?` where it started.
final class OwnAccount {
    private static final Path ACCOUNTS = Path.of("/etc/passwd");

    private OwnAccount() {}

    /// @param folder in which the list is written
    static Confinement told(Confinement confinement, Command command, Path folder) throws IOException {
        if (!Files.isRegularFile(ACCOUNTS)) {
            return confinement;
        }
        var number = String.valueOf(confinement.account() == 0 ? ours() : confinement.account());
        var lines = new ArrayList<>(Files.readAllLines(ACCOUNTS, StandardCharsets.ISO_8859_1));
        lines.removeIf(line -> line.matches("[^:]*:[^:]*:" + number + ":.*"));
        lines.add(String.join(
                ":",
                List.of("app", "x", number, number, "", command.environment().getOrDefault("HOME", "/"), "/bin/sh")));
        var list = Files.write(folder.resolve("accounts"), lines, StandardCharsets.ISO_8859_1);
        var binds = new ArrayList<>(confinement.binds());
        binds.add(new Bind(list, ACCOUNTS, false));
        return new Confinement(
                confinement.isolation(), confinement.account(), binds, confinement.limits(), confinement.reaches());
    }

    /// The unix account of this process; `/proc/self` is a link that belongs to root, what it leads to is ours.
    static int ours() throws IOException {
        return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    }
}
