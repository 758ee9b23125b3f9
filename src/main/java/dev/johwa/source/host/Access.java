package dev.johwa.source.host;

import dev.johwa.lib.file.Trees;
import dev.johwa.source.git.Origin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Lets git in at one address for a while: a token goes into its environment, a key into a file that only the server
/// reads and that is gone afterwards. Close it.
final class Access implements AutoCloseable {
    /// As the hosts publish them.
    private static final Map<String, String> PUBLISHED = Map.of(
            "github.com",
            "github.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl\n",
            "gitlab.com",
            "gitlab.com ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAfuCHKVTjquxvt6CM6tdG4SLp1Btn/nOeHHE5UOzRdf\n");
    /// What git needs to find its way out of networks that are closed.
    private static final List<String> WAYS_OUT = List.of(
            "http_proxy", "https_proxy", "HTTPS_PROXY", "no_proxy", "NO_PROXY", "SSL_CERT_FILE", "GIT_SSL_CAINFO");

    private final Optional<Path> folder;
    private final Origin origin;

    private Access(Optional<Path> folder, Origin origin) {
        this.folder = folder;
        this.origin = origin;
    }

    /// @param machine values of the environment of the server
    static Access byToken(Address address, String token, Map<String, String> machine) {
        var environment = base(machine);
        if (!token.isEmpty()) {
            environment.put("GIT_CONFIG_COUNT", "1");
            environment.put("GIT_CONFIG_KEY_0", "http." + address.server() + "/.extraHeader");
            environment.put("GIT_CONFIG_VALUE_0", "Authorization: " + basic(token));
        }
        return new Access(Optional.empty(), new Origin(address.url(), environment));
    }

    /// @param secret half
    /// @param hostKeys by which the host is known already; empty to trust the one that it shows now
    /// @param scratch where files of a short life lie
    record Key(String secret, String hostKeys, Path scratch) {}

    static Access byKey(Address address, Key key, Map<String, String> machine) {
        try {
            var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            var folder = Files.createTempDirectory(Files.createDirectories(key.scratch()), "ssh", owner);
            var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            Files.writeString(Files.createFile(folder.resolve("key"), mode), key.secret());
            var known = PUBLISHED.getOrDefault(address.host(), key.hostKeys());
            Files.writeString(folder.resolve("known_hosts"), known);
            var environment = base(machine);
            environment.put("GIT_SSH_COMMAND", command(folder, known.isEmpty()));
            return new Access(Optional.of(folder), new Origin(address.url(), environment));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String command(Path folder, boolean isNew) {
        var options = List.of(
                "BatchMode=yes",
                "IdentitiesOnly=yes",
                "ConnectTimeout=20",
                "ServerAliveInterval=20",
                "StrictHostKeyChecking=" + (isNew ? "accept-new" : "yes"),
                "GlobalKnownHostsFile=/dev/null",
                "HashKnownHosts=no",
                "UserKnownHostsFile=\"" + folder.resolve("known_hosts") + "\"");
        return "ssh -F /dev/null -i " + quoted(folder.resolve("key").toString())
                + options.stream().map(option -> " -o " + quoted(option)).collect(Collectors.joining());
    }

    /// Git hands the line to a shell.
    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    /// The header by which a token is shown where a password is asked for.
    static String basic(String token) {
        return "Basic "
                + Base64.getEncoder().encodeToString(("x-access-token:" + token).getBytes(StandardCharsets.UTF_8));
    }

    /// How people compare a key: `SHA256:…`; empty where nothing had to be believed.
    static String fingerprint(Address address, String hostKeys) {
        var words = hostKeys.strip().split("\\s+");
        if (PUBLISHED.containsKey(address.host()) || words.length < 3) {
            return "";
        }
        try {
            var sum = MessageDigest.getInstance("SHA-256")
                    .digest(Base64.getDecoder().decode(words[2]));
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(sum);
        } catch (NoSuchAlgorithmException | IllegalArgumentException e) {
            return "";
        }
    }

    private static Map<String, String> base(Map<String, String> machine) {
        var environment = new HashMap<String, String>();
        WAYS_OUT.forEach(
                name -> Optional.ofNullable(machine.get(name)).ifPresent(value -> environment.put(name, value)));
        return environment;
    }

    Origin origin() {
        return origin;
    }

    /// The keys by which the host was known or is known from now on; empty where ssh is not spoken.
    String hostKeys() {
        try {
            return folder.isPresent() ? Files.readString(folder.get().resolve("known_hosts")) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        folder.ifPresent(Trees::delete);
    }
}
