package dev.johwa.door.cli;

import dev.johwa.lib.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The servers that a person logged in to, in a file that only this person can read; the newest first.
public final class Logins {
    private final Path folder;
    private final Path file;

    public Logins(Surroundings surroundings) {
        this.folder = surroundings
                .value("XDG_CONFIG_HOME")
                .map(Path::of)
                .orElse(surroundings.home().resolve(".config"))
                .resolve("johwa");
        this.file = folder.resolve("logins.json");
    }

    /// @param url without a slash at its end
    public record Login(String url, String token) {}

    private record Kept(List<Login> logins) {}

    public List<Login> list() {
        try {
            return Files.exists(file)
                    ? Json.read(Files.readString(file), Kept.class).logins()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<Login> newest() {
        return list().stream().findFirst();
    }

    /// @param url of the server, without a slash at its end
    public Optional<String> token(String url) {
        return list().stream()
                .filter(login -> login.url().equals(url))
                .map(Login::token)
                .findFirst();
    }

    /// The file of the only certificates that this server is believed by; empty where nobody pinned any.
    public Optional<Path> certificate(String url) {
        return Optional.of(pinned(url)).filter(Files::exists);
    }

    /// From now on this server is believed by these certificates only.
    ///
    /// @param pem certificates as text
    public void pin(String url, String pem) throws IOException {
        var place = pinned(url);
        Files.createDirectories(place.getParent());
        Files.writeString(place, pem);
    }

    /// Whoever answers there is believed as the machine believes.
    public void unpin(String url) throws IOException {
        Files.deleteIfExists(pinned(url));
    }

    private Path pinned(String url) {
        var name = url.replaceFirst("^[a-z]+://", "").replaceAll("[^A-Za-z0-9.-]", "_");
        return folder.resolve("certificates").resolve(name + ".pem");
    }

    /// Keeps this login and forgets an earlier one at the same server.
    public Path keep(Login login) {
        var all = new ArrayList<Login>();
        all.add(login);
        list().stream().filter(other -> !other.url().equals(login.url())).forEach(all::add);
        return write(all);
    }

    /// @return whether there was one
    boolean forget(String url) {
        var others = list().stream().filter(login -> !login.url().equals(url)).toList();
        boolean known = others.size() < list().size();
        if (known) {
            write(others);
        }
        return known;
    }

    private Path write(List<Login> logins) {
        try {
            Files.createDirectories(file.getParent());
            var secret = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            var fresh = Files.createTempFile(file.getParent(), "logins", ".json", secret);
            Files.writeString(fresh, Json.pretty(new Kept(logins)), StandardCharsets.UTF_8);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
