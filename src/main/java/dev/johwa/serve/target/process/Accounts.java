package dev.johwa.serve.target.process;

import dev.johwa.lib.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The unix accounts of apps: one for each app and environment, never given to another. An account is a file named by
/// its number that holds whose it is; no user is added to the machine.
final class Accounts {
    private static final int FIRST = 310_000;
    private static final int LAST = 359_999;

    private final Path folder;

    Accounts(Path folder) {
        this.folder = folder;
    }

    synchronized int of(String app, String environment) {
        var owner = app + " " + environment;
        try {
            Files.createDirectories(folder);
            int free = FIRST;
            try (var files = Files.newDirectoryStream(folder)) {
                for (var file : files) {
                    int number = Integer.parseInt(file.getFileName().toString());
                    if (Files.readString(file).equals(owner)) {
                        return number;
                    }
                    free = Math.max(free, number + 1);
                }
            }
            return take(free, owner);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int take(int first, String owner) throws IOException {
        for (int number = first; number <= LAST; number++) {
            try {
                Files.writeString(folder.resolve(String.valueOf(number)), owner, StandardOpenOption.CREATE_NEW);
                return number;
            } catch (FileAlreadyExistsException e) {
                // Another process of ours took it a moment before.
            }
        }
        throw Problem.resource("accounts.none", "no unix account between " + FIRST + " and " + LAST + " is free")
                .exception();
    }
}
