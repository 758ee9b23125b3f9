package dev.johwa.serve.target;

import dev.johwa.lib.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/// The unix accounts of apps: one for each app and environment, never given to another. An account is a file named by
/// its number that holds whose it is; no user is added to the machine.
public final class Accounts {
    private static final int FIRST = 310_000;
    private static final int LAST = 359_999;

    private final Path folder;

    /// @param folder of the accounts that were given
    public Accounts(Path folder) {
        this.folder = folder;
    }

    /// That of an app in an environment; given now when it has none yet.
    public synchronized int of(String app, String environment) {
        var owner = app + " " + environment;
        try {
            Files.createDirectories(folder);
            try (var files = Files.newDirectoryStream(folder)) {
                for (var file : files) {
                    int number = Integer.parseInt(file.getFileName().toString());
                    if (Files.readString(file).equals(owner)) {
                        return number;
                    }
                }
            }
            return take(owner);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Each server begins elsewhere, and none takes an account as which somebody runs: two may share a machine.
    private int take(String owner) throws IOException {
        int size = LAST - FIRST + 1;
        int start = Math.floorMod(folder.toAbsolutePath().hashCode(), size);
        var used = running();
        for (int i = 0; i < size; i++) {
            int number = FIRST + (start + i) % size;
            if (used.contains(number)) {
                continue;
            }
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

    private static Set<Integer> running() throws IOException {
        var accounts = new HashSet<Integer>();
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (var process : processes) {
                try {
                    accounts.add((int) Files.getAttribute(process, "unix:uid"));
                } catch (NoSuchFileException e) {
                    // It ended between the two looks.
                }
            }
        }
        return accounts;
    }
}
