package dev.johwa.lib.event;

import java.time.Instant;

/// A fact with its place in the log: positions grow in the order in which facts were stored.
public record Entry(long position, Instant at, Fact fact) {}
