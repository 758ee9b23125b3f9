package dev.johwa.door.api;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Names that people point here, and their certificates.
public record DomainList(List<Item> domains) {

    /// @param app `shop`, or `shop/api`; absent for a name of the platform itself
    /// @param pointsTo addresses that the server finds for it
    /// @param certificate `acme`, `file`, `self-made`, `none`
    /// @param problem what should be done
    public record Item(
            String name,
            Optional<String> app,
            Optional<String> environment,
            boolean pointsHere,
            List<String> pointsTo,
            String certificate,
            Optional<Instant> until,
            Optional<String> problem) {}

    /// What is asked for.
    ///
    /// @param project of the app that answers; none for a name of the platform itself
    /// @param force whether it counts as pointing here whatever the server finds
    /// @param certificate in PEM, with its `key`; by ACME when absent
    public record Order(
            String name,
            Optional<String> project,
            Optional<String> app,
            Optional<String> environment,
            boolean force,
            Optional<String> certificate,
            Optional<String> key) {
        public Order {
            project = Objects.requireNonNullElse(project, Optional.empty());
            app = Objects.requireNonNullElse(app, Optional.empty());
            environment = Objects.requireNonNullElse(environment, Optional.empty());
            certificate = Objects.requireNonNullElse(certificate, Optional.empty());
            key = Objects.requireNonNullElse(key, Optional.empty());
        }
    }
}
