package dev.johwa.lib.problem;

/// Whose doing a problem is; doors map it to an HTTP status and an exit code.
public enum Kind {
    /// The person can mend it: a wrong name, a wrong file.
    USER,
    /// A bug of ours.
    SYSTEM,
    /// The machine lacks something: disk, memory, a tool.
    RESOURCE,
    /// Something outside answered wrongly or not at all.
    EXTERNAL
}
