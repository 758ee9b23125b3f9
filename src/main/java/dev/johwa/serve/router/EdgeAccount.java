package dev.johwa.serve.router;

import dev.johwa.lib.process.AsAccount;
import dev.johwa.serve.router.RoutingTable.Certificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The unix account of the edge. Whoever breaks into what answers the world should find nothing of the platform there
/// but what every answer needs: the sockets, sites, and keys of certificates.
final class EdgeAccount {
    private static final Logger LOG = LoggerFactory.getLogger(EdgeAccount.class);

    /// Our own.
    static final EdgeAccount NONE = new EdgeAccount(OptionalInt.empty());

    private final OptionalInt number;

    private EdgeAccount(OptionalInt number) {
        this.number = number;
    }

    /// That of the settings where it can reach the program and its folders; else our own, which is told.
    static EdgeAccount of(EdgeSettings settings) {
        var closed = settings.account().isEmpty() ? List.<Path>of() : closed(settings);
        if (closed.isEmpty()) {
            return new EdgeAccount(settings.account());
        }
        LOG.info("the edge runs as we do: other accounts cannot reach {}", closed.getFirst());
        return NONE;
    }

    /// What nobody but its owner can reach of that which an edge needs.
    private static List<Path> closed(EdgeSettings settings) {
        var needed = new ArrayList<Path>();
        for (var folder : List.of(settings.run(), settings.logs())) {
            needed.add(folder.toAbsolutePath().getParent());
        }
        settings.command().stream().flatMap(EdgeAccount::paths).forEach(needed::add);
        return needed.stream().filter(each -> !isOpen(each)).toList();
    }

    private static Stream<Path> paths(String word) {
        var value = word.startsWith("/") ? word : word.substring(word.indexOf('=') + 1);
        return Arrays.stream(value.split(":"))
                .filter(each -> each.startsWith("/"))
                .map(Path::of)
                .filter(Files::exists);
    }

    private static boolean isOpen(Path path) {
        try {
            var real = path.toRealPath();
            boolean isFolder = Files.isDirectory(real);
            var last = isFolder ? PosixFilePermission.OTHERS_EXECUTE : PosixFilePermission.OTHERS_READ;
            if (!Files.getPosixFilePermissions(real).contains(last)) {
                return false;
            }
            for (var at = real.getParent(); at != null; at = at.getParent()) {
                if (!Files.getPosixFilePermissions(at).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /// Words before those that start it.
    List<String> prefix() {
        return number.isEmpty() ? List.of() : AsAccount.prefix(number.getAsInt());
    }

    /// Makes a folder its own, with what lies in it.
    void own(Path folder) throws IOException {
        if (number.isEmpty() || isOwn(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.toList()) {
                give(file);
            }
        }
    }

    /// Makes a file its own, so that it can read what only the owner may.
    void give(Path file) throws IOException {
        if (number.isPresent() && !isOwn(file)) {
            // The edge has the folder, and may have put a link to what is not its own there.
            Files.setAttribute(file, "unix:uid", number.getAsInt(), LinkOption.NOFOLLOW_LINKS);
        }
    }

    private boolean isOwn(Path file) throws IOException {
        return Files.getAttribute(file, "unix:uid").equals(number.orElseThrow());
    }

    /// The keys that a table names. One that is not there is the edge's to tell.
    void giveKeys(RoutingTable table) {
        Stream.concat(table.tls().certificates().stream(), table.tls().proofs().stream())
                .map(Certificate::key)
                .map(Path::of)
                .forEach(this::giveKey);
    }

    private void giveKey(Path key) {
        try {
            give(key);
        } catch (IOException e) {
            LOG.warn("the edge may not be able to read {}: {}", key, e.toString());
        }
    }
}
