package dev.johwa.door.api;

import java.util.List;

/// What a run said, oldest line first.
public record RunLog(List<String> lines) {}
