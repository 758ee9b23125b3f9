package dev.johwa.source.detect.python;

import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.stack.Draft;
import java.util.List;

/// Serves an application object of Python by a server made for production: the one that the project names, else one
/// that
/// is brought in.
final class PythonServer {
    private static final String ADDRESS = "\"${HOST:-127.0.0.1}:${PORT:-8000}\"";

    private PythonServer() {}

    /// A synchronous application (WSGI).
    ///
    /// @param object as servers name it: `module:name`
    static void sync(String object, PythonProject python, String why) {
        var packages = python.packages();
        if (packages.has("waitress") && !packages.has("gunicorn")) {
            start(python, "waitress --listen=" + ADDRESS + " " + object);
            return;
        }
        python.bring("gunicorn", why);
        start(python, "gunicorn --threads 8 --bind " + ADDRESS + " " + object);
    }

    /// An asynchronous application (ASGI).
    static void async(String object, PythonProject python, String why) {
        var packages = python.packages();
        if (packages.has("hypercorn") && !packages.has("uvicorn")) {
            start(python, "hypercorn --bind " + ADDRESS + " " + object);
            return;
        }
        if (!packages.hasAny(List.of("uvicorn", "fastapi-cli")) || !packages.has("uvicorn")) {
            python.bring("uvicorn", why);
        }
        start(python, "uvicorn --host \"${HOST:-127.0.0.1}\" --port \"${PORT:-8000}\" " + object);
    }

    /// The names in the line were found as plain identifiers.
    private static void start(PythonProject python, String arguments) {
        python.draft().service = Service.WEB;
        python.draft().start.put("web", Draft.shell("exec .venv/bin/python -m " + arguments));
    }
}
