package dev.johwa.serve.router.proxy;

import dev.johwa.serve.router.Pass;
import dev.johwa.serve.router.RoutingTable.Guard;

/// Why somebody was let in, so that what stays open ends when that holds no longer.
sealed interface Admission {
    /// @param now in seconds of the epoch
    boolean holds(Guard guard, long now);

    /// By who they are, or by a link.
    record ByPass(Pass pass) implements Admission {
        @Override
        public boolean holds(Guard guard, long now) {
            return guard.letsIn(pass.subject(), now);
        }
    }

    /// @param hash of the password that was shown
    record ByPassword(String name, String hash) implements Admission {
        @Override
        public boolean holds(Guard guard, long now) {
            return hash.equals(guard.passwords().get(name));
        }

        @Override
        public String toString() {
            return "ByPassword[" + name + "]";
        }
    }

    /// From where the team works, or the platform itself.
    record ByPlace() implements Admission {
        static final ByPlace HERE = new ByPlace();

        @Override
        public boolean holds(Guard guard, long now) {
            return true;
        }
    }
}
