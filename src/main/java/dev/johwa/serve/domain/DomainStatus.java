package dev.johwa.serve.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How it is with a name.
///
/// @param domain as it was added; names that a project's file or the platform has are told the same way
/// @param pointsTo addresses that this machine finds for it
/// @param certificate `acme`, `file`, `self-made`, `none`
/// @param until when the certificate ends
/// @param problem what should be done
public record DomainStatus(
        Domain domain,
        boolean pointsHere,
        List<String> pointsTo,
        String certificate,
        Optional<Instant> until,
        Optional<String> problem) {}
