package dev.johwa.lib.process;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What a program may see and use.
///
/// @param isolation how much of the machine it sees
/// @param account the unix user it runs as; 0 keeps ours (and is the only choice when we are not root)
/// @param binds folders it sees beyond the system's own read-only ones (`/usr`, `/etc`, `/opt`, …); one at `/` is the
/// folder of another system, which it sees read-only in place of those
/// @param limits what it may use
/// @param reaches ports of the machine's loopback that it finds at its own, also in a network of its own
public record Confinement(Isolation isolation, int account, List<Bind> binds, Limits limits, List<Integer> reaches) {
    public Confinement {
        binds = List.copyOf(binds);
        reaches = List.copyOf(reaches);
    }

    public Confinement(Isolation isolation, int account, List<Bind> binds, Limits limits) {
        this(isolation, account, binds, limits, List.of());
    }

    public static Confinement none() {
        return new Confinement(Isolation.NONE, 0, List.of(), Limits.none());
    }

    public enum Isolation {
        /// A plain process.
        NONE,
        /// A file system of its own, made of the binds; the machine's network.
        FILES,
        /// As FILES, in a network namespace of its own with a way in from us and out to the world (root only).
        NETWORK
    }

    /// A folder or file of the machine and where the program finds it.
    public record Bind(Path source, Path inside, boolean writable) {
        public static Bind readOnly(Path path) {
            return new Bind(path, path, false);
        }

        public static Bind writable(Path path) {
            return new Bind(path, path, true);
        }
    }

    /// Bounds of a process group; what is absent is not bounded.
    public record Limits(OptionalLong memoryBytes, OptionalDouble cpus, OptionalInt processes, OptionalLong fileBytes) {
        public static Limits none() {
            return new Limits(OptionalLong.empty(), OptionalDouble.empty(), OptionalInt.empty(), OptionalLong.empty());
        }
    }
}
