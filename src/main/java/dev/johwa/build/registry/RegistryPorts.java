package dev.johwa.build.registry;

import dev.johwa.lib.blob.Blobs;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.db.Database;
import java.nio.file.Path;

/// What the registry works with.
///
/// @param uploads folder for what is on its way in; on the disk of the blobs
/// @param quota bytes that one project may hold
/// @param room throws when the disk should take nothing more in
public record RegistryPorts(Database database, Blobs blobs, Path uploads, Clock clock, long quota, Runnable room) {}
