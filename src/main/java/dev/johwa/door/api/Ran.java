package dev.johwa.door.api;

/// How a command of `once` ended.
///
/// @param release whose code and settings it had
/// @param status its exit status, as a shell would tell it: 128 and more after a signal, 124 after its time
/// @param exit the same for a person
public record Ran(String app, String environment, int release, int status, String exit) {}
