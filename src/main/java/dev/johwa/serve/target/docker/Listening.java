package dev.johwa.serve.target.docker;

import dev.johwa.lib.docker.Container;
import dev.johwa.serve.target.Observation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Decides where a container is reached, from the sockets of its network (proc(5), `/proc/PID/net/tcp`): a published
/// port takes connections before its program does.
final class Listening {
    private static final String LISTEN = "0A";
    private static final String ANY = "00000000";
    private static final int HEX = 16;
    /// The engine's own name server is at 127.0.0.11.
    private static final String NAME_SERVER = "0B00007F";

    private Listening() {}

    /// A socket that takes connections.
    ///
    /// @param isLoopback whether only programs of the container reach it
    private record Open(int port, boolean isLoopback) {}

    static Observation observe(Kept state, Container container, Optional<String> ailing) {
        var notes = new ArrayList<String>();
        var pid = OptionalLong.of(container.pid());
        var open = open(container.pid());
        if (state.networks().contains(Marks.HOST)) {
            boolean isOpen = open.stream().flatMap(Set::stream).anyMatch(each -> each.port() == state.port());
            var there = Optional.of("127.0.0.1:" + state.port()).filter(each -> isOpen);
            return new Observation(there, there.isPresent(), Optional.empty(), pid, notes, ailing);
        }
        if (open.isEmpty()) {
            // Where /proc may not be read, whoever asks at the published port finds out.
            var address = published(state, container);
            return new Observation(address, address.isPresent(), Optional.empty(), pid, notes, ailing);
        }
        Optional<String> address = Optional.empty();
        if (open.get().contains(new Open(state.port(), false))) {
            address = published(state, container);
        } else {
            var other = open.get().stream()
                    .filter(each -> !each.isLoopback())
                    .map(Open::port)
                    .min(Integer::compare);
            if (other.isPresent() && !container.address().isEmpty()) {
                address = Optional.of(container.address() + ":" + other.get());
                notes.add("it ignores PORT (" + state.port() + ") and listens on " + other.get());
            }
        }
        if (address.isEmpty()) {
            open.get().stream()
                    .filter(Open::isLoopback)
                    .findFirst()
                    .ifPresent(each -> notes.add("it listens on 127.0.0.1:" + each.port()
                            + " of its container, where nobody reaches it: listen on 0.0.0.0 (HOST)"));
        }
        return new Observation(address, address.isPresent(), Optional.empty(), pid, notes, ailing);
    }

    private static Optional<String> published(Kept state, Container container) {
        var port = container.portFor(state.port());
        return port.isPresent() ? Optional.of("127.0.0.1:" + port.getAsInt()) : Optional.empty();
    }

    private static Optional<Set<Open>> open(int pid) {
        var open = new HashSet<Open>();
        boolean isSeen = false;
        for (var table : List.of("tcp", "tcp6")) {
            try (var lines = Files.lines(Path.of("/proc/" + pid + "/net/" + table))) {
                lines.skip(1)
                        .map(line -> line.strip().split("\\s+"))
                        .filter(words -> words.length > 3 && words[3].equals(LISTEN))
                        .map(words -> words[1].split(":"))
                        .filter(local -> !local[0].equals(NAME_SERVER))
                        .forEach(local -> open.add(new Open(Integer.parseInt(local[1], HEX), isLoopback(local[0]))));
                isSeen = true;
            } catch (IOException | UncheckedIOException e) {
                // It has just ended, has no IPv6, or may not be looked at.
            }
        }
        return isSeen ? Optional.of(open) : Optional.empty();
    }

    /// Addresses are in the machine's byte order, of IPv6 in four words.
    private static boolean isLoopback(String address) {
        return address.length() == ANY.length()
                ? address.endsWith("7F")
                : address.equals("00000000000000000000000001000000") || address.matches("0{16}FFFF0000.{6}7F");
    }
}
