package dev.johwa.lib.db;

import dev.johwa.lib.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A PostgreSQL that somebody names for the state, and how its password is known.
///
/// @param passwordFile which holds the password, and goes before one that the address has
public record StateChoice(PostgresAddress address, Optional<Path> passwordFile) {
    /// @param word of the command, which others on the machine can read
    /// @param environment where only our user sees it: an address, and a password beside it
    /// @throws dev.johwa.lib.problem.ProblemException when the word has a password
    public static Optional<StateChoice> of(
            Optional<String> word, Optional<String> environment, Optional<String> password, Optional<Path> file) {
        var given = word.map(StateChoice::withoutPassword).or(() -> environment.map(PostgresAddress::parse));
        return given.map(address ->
                new StateChoice(address.withPassword(address.password().or(() -> password)), file));
    }

    private static PostgresAddress withoutPassword(String word) {
        var address = PostgresAddress.parse(word);
        if (address.password().isPresent()) {
            throw Problem.user("state.password", "everybody on this machine can read a password in a command")
                    .hint("write it into a file and name that: --state-password FILE; or set JOHWA_STATE_PASSWORD")
                    .exception();
        }
        return address;
    }

    boolean hasPassword() {
        return passwordFile.isPresent() || address.password().isPresent();
    }

    /// The address with its password.
    PostgresAddress complete() {
        return passwordFile
                .map(file -> address.withPassword(Optional.of(read(file))))
                .orElse(address);
    }

    static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw Problem.user("state.password", "the file " + file + " with the password cannot be read: " + e)
                    .hint("the user that runs the server must be able to read it, and no other")
                    .exception();
        }
    }
}
