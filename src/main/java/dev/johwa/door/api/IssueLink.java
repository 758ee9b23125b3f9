package dev.johwa.door.api;

/// An issue where the project has its home.
///
/// @param name as a text names it: `#12`
public record IssueLink(String name, String url) {}
