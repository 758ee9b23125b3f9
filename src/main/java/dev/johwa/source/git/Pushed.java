package dev.johwa.source.git;

import dev.johwa.lib.event.Fact;

/// A ref of a repository moved; `from` and `to` are commit ids, all zero for a ref that came or went.
public record Pushed(String repository, String ref, String from, String to, String by, boolean forced) implements Fact {
    @Override
    public String subject() {
        return repository;
    }
}
