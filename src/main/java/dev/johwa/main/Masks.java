package dev.johwa.main;

import dev.johwa.lib.text.Cut;
import dev.johwa.lib.text.Mask;
import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.serve.target.Logs;
import dev.johwa.source.config.Values;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// Hides the secrets of projects in lines, each from when it was set. Safe for use by many threads.
final class Masks implements Logs.Mask {
    private final Values values;
    private final Map<String, Made> byProject = new ConcurrentHashMap<>();

    Masks(Values values) {
        this.values = values;
    }

    /// @param additions how many there were when it was made
    private record Made(Mask mask, long additions) {}

    /// Hides the secrets of a project, those of now.
    UnaryOperator<String> of(String project) {
        return line -> mask(project).apply(line);
    }

    private Mask mask(String project) {
        return fresh(project, () -> values.allSecrets(project));
    }

    private Mask fresh(String key, Supplier<List<String>> secrets) {
        // Counted before they are read: what is added meanwhile is looked for the next time.
        long additions = values.additions();
        var made = byProject.compute(
                key,
                (name, known) -> known != null && known.additions() == additions
                        ? known
                        : new Made(new Mask(secrets.get()), additions));
        return made.mask();
    }

    /// @param app `shop` or `shop/api`; empty for what is of no app, which may hold secrets of all
    @Override
    public String hide(String app, String line) {
        return (app.isEmpty() ? ofAll() : mask(AppEnvironment.projectOf(app))).apply(line);
    }

    private Mask ofAll() {
        return fresh("", values::allSecrets);
    }

    @Override
    public Cut cut(String app) {
        return mask(AppEnvironment.projectOf(app));
    }

    /// Where long lines may be cut of which it is not known whose they are: through no secret at all.
    Cut cut() {
        return new Cut() {
            @Override
            public int end(String text) {
                return ofAll().end(text);
            }

            @Override
            public int start(String text) {
                return ofAll().start(text);
            }
        };
    }
}
