package dev.johwa.source.detect.python;

import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.stack.Draft;
import java.util.List;

/// Serves an application object of Python by a server made for production: the one that the project names,
/// else one that the platform brings.
final class PythonServer {
    private static final String ADDRESS = "\"${HOST:-127.0.0.1}:${PORT:-8000}\"";
    private static final String HOST_PORT = "--host \"${HOST:-127.0.0.1}\" --port \"${PORT:-8000}\" ";
    private static final String AIOHTTP = "-c 'import sys; from aiohttp.web import run_app; from %s import %s as made;"
            + " run_app(made%s, host=sys.argv[1], port=int(sys.argv[2]))'"
            + " \"${HOST:-127.0.0.1}\" \"${PORT:-8000}\"";
    private static final String SOCKETS = "-c 'import sys; from %s import %s as made, %s as sockets;"
            + " sockets.run(made%s, host=sys.argv[1], port=int(sys.argv[2]), debug=False)'"
            + " \"${HOST:-127.0.0.1}\" \"${PORT:-8000}\"";
    /// The server names no attribute of an attribute, so the one inside the object gets a name of its own.
    private static final String DASH = "-c 'import sys, types; from %s import %s as made;"
            + " served = types.ModuleType(\"served\"); served.app = made.server; sys.modules[\"served\"] = served;"
            + " sys.argv[1:] = [\"--threads\", \"8\", \"--bind\", sys.argv[1], \"served:app\"];"
            + " from gunicorn.app.wsgiapp import run; run()' "
            + ADDRESS;
    private static final String PLACE = "[\\w./ -]*";

    private final PythonProject python;
    private final String place;

    /// @param place the folder in which the server starts, or empty for the application's own
    PythonServer(PythonProject python, String place) {
        this.python = python;
        this.place = place;
    }

    /// @param module from which the object is imported, a dotted name
    void serve(AppObject object, String module) {
        var why = "it serves " + object.framework().name();
        var target = module + ":" + object.name();
        switch (object.framework().kind()) {
            case WSGI -> sync("'" + target + (object.isFactory() ? "()" : "") + "'", why);
            case DASH -> {
                python.bring("gunicorn", why);
                start(DASH.formatted(module, object.name()));
            }
            case ASGI -> async("'" + target + "'", object.isFactory(), why);
            case SANIC ->
                start("-m sanic " + HOST_PORT + "--single-process " + (object.isFactory() ? "--factory " : "") + "'"
                        + target + "'");
            case AIOHTTP -> start(AIOHTTP.formatted(module, object.name(), object.isFactory() ? "()" : ""));
        }
    }

    /// An application of Flask behind the server of Flask-SocketIO. The Gunicorn that is brought has no worker for
    /// eventlet any more, and under its threads such sockets fail or are refused.
    ///
    /// @param sockets the name in the module by which that server is started
    void sockets(AppObject object, String module, String sockets) {
        start(SOCKETS.formatted(module, object.name(), sockets, object.isFactory() ? "()" : ""));
    }

    /// A synchronous application (WSGI).
    ///
    /// @param object as servers name it: `module:name`
    void sync(String object, String why) {
        var packages = python.packages();
        if (packages.has("waitress") && !packages.has("gunicorn")) {
            start("-m waitress --listen=" + ADDRESS + " " + object);
            return;
        }
        python.bring("gunicorn", why);
        start("-m gunicorn --threads 8 --bind " + ADDRESS + " " + object);
    }

    /// An asynchronous application (ASGI).
    void async(String object, boolean isFactory, String why) {
        var packages = python.packages();
        var factory = isFactory ? "--factory " : "";
        if (packages.has("uvicorn") || !packages.hasAny(List.of("hypercorn", "granian", "daphne")) || isFactory) {
            python.bring("uvicorn", why);
            start("-m uvicorn " + HOST_PORT + factory + object);
        } else if (packages.has("hypercorn")) {
            start("-m hypercorn --bind " + ADDRESS + " " + object);
        } else if (packages.has("granian")) {
            start("-m granian --interface asgi " + HOST_PORT + object);
        } else {
            start("-m daphne -b \"${HOST:-127.0.0.1}\" -p \"${PORT:-8000}\" " + object);
        }
    }

    /// Starts the project's Python with these words of a shell; names in them were found as plain identifiers.
    void start(String words) {
        python.draft().service = Service.WEB;
        var program = place.isEmpty() ? ".venv/bin/python " : "\"$OLDPWD/.venv/bin/python\" ";
        python.draft().start.put("web", Draft.shell(there() + "exec " + program + words));
    }

    private String there() {
        return place.isEmpty() ? "" : "cd '" + place + "' && ";
    }

    /// Whether a folder's name can stand in a line of ours.
    static boolean isPlain(String place) {
        return place.matches(PLACE) && !place.startsWith("-");
    }
}
