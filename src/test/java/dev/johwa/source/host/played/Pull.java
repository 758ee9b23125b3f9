package dev.johwa.source.host.played;

import java.util.Optional;

/// A pull request.
///
/// @param from whose branch: the repository's owner, or who has a fork
/// @param fork the fork's repository, as OWNER/NAME; none for a branch of the repository itself
public record Pull(int number, String branch, String from, Optional<String> fork, State state) {
    public enum State {
        OPEN,
        CLOSED,
        MERGED
    }

    Pull in(State other) {
        return new Pull(number, branch, from, fork, other);
    }

    String ref() {
        return "refs/pull/" + number + "/head";
    }
}
