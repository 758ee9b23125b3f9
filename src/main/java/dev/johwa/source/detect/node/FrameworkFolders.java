package dev.johwa.source.detect.node;

import static dev.johwa.source.detect.node.Frameworks.pages;
import static dev.johwa.source.detect.node.Frameworks.server;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where the tools that only build pages put them.
final class FrameworkFolders {
    private static final Pattern OUT_DIR = Pattern.compile("outDir\\s*:\\s*[\"'`]([\\w./-]+)[\"'`]");
    private static final Pattern ROOT = Pattern.compile("\\broot\\s*:");
    private static final Pattern LIBRARY = Pattern.compile("\\blib\\s*:\\s*\\{");
    private static final Pattern DIST_DIR = Pattern.compile("(?:--dist-dir|--out-dir|-d)[ =]([\\w./-]+)");
    private static final Pattern BUNDLE_PATH = Pattern.compile(
            "path\\s*:\\s*(?:path\\.)?(?:resolve|join)\\(\\s*(?:__dirname|import\\.meta\\.dirname)\\s*,\\s*[\"'`]([\\w./-]+)[\"'`]");
    private static final Pattern ELEVENTY_OUTPUT = Pattern.compile("\\boutput\\s*:\\s*[\"'`]([\\w./-]+)[\"'`]");
    private static final Pattern ELEVENTY_OPTION = Pattern.compile("--output[ =]([\\w./-]+)");
    private static final Pattern OUTPUT_PATH =
            Pattern.compile("\"outputPath\"\\s*:\\s*(?:\"([^\"]+)\"|\\{[^}]*?\"base\"\\s*:\\s*\"([^\"]+)\")");
    private static final Pattern ANGULAR_SERVER = Pattern.compile("\"(ssr|outputMode)\"\\s*:\\s*(\\{|true|\"server\")");
    private static final Pattern ANGULAR_APPLICATION =
            Pattern.compile("\"(?:builder|executor)\"\\s*:\\s*\"[^\"]*:application\"");
    private static final Pattern ANGULAR_BROWSER =
            Pattern.compile("\"outputPath\"\\s*:\\s*\\{[^}]*?\"browser\"\\s*:\\s*\"([^\"]*)\"");
    private static final List<String> INDEXES = List.of("index.html", "src/index.html", "public/index.html");

    private static final Pattern OUTPUT_DIR = Pattern.compile("\\boutputDir\\s*:\\s*[\"'`]([\\w./-]+)[\"'`]");
    private static final Pattern DESTINATION = Pattern.compile("--dest[ =]([\\w./-]+)");
    private static final Pattern PUBLIC_DIR = Pattern.compile("(?m)^public_dir:\\s*[\"']?([\\w./-]+)");
    private static final Pattern WWW = Pattern.compile("type\\s*:\\s*[\"']www[\"']");

    private FrameworkFolders() {}

    /// Empty when Vite only tests, or makes a library.
    static Optional<Outcome> vite(NodeProject project) {
        boolean builds = project.manifest().script("build").orElse("").contains("vite");
        boolean hasPage = builds || hasPage(project) || project.configured("vite.config", ROOT);
        if (!hasPage || project.configured("vite.config", LIBRARY) && !hasPage(project)) {
            return Optional.empty();
        }
        return pages(inside(project.configuration("vite.config", OUT_DIR), "dist"), true);
    }

    static Optional<Outcome> bundle(NodeProject project, String tool) {
        var build = project.manifest().script("build").orElse("");
        boolean makesPage = hasPage(project) || project.manifest().uses("html-webpack-plugin");
        if (!makesPage || !build.isEmpty() && !build.contains(tool)) {
            return Optional.empty();
        }
        var named = DIST_DIR.matcher(build);
        var folder = named.find()
                ? Optional.of(named.group(1))
                : project.configuration("webpack.config", BUNDLE_PATH)
                        .or(() -> project.configuration("webpack.prod", BUNDLE_PATH));
        return pages(inside(folder, "dist"), true);
    }

