package dev.johwa.watch.notice;

import java.util.List;

/// Many words in one.
final class Digest {
    private Digest() {}

    /// `12 things happened: 9 failed, 3 recovered.`
    static String headline(List<Notice> notices) {
        long good = notices.stream().filter(Notice::isGood).count();
        long bad = notices.size() - good;
        return notices.size() + " things happened: " + bad + " went wrong, " + good + " recovered.";
    }
}
