package dev.johwa.main;

import dev.johwa.door.cli.Surroundings;
import dev.johwa.lib.process.Programs;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/// What systemd says to a service that it starts, and what it wants to hear (sd_listen_fds(3), sd_notify(3)).
final class Supervision {
    private static final int FIRST_DESCRIPTOR = 3;

    private Supervision() {}

    /// Whether a service manager started us: what we print is then kept for others to read.
    static boolean isOurs(Surroundings around) {
        return around.value("NOTIFY_SOCKET").isPresent();
    }

    /// The listening socket that systemd opened for the edge, when it did: the first, or the one named `edge`.
    static OptionalInt edgeSocket(Surroundings around) {
        var names = sockets(around);
        return names.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(FIRST_DESCRIPTOR + Math.max(0, names.indexOf("edge")));
    }

    /// The one that it opened for TLS, named `edge-tls`.
    static OptionalInt tlsSocket(Surroundings around) {
        int place = sockets(around).indexOf("edge-tls");
        return place < 0 ? OptionalInt.empty() : OptionalInt.of(FIRST_DESCRIPTOR + place);
    }

    /// Their names in order.
    private static List<String> sockets(Surroundings around) {
        var us = String.valueOf(ProcessHandle.current().pid());
        return around.value("LISTEN_PID").filter(us::equals).isEmpty()
                ? List.of()
                : Arrays.asList(around.value("LISTEN_FDNAMES").orElse("").split(":"));
    }

    static void tellReady(Surroundings around) {
        if (isOurs(around)) {
            var _ = Programs.firstLine(List.of("systemd-notify", "--ready", "--status=serving"));
        }
    }
}
