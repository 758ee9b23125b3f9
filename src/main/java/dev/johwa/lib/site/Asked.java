package dev.johwa.lib.site;

/// What somebody asked for.
///
/// @param host in lower case without port
/// @param path decoded, beginning with `/`
/// @param query as it was sent, without its question mark; empty for none
public record Asked(String host, String path, String query) {}
