package dev.johwa.lib.site;

/// A field of an answer.
public record Field(String name, String value) {}
