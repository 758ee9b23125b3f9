package dev.johwa.source.detect.python;

import java.util.Locale;
import java.util.Optional;

/// A web framework whose application is an object that a server can be given.
///
/// @param name as people write it
record Framework(String name, Kind kind) {
    /// How its applications are served.
    enum Kind {
        WSGI,
        ASGI,
        /// By its own command.
        SANIC,
        /// By its own function.
        AIOHTTP,
        /// WSGI, in the attribute `server` of its object.
        DASH
    }

    /// The framework whose object a call makes.
    ///
    /// @param before what stands before the name, with its dots: `web.`
    /// @param call the name that is called: `Flask`
    /// @param code of the file, which says whose `Application` it is
    static Optional<Framework> of(String before, String call, String code) {
        return switch (call) {
            case "Flask", "APIFlask", "Bottle", "Eve", "Falcon" -> wsgi(call);
            case "FastAPI", "Starlette", "Litestar", "Quart", "BlackSheep", "FastHTML" -> asgi(call);
            case "fast_app" -> asgi("FastHTML");
            case "ASGIApp" -> asgi("Socket.IO");
            case "Sanic" -> Optional.of(new Framework(call, Kind.SANIC));
            case "Dash" -> Optional.of(new Framework(call, Kind.DASH));
            case "make_wsgi_app" -> wsgi("Pyramid");
            case "get_wsgi_application" -> wsgi("Django");
            case "get_asgi_application" -> asgi("Django");
            case "App", "API" -> imports(code, "falcon") ? falcon(before, code) : Optional.empty();
            case "Application" -> application(code);
            case String _ -> Optional.empty();
        };
    }

    private static Optional<Framework> falcon(String before, String code) {
        return before.contains("asgi") || code.contains("from falcon.asgi") ? asgi("Falcon") : wsgi("Falcon");
    }

    private static Optional<Framework> application(String code) {
        if (imports(code, "aiohttp")) {
            return Optional.of(new Framework("aiohttp", Kind.AIOHTTP));
        }
        return imports(code, "blacksheep") ? asgi("BlackSheep") : Optional.empty();
    }

    private static boolean imports(String code, String module) {
        return code.contains("import " + module) || code.contains("from " + module);
    }

    private static Optional<Framework> wsgi(String name) {
        return Optional.of(new Framework(name, Kind.WSGI));
    }

    private static Optional<Framework> asgi(String name) {
        return Optional.of(new Framework(name, Kind.ASGI));
    }

    /// Its name on PyPI.
    String distribution() {
        return switch (name) {
            case "FastHTML" -> "python-fasthtml";
            case "Socket.IO" -> "python-socketio";
            case String _ -> name.toLowerCase(Locale.ROOT);
        };
    }
}
