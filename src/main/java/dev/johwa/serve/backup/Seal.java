package dev.johwa.serve.backup;

import java.util.Optional;

/// Who can read what lies at a place. Safe for use by many threads.
interface Seal {
    /// Everybody who can read the place.
    Seal NONE = new Seal() {
        @Override
        public String kind() {
            return "";
        }

        @Override
        public String identity() {
            return "";
        }

        @Override
        public String ending() {
            return "";
        }

        @Override
        public byte[] close(byte[] clear) {
            return clear;
        }

        @Override
        public Optional<byte[]> open(byte[] closed) {
            return Optional.of(closed);
        }

        @Override
        public boolean opens() {
            return true;
        }
    };

    /// As manifests name it; empty for none.
    String kind();

    /// Differs where one does not open what the other closed; may be secret.
    String identity();

    /// Of names of what was closed.
    String ending();

    byte[] close(byte[] clear);

    /// The bytes again; empty when they are damaged.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException when it is not for us to open
    Optional<byte[]> open(byte[] closed);

    /// Whether it can open what it closed.
    boolean opens();
}
