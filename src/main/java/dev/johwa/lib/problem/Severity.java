package dev.johwa.lib.problem;

/// How much a problem matters: only an error stops the work.
public enum Severity {
    ERROR,
    WARNING,
    NOTE
}
