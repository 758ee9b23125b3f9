package dev.johwa.source.detect.node;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A script of package.json that starts the application.
///
/// @param line as it is run: what waits for changes of files is left out of it
record StartScript(String name, String line) {
    private static final Pattern DEVELOPMENT = Pattern.compile(
            "(?:^|&&|[;|\"'])\\s*(?:(?:cross-env(?:-shell)?|env-cmd(?:\\s+-\\w\\s+\\S+)*|dotenv(?:\\s+-\\w\\s+\\S+)*(?:\\s+--)?)\\s+)?"
                    + "(?:[A-Z_]+=\\S+\\s+)*(?:npx\\s+|(?:\\./)?node_modules/\\.bin/)?"
                    + "((?:gulp|grunt)(?: (?:watch|serve|server|dev|default))?\\s*$|browser-sync\\b"
                    + "|(?:[a-z]+-scripts|craco|react-app-rewired|rescripts)(?: --\\S+)* start|nx (?:run \\S+:)?(?:serve|dev|start)\\b|ng serve|ng s\\b|ng dev"
                    + "|vite( dev| serve|$| --)|vue-cli-service serve|parcel( serve)?( \\S+\\.html|$)|webpack serve"
                    + "|webpack-dev-server|astro (dev|preview)|gatsby (develop|serve)|serve\\b|http-server|sirv\\b"
                    + "|vite preview|docusaurus (start|serve)|eleventy --serve|ionic serve|next dev|nuxt (dev|preview)"
                    + "|remix dev|remix vite:dev|react-router dev|vinxi dev|nest start|strapi develop|qwik dev"
                    + "|vitepress (dev|serve|preview)|rsbuild (dev|preview)|ember (serve|server)|live-server|wrangler dev"
                    + "|rspress (dev|preview)|rspack (dev|serve)|hexo (server|s)\\b|slidev\\b|honkit serve|gitbook serve"
                    + "|stencil build .*--(dev|serve)|quasar dev|umi dev|max dev|ice start|farm( start| dev| preview|$)"
                    + "|preact watch|expo (start|run)|waku dev|keystone dev)");
    private static final Pattern ORCHESTRA = Pattern.compile(
            "\\b(turbo|nx|lerna|npm-run-all|run-p|concurrently|wireit)\\b|--workspaces\\b|--parallel\\b|--filter\\b"
                    + "|\\bpnpm (-r|--recursive)\\b|\\bworkspaces foreach\\b");
    private static final Pattern CALL = Pattern.compile("(?:npm run|yarn(?: run)?|pnpm(?: run)?|bun run) ([\\w:.-]+)");
    private static final Pattern FILE = Pattern.compile(
            "(?:^|[\\s/])(?:node|nodemon|tsx|ts-node|bun|ts-node-dev)\\s+(?:--?\\S+\\s+|watch\\s+|run\\s+)*([\\w./-]+)");
    /// Node.js with a file and words for that file, and nothing else.
    private static final Pattern WORDS = Pattern.compile("^node\\s+(?:--?\\S+\\s+)*[\\w./-]+\\s+[^&|;]+$");
    private static final Pattern FRAMEWORK_START = Pattern.compile(
            "\\b(next|nuxt|remix-serve|react-router-serve|strapi|astro|nest|functions-framework|fastify|srvx|vinxi)\\b");

    /// The one for production; empty when there is none.
    static Optional<StartScript> find(NodeProject project) {
        return List.of("start:prod", "start:production", "start", "serve").stream()
                .flatMap(name -> project.manifest().script(name).stream()
                        .filter(line -> !DEVELOPMENT
                                .matcher(meant(project.manifest(), line))
                                .find())
                        .filter(line -> project.isMember()
                                || project.workspaces().isEmpty()
                                || !ORCHESTRA.matcher(line).find())
                        .map(line -> new StartScript(name, steady(line))))
                .findFirst();
    }

    /// The script that a line calls, where it does nothing else: `npm run dev`.
    private static String meant(NodePackage manifest, String line) {
        var called = CALL.matcher(line.strip());
        return called.matches() ? manifest.script(called.group(1)).orElse(line) : line;
    }

    /// The one for a developer, where it starts a server.
    static Optional<StartScript> development(NodePackage manifest) {
        return List.of("dev", "start:dev", "start", "serve").stream()
                .flatMap(name -> manifest.script(name).map(line -> new StartScript(name, steady(line))).stream())
                .findFirst();
    }

    boolean isForDevelopment() {
        return DEVELOPMENT.matcher(line).find();
    }

    /// Nobody changes files where it runs, so nothing has to watch them.
    private static String steady(String line) {
        return line.replaceFirst("^nodemon\\s+(?=\\S+\\.[cm]?js\\s*$)", "node ")
                .replaceFirst("^tsx\\s+watch\\s+", "tsx ")
                .replaceFirst("^node\\s+--watch\\s+", "node ")
                .replaceFirst("^bun\\s+(run\\s+)?(--hot|--watch)\\s+", "bun ");
    }

    /// The file that it starts, where it names one.
    Optional<String> entry(NodeProject project) {
        var found = FILE.matcher(line);
        return found.find() ? Optional.of(file(project, found.group(1))) : Optional.empty();
    }

    /// The file of a name that may lack its ending.
    static String file(NodeProject project, String name) {
        var file = name.replaceFirst("^\\./", "");
        var folder = project.folder();
        return folder.has(file) || !folder.has(file + ".js") ? file : file + ".js";
    }

    /// Whether it tells the file that it starts what to do.
    boolean hasWords() {
        return WORDS.matcher(line.strip()).matches();
    }

    boolean startsFramework() {
        return FRAMEWORK_START.matcher(line).find();
    }
}
