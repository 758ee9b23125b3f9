package dev.johwa.serve.domain;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// What the operators of the platform decided about names.
///
/// @param folder of certificates and keys
/// @param domain under which apps get their names
/// @param name of the control plane at the edge
/// @param strict how long browsers should remember to come by TLS, zero for not at all
/// @param authority address of the directory of a certificate authority that speaks ACME
/// @param mail to which it may write
public record DomainSettings(
        Path folder, String domain, String name, Duration strict, Optional<String> authority, Optional<String> mail) {}
