package dev.johwa.source.host;

import dev.johwa.lib.file.Trees;
import dev.johwa.lib.http.InsideAddresses;
import dev.johwa.lib.text.ShellLine;
import dev.johwa.source.git.Origin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /// What is gone to.
    ///
    /// @param numbers that its host has, the best first: git and ssh go to these and look up nothing
    record Target(Address address, List<String> numbers) {
        /// `HOST:PORT:ADDRESS,…`. Git before 2.37 does not know it, and looks the name up itself.
        private Optional<String> resolved() {
            var all = numbers.stream().map(Target::plain).collect(Collectors.joining(","));
            return InsideAddresses.isNumber(address.host())
                    ? Optional.empty()
                    : Optional.of(address.host() + ":" + address.usedPort() + ":" + all);
        }

        /// The keys of the host are known by its name all the same.
        private List<String> ssh() {
            return List.of("HostName=" + plain(numbers.getFirst()), "HostKeyAlias=" + address.knownAs());
        }

        private static String plain(String number) {
            return number.replaceFirst("%.*", "");
        }
    }

    /// @param machine values of the environment of the server
    static Access byToken(Target to, String token, Map<String, String> machine) {
        var settings = new ArrayList<Map.Entry<String, String>>();
        to.resolved().ifPresent(all -> settings.add(Map.entry("http.curloptResolve", all)));
        if (!token.isEmpty()) {
            var header = "http." + to.address().server() + "/.extraHeader";
            settings.add(Map.entry(header, "Authorization: " + basic(token)));
        }
        var environment = base(machine);
        environment.put("GIT_CONFIG_COUNT", String.valueOf(settings.size()));
        for (int i = 0; i < settings.size(); i++) {
            environment.put("GIT_CONFIG_KEY_" + i, settings.get(i).getKey());
            environment.put("GIT_CONFIG_VALUE_" + i, settings.get(i).getValue());
        }
        return new Access(Optional.empty(), new Origin(to.address().url(), environment));
    }

    /// @param secret half
    /// @param hostKeys by which the host is known already; empty to trust the one that it shows now
    /// @param scratch where files of a short life lie
    record Key(String secret, String hostKeys, Path scratch) {}

    static Access byKey(Target to, Key key, Map<String, String> machine) {
        var address = to.address();
        try {
            var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            var folder = Files.createTempDirectory(Files.createDirectories(key.scratch()), "ssh", owner);
            var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            Files.writeString(Files.createFile(folder.resolve("key"), mode), key.secret());
            var known = PUBLISHED.getOrDefault(address.host(), key.hostKeys());
            Files.writeString(folder.resolve("known_hosts"), known);
            var environment = base(machine);
            environment.put("GIT_SSH_COMMAND", command(folder, known.isEmpty(), to));
            return new Access(Optional.of(folder), new Origin(address.url(), environment));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String command(Path folder, boolean isNew, Target to) {
        var options = Stream.concat(
                to.ssh().stream(),
                Stream.of(
                        "BatchMode=yes",
                        "IdentitiesOnly=yes",
                        "ConnectTimeout=20",
                        "ServerAliveInterval=20",
                        "StrictHostKeyChecking=" + (isNew ? "accept-new" : "yes"),
                        "GlobalKnownHostsFile=/dev/null",
                        "HashKnownHosts=no",
                        "UserKnownHostsFile=\"" + folder.resolve("known_hosts") + "\""));
        // Git hands the line to a shell.
        return "ssh -F /dev/null -i " + ShellLine.quoted(folder.resolve("key").toString())
                + options.map(option -> " -o " + ShellLine.quoted(option)).collect(Collectors.joining());
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
