package dev.johwa.lib.docker;

import java.util.List;
import java.util.Map;

/// What the engine says of an image.
///
/// @param id digest of its configuration, `sha256:…`
/// @param names of it with their tags
/// @param digests `REPOSITORY@sha256:…` under which registries have its manifest
/// @param layers digests of its layers before they were compressed, the lowest first
/// @param exposed ports, TCP only, in ascending order
/// @param volumes paths that it declares as VOLUME
/// @param healthcheck argv by which its health is asked; empty where it has none
/// @param stopSignal empty: SIGTERM
public record Image(
        String id,
        List<String> names,
        List<String> digests,
        List<String> layers,
        String architecture,
        String os,
        long bytes,
        List<String> entrypoint,
        List<String> command,
        Map<String, String> environment,
        List<Integer> exposed,
        List<String> volumes,
        String folder,
        String user,
        List<String> healthcheck,
        String stopSignal,
        Map<String, String> labels) {}
