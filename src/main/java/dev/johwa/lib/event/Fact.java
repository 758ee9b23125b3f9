package dev.johwa.lib.event;

/// Something that happened. Implementations are records named in the past tense, made of plain values only
/// (text, numbers, booleans, instants, durations, enums, lists and records of these), and only ever gain fields.
public interface Fact {
    /// Whom it is about, for finding it again: the name of a project, or empty for the platform itself.
    String subject();
}
