package dev.johwa.serve.target.log;

/// A line of a file, where it begins, and when it was seen.
record Line(long offset, String text, Times.Seen seen) {}
