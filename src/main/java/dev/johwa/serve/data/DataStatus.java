package dev.johwa.serve.data;

import java.util.OptionalInt;
import java.util.OptionalLong;

/// How a database is.
///
/// @param version major one of its server; empty for one elsewhere
/// @param problem what should be done; empty when nothing should
public record DataStatus(
        AppDatabase database, String version, OptionalLong bytes, OptionalInt connections, String problem) {}
