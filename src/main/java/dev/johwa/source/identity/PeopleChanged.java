package dev.johwa.source.identity;

import dev.johwa.lib.event.Fact;

/// Who may what changed.
///
/// @param change `invited`, `joined`, `role`, `password`, `removed`
/// @param role the one that holds now; empty where none does
/// @param project where it holds; empty for everywhere
public record PeopleChanged(String person, String change, String role, String project, String by) implements Fact {
    @Override
    public String subject() {
        return person;
    }
}