    static Optional<Outcome> eleventy(NodeProject project) {
        var option = ELEVENTY_OPTION.matcher(project.manifest().script("build").orElse(""));
        var folder = option.find()
                ? Optional.of(option.group(1))
                : project.configuration(".eleventy", ELEVENTY_OUTPUT)
                        .or(() -> project.configuration("eleventy.config", ELEVENTY_OUTPUT));
        return pages(inside(folder, "_site"), false);
    }

    static Optional<Outcome> hexo(NodeProject project) {
        return pages(
                inside(project.folder().read("_config.yml").flatMap(text -> first(PUBLIC_DIR, text)), "public"), false);
    }

    static Optional<Outcome> vue(NodeProject project) {
        var told = first(DESTINATION, project.manifest().script("build").orElse(""));
        return pages(inside(told.or(() -> project.configuration("vue.config", OUTPUT_DIR)), "dist"), true);
    }

    /// Pages where it makes a site; components for others else.
    static Optional<Outcome> stencil(NodeProject project) {
        boolean hasPage = project.folder().has("src/index.html") && project.configured("stencil.config", WWW);
        return hasPage ? pages("www", true) : Optional.empty();
    }

    /// A server since its second version.
    static Optional<Outcome> vocs(NodeProject project) {
        boolean makesPages = project.manifest()
                .version("vocs")
                .filter(version -> version.matches("[~^]?[01]\\..*"))
                .isPresent();
        return makesPages ? pages("docs/dist", false) : server("node", "dist/serve-node.js");
    }

    /// For telephones it leaves nothing that a server serves.
    static Optional<Outcome> expo(NodeProject project) {
        return project.manifest().uses("react-native-web") ? pages("dist", true) : Optional.empty();
    }

    /// VitePress and VuePress build the folder that their command names.
    static Optional<Outcome> press(NodeProject project, String tool) {
        var named = Pattern.compile(tool + "\\s+build\\s+(?!-)([\\w./-]+)");
        var source = project.manifest().scripts().stream()
                .map(named::matcher)
                .filter(found -> found.find())
                .map(found -> found.group(1))
                .findFirst()
                .or(() -> List.of("docs/." + tool, "." + tool).stream()
                        .filter(project.folder()::hasFolder)
                        .map(folder -> folder.startsWith("docs/") ? "docs" : ".")
                        .findFirst());
        var folder = inside(source, ".");
        return pages((folder.equals(".") ? "" : folder + "/") + "." + tool + "/dist", false);
    }

    /// Angular's application builder puts pages into `browser` below its output folder, and its server beside them.
    static Optional<Outcome> angular(NodeProject project) {
        var text = project.folder().read("angular.json").orElse("");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var output = OUTPUT_PATH.matcher(text);
        var name = project.manifest().text("name").orElse("app").replaceFirst("^@[^/]+/", "");
        var base = "dist/" + name;
        if (output.find()) {
            base = output.group(1) == null ? output.group(2) : output.group(1);
        }
        if (project.manifest().uses("@angular/ssr")
                && ANGULAR_SERVER.matcher(text).find()) {
            return server("node", base + "/server/server.mjs");
        }
        var below = ANGULAR_APPLICATION.matcher(text).find()
                ? first(ANGULAR_BROWSER, text).orElse("browser")
                : "";
        return pages(below.isEmpty() ? base : base + "/" + below, true);
    }

    private static Optional<String> first(Pattern says, String text) {
        var found = says.matcher(text);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }

    private static boolean hasPage(NodeProject project) {
        return project.folder().first(INDEXES).isPresent();
    }

    /// Pages that are written outside of the application cannot be served.
    private static String inside(Optional<String> folder, String otherwise) {
        return folder.map(name -> name.replaceFirst("^(\\./)+", "").replaceFirst("/+$", ""))
                .filter(name -> !name.isEmpty() && !name.startsWith("/") && !name.contains(".."))
                .orElse(otherwise);
    }
}
