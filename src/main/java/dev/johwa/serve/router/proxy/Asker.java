package dev.johwa.serve.router.proxy;

/// For whom a connection asks.
///
/// @param remote address in numbers
/// @param isSecure whether they came through TLS
record Asker(String remote, boolean isSecure) {}
