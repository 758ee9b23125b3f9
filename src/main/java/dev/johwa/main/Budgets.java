package dev.johwa.main;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.text.Sizes;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What classes of files may take on the disk: parts of a whole, or what somebody gave to one of them.
///
/// @param total of those that were given nothing of their own, were they all
/// @param own what was given to single ones
record Budgets(long total, Map<Part, Long> own) {
    /// Unless told otherwise.
    static final Budgets USUAL = new Budgets(20L << 30, Map.of());

    private static final int WHOLE = 100;

    /// A class of files.
    enum Part {
        GIT(20, "push no large files that are made anew, or delete projects that nobody needs (`johwa apps delete`)"),
        BLOBS(35, "delete apps and branches that nobody needs: what is left can still be rolled back to"),
        CACHES(25, "it goes by itself while no run of its project goes on"),
        LOGS(10, "the oldest go by themselves; programs that print less keep more"),
        HISTORY(5, "it grows with pushes and releases"),
        METRICS(5, "the oldest go by themselves"),
        /// What images of one project may take that were pushed to the registry. They are blobs, so it is no class of
        /// its own.
        REGISTRY(20, "delete tags and manifests that nobody needs");

        /// Those that are added up.
        static final List<Part> CLASSES = List.of(GIT, BLOBS, CACHES, LOGS, HISTORY, METRICS);

        private final int percent;
        private final String advice;

        Part(int percent, String advice) {
            this.percent = percent;
            this.advice = advice;
        }

        /// As people write it.
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// What to do where it takes too much.
        String advice() {
            return advice + "; or give it more: `johwa up --budget " + word() + "=SIZE`";
        }
    }

    Budgets {
        own = Map.copyOf(own);
    }

    /// @param texts `20Gi` for the whole, `logs=2Gi` for a class; later ones win
    static Budgets read(List<String> texts) {
        long total = USUAL.total();
        var own = new EnumMap<Part, Long>(Part.class);
        for (var text : texts) {
            int sign = text.indexOf('=');
            long size = Sizes.read(text.substring(sign + 1))
                    .filter(bytes -> bytes > 0)
                    .orElseThrow(() -> wrong(text));
            if (sign < 0) {
                total = size;
            } else {
                own.put(part(text, text.substring(0, sign)), size);
            }
        }
        return new Budgets(total, own);
    }

    private static Part part(String text, String word) {
        for (var part : Part.values()) {
            if (part.word().equals(word)) {
                return part;
            }
        }
        throw wrong(text);
    }

    private static ProblemException wrong(String text) {
        return Problem.user("usage.size", "--budget is '" + text + "'")
                .hint("write a size such as 500Mi or 20Gi for all, or of one class: git=4Gi, blobs=8Gi, caches=5Gi,"
                        + " logs=2Gi, history=1Gi, metrics=1Gi; registry=4Gi is for the images of each project")
                .exception();
    }

    long of(Part part) {
        // Of a whole that is smaller than that, each still has a byte.
        return own.getOrDefault(part, Math.max(1, total / WHOLE * part.percent));
    }

    long sum() {
        long sum = 0;
        for (var part : Part.CLASSES) {
            sum += of(part);
        }
        return sum;
    }
}
