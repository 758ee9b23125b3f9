package dev.johwa.watch.notice;

import java.util.List;

/// What is sent at once: a word, or many in one when they came thick and fast.
///
/// @param id the same each time it is sent
record Parcel(String id, List<Notice> notices) {
    Parcel {
        notices = List.copyOf(notices);
    }

    boolean isDigest() {
        return notices.size() > 1;
    }

    Notice only() {
        return notices.getFirst();
    }
}
