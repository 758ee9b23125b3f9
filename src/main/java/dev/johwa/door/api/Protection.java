package dev.johwa.door.api;

import java.util.List;

/// The branches of a project that move only when what they would become has passed.
public record Protection(List<String> branches) {

    /// What is asked for.
    public record Change(String branch, boolean isProtected) {}
}
