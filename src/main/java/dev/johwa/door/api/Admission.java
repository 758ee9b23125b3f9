package dev.johwa.door.api;

import java.time.Instant;

/// The way into the pages for one browser, once.
///
/// @param path to open; `&to=/shop` after it leads on to a page
/// @param until when it is too late
public record Admission(String path, Instant until) {}
