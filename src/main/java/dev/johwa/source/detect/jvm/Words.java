package dev.johwa.source.detect.jvm;

import java.util.List;
import java.util.stream.Stream;

/// Commands put together of their parts.
final class Words {
    private Words() {}

    @SafeVarargs
    static List<String> of(List<String>... parts) {
        return Stream.of(parts).flatMap(List::stream).toList();
    }
}
