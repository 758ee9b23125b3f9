package dev.johwa.serve.router;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What holds for requests of a route before they go on; most routes have no terms.
///
/// @param key signs the pass of the platform itself, whose own looks go on whatever the terms are; in Base64
/// @param pausedUntil until when requests wait, in milliseconds of the epoch; those that come later are told to come
/// again. 0 where nothing waits
/// @param from ranges of addresses that are answered; empty for all
/// @param paths below which that counts; empty for all
/// @param canonical the host that the others lead to; empty for none
/// @param others hosts that lead there
/// @param redirects lines as in a file `_redirects`
/// @param bodyBytes the largest body of a request, 0 for any
/// @param answerMillis how long an instance may take to begin its answer, 0 for as long as usual
/// @param fields of each answer, where the app sets no other
/// @param counted the field of an answer that tells of one of what is counted; empty for none
/// @param troubles what goes wrong on purpose
public record Terms(
        String key,
        long pausedUntil,
        List<String> from,
        List<String> paths,
        String canonical,
        List<String> others,
        List<String> redirects,
        long bodyBytes,
        long answerMillis,
        Map<String, String> fields,
        String counted,
        List<Trouble> troubles) {
    public static final Terms NONE =
            new Terms("", 0, List.of(), List.of(), "", List.of(), List.of(), 0, 0, Map.of(), "", List.of());

    public Terms {
        from = List.copyOf(from);
        paths = List.copyOf(paths);
        others = List.copyOf(others);
        redirects = List.copyOf(redirects);
        fields = Map.copyOf(fields);
        // A table of an earlier program does not tell.
        counted = Objects.requireNonNullElse(counted, "");
        // An edge of an earlier program left none.
        troubles = troubles == null ? List.of() : List.copyOf(troubles);
    }

    /// These and what goes wrong on purpose.
    ///
    /// @param ours signs the pass of the platform, whose own looks meet nothing of it
    public Terms with(List<Trouble> wrong, String ours) {
        return new Terms(
                ours,
                pausedUntil,
                from,
                paths,
                canonical,
                others,
                redirects,
                bodyBytes,
                answerMillis,
                fields,
                counted,
                wrong);
    }

    /// A key is nothing to be printed.
    @Override
    public String toString() {
        return equals(NONE) ? "Terms[]" : "Terms[…]";
    }
}
