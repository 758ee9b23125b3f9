package dev.johwa.build.cause;

import java.util.List;

/// What frameworks and their builders say in words of their own, which name a setting or a step that is missing.
final class BuildRules {
    private static final List<Rule> ALL = List.of(
            new Rule(
                    "build.warnings",
                    "Treating warnings as errors because process\\.env\\.CI = true",
                    "warnings end the build since CI is set",
                    "env: {CI: \"false\"} in johwa.yaml; or mend what the lines above warn of"),
            new Rule(
                    "version.openssl",
                    "ERR_OSSL_EVP_UNSUPPORTED|digital envelope routines::unsupported",
                    "its webpack is older than Node.js 17, and wants a hash that OpenSSL 3 no longer has",
                    "env: {NODE_OPTIONS: --openssl-legacy-provider} in johwa.yaml; or raise what brings webpack"
                            + " (react-scripts: 5)"),
            new Rule(
                    "pages.not-built",
                    "Vite manifest not found at: (\\S+\\.json)|ViteManifestNotFoundException"
                            + "|The Mix manifest (?:does not exist|not found)|Mix manifest not found at: (\\S+\\.json)",
                    "the pages were not built: there is no {1}",
                    "`npm run build` (of Laravel Mix: `npm run prod`) must run before: keep package.json and its lock"
                            + " file in the same folder, or name it under `build:` in johwa.yaml"),
            new Rule(
                    "server.sockets",
                    "You need to use the (eventlet|gevent) server",
                    "Flask-SocketIO works by {1} here, and another server than that of {1} serves it",
                    "have it serve itself: socketio.run(app, port=int(os.environ['PORT'])) at the end of app.py, and a"
                            + " Procfile with `web: python app.py`"),
            new Rule(
                    "version.setuptools",
                    "No module named '?pkg_resources\\b",
                    "a package imports pkg_resources, which new versions of setuptools no longer have",
                    "write setuptools<81 into requirements.txt, or raise the package that imports it"),
            new Rule(
                    "python.managed",
                    "error: externally-managed-environment",
                    "pip was told to install into the Python of the system, which its system alone may change",
                    "name the packages in requirements.txt, or call .venv/bin/pip in the command that does it"),
            new Rule(
                    "version.node-old",
                    "Cannot find module '(node:[\\w/]+)'(?! from)|No such built-in module: (node:[\\w/]+)",
                    "the Node.js that is used is older than {1}, by which a package asks for a part of it",
                    "write a newer version into .node-version (or `engines` in package.json)"));

    private BuildRules() {}

    static List<Rule> all() {
        return ALL;
    }
}
