package dev.johwa.source.detect.python;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Flask-SocketIO over eventlet or gevent, which answers only behind a server of theirs: its own, that it starts with
/// `socketio.run(app)`. With neither of them, threads serve it as well as any other Flask.
final class FlaskSockets {
    private static final Pattern MADE =
            Pattern.compile("(?m)^([A-Za-z_]\\w*)\\s*(?::[^=\\n]+)?=\\s*(?:flask_socketio\\.)?SocketIO\\(");
    private static final Pattern THREADS = Pattern.compile("\\basync_mode\\s*=\\s*[\"']threading[\"']");
    private static final Pattern GUARD = Pattern.compile("(?m)^if\\s+__name__\\s*==");

    private FlaskSockets() {}

    /// The name by which the module of an application has the object that serves it; empty where anything serves it.
    ///
    /// @param code of the module
    static Optional<String> in(String code, AppObject object, PythonPackages packages) {
        boolean isGreen = packages.has("flask-socketio") && packages.hasAny(List.of("eventlet", "gevent"));
        if (!isGreen || THREADS.matcher(code).find()) {
            return Optional.empty();
        }
        var run = Pattern.compile("\\b([A-Za-z_]\\w*)\\.run\\(\\s*(?:app\\s*=\\s*)?" + object.name() + "\\b");
        // What is imported only to run it is no name of the module.
        var imported = GUARD.split(code, 2)[0];
        return Stream.of(MADE, run)
                .flatMap(pattern -> pattern.matcher(code).results())
                .map((MatchResult found) -> found.group(1))
                .filter(name -> isOfModule(name, imported))
                .findFirst();
    }

    private static boolean isOfModule(String name, String code) {
        return Pattern.compile("(?m)^" + name
                        + "\\s*(?::[^=\\n]+)?=|^from\\s+[\\w.]+\\s+import\\s+(?:\\([^)]*|[^\\n]*)\\b" + name + "\\b")
                .matcher(code)
                .find();
    }
}
