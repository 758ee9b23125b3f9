package dev.johwa.watch.notice;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Who wants to be told.
///
/// @param shown the address without what may be secret in it
/// @param project of which; empty: of all, and of the platform
/// @param kinds of what; none: of all
/// @param remind again after so long while a condition lasts; zero: never. How often a heartbeat is called
/// @param anywhere whether it may be an address of this machine: an owner added it
/// @param state how it goes with it
public record Receiver(
        String id,
        Way way,
        String shown,
        String project,
        Set<Kind> kinds,
        Duration remind,
        boolean anywhere,
        String createdBy,
        Instant createdAt,
        State state) {
    public Receiver {
        kinds = Set.copyOf(kinds);
    }

    /// @param attempts that failed in a row
    /// @param nextAt when it is tried again
    /// @param stopped why nothing is sent any more; empty: it is
    /// @param answer what it said last
    public record State(
            int attempts,
            Instant nextAt,
            Optional<Instant> failingSince,
            String stopped,
            String answer,
            Optional<Instant> answeredAt) {
        public boolean isWell() {
            return failingSince.isEmpty() && stopped.isEmpty();
        }
    }

    boolean wants(Notice notice) {
        if (way == Way.HEARTBEAT) {
            return false;
        }
        boolean isMine = project.isEmpty() || project.equals(notice.project());
        boolean isOther =
                notice.kind() != Kind.RECEIVERS || !notice.words().subject().contains(id);
        return isMine && isOther && (kinds.isEmpty() ? !isOfOthers(notice) : kinds.contains(notice.kind()));
    }

    /// Whether it is the issues of a project at its home elsewhere.
    boolean isHomeOf(String other) {
        return way == Way.ISSUE && project.equals(other);
    }

    /// Who else is told is nothing for an issue that anybody may read, unless it is asked for.
    private boolean isOfOthers(Notice notice) {
        return way == Way.ISSUE && notice.kind() == Kind.RECEIVERS;
    }

    /// What is asked for.
    ///
    /// @param address of a mailbox, or an http(s) one; of issues where they are
    public record Order(
            Way way, String address, String project, Set<Kind> kinds, Duration remind, boolean anywhere, String by) {
        public Order {
            kinds = Set.copyOf(kinds);
        }

        Order at(String other) {
            return new Order(way, other, project, kinds, remind, anywhere, by);
        }
    }
}
