package dev.johwa.build.toolchain;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Which runtimes are in use by runs that go on. Safe for use by many threads.
final class Leases {
    private final Set<Held> held = new HashSet<>();

    /// Begins with all of the store, since whoever begins may choose any.
    synchronized ToolStore.Lease begin() {
        var lease = new Held();
        held.add(lease);
        return lease;
    }

    /// Does something with the runtimes in use while nobody begins; not when somebody still chooses.
    synchronized void whileNobodyBegins(Work work) {
        var used = new HashSet<Path>();
        for (var lease : held) {
            if (lease.chosen.isEmpty()) {
                return;
            }
            used.addAll(lease.chosen.get());
        }
        work.with(used);
    }

    @FunctionalInterface
    interface Work {
        void with(Set<Path> used);
    }

    private final class Held implements ToolStore.Lease {
        private Optional<Set<Path>> chosen = Optional.empty();

        @Override
        public void choose(Set<Path> tools) {
            synchronized (Leases.this) {
                chosen = Optional.of(Set.copyOf(tools));
            }
        }

        @Override
        public void add(Set<Path> tools) {
            synchronized (Leases.this) {
                chosen = chosen.map(before -> {
                    var all = new HashSet<>(before);
                    all.addAll(tools);
                    return Set.copyOf(all);
                });
            }
        }

        @Override
        public void close() {
            synchronized (Leases.this) {
                held.remove(this);
            }
        }
    }
}
