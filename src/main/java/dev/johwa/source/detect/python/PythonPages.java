package dev.johwa.source.detect.python;

import dev.johwa.source.detect.Detection.Publish;
import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.stack.Folder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Pages that a Python program makes of texts: Zensical, Pelican, Nikola, Lektor, Sphinx. They are built, and served as
/// files.
///
/// @param file whose presence says which program it is
/// @param module as Python and PyPI call the program
/// @param output the folder of the pages
/// @param words that the program is given
record PythonPages(String file, String module, String shown, String output, List<String> words) {
    private static final Pattern PELICAN_OUTPUT = setting("OUTPUT_PATH");
    private static final Pattern PELICAN_CONTENT = setting("PATH");
    private static final Pattern NIKOLA = Pattern.compile("(?m)^BLOG_TITLE\\s*=");
    private static final Pattern NIKOLA_OUTPUT = setting("OUTPUT_FOLDER");
    private static final Pattern ZENSICAL_OUTPUT = setting("site_dir");
    private static final Pattern SPHINX = Pattern.compile("(?m)^html_theme\\s*=");
    private static final List<String> OF_A_PACKAGE = List.of("pyproject.toml", "setup.py", "setup.cfg");

    /// What makes the pages of a folder; nothing where its pages, if it has any, are not what it is about.
    static Optional<PythonPages> find(Folder folder) {
        return zensical(folder)
                .or(() -> pelican(folder))
                .or(() -> nikola(folder))
                .or(() -> lektor(folder))
                .or(() -> sphinx(folder));
    }

    /// The settings for publishing come first, without their address: it is that of another place.
    private static Optional<PythonPages> pelican(Folder folder) {
        if (!folder.has("pelicanconf.py")) {
            return Optional.empty();
        }
        var file = folder.first(List.of("publishconf.py", "pelicanconf.py")).orElseThrow();
        var texts = folder.read(file).orElse("") + "\n"
                + folder.read("pelicanconf.py").orElse("");
        var output = named(PELICAN_OUTPUT, texts).orElse("output");
        var words = new ArrayList<String>();
        if (!PELICAN_CONTENT.matcher(texts).find() && folder.hasFolder("content")) {
            words.add("content");
        }
        words.addAll(List.of("--settings", file, "--output", output, "--extra-settings", "SITEURL=\"\""));
        return Optional.of(new PythonPages("pelicanconf.py", "pelican", "Pelican", output, List.copyOf(words)));
    }

    /// Documentation that is all there is, as Sphinx's.
    private static Optional<PythonPages> zensical(Folder folder) {
        return Optional.of("zensical.toml")
                .filter(file -> folder.has(file) && OF_A_PACKAGE.stream().noneMatch(folder::has))
                .map(file -> new PythonPages(
                        file,
                        "zensical",
                        "Zensical",
                        named(ZENSICAL_OUTPUT, folder.read(file).orElse("")).orElse("site"),
                        List.of("build")));
    }

    private static Optional<PythonPages> nikola(Folder folder) {
        return Optional.of("conf.py")
                .filter(file -> folder.says(file, NIKOLA))
                .map(file -> new PythonPages(
                        file,
                        "nikola",
                        "Nikola",
                        named(NIKOLA_OUTPUT, folder.read(file).orElse("")).orElse("output"),
                        List.of("build")));
    }

    private static Optional<PythonPages> lektor(Folder folder) {
        return folder.files(0, name -> name.endsWith(".lektorproject")).stream()
                .findFirst()
                .map(file ->
                        new PythonPages(file, "lektor", "Lektor", "_site", List.of("build", "--output-path", "_site")));
    }

    /// Documentation that is all there is; that of a package lies beside it, and is not what is deployed.
    private static Optional<PythonPages> sphinx(Folder folder) {
        return Stream.of("conf.py", "source/conf.py")
                .filter(file ->
                        folder.says(file, SPHINX) && OF_A_PACKAGE.stream().noneMatch(folder::has))
                .findFirst()
                .map(file -> new PythonPages(
                        file,
                        "sphinx",
                        "Sphinx",
                        "_build/html",
                        List.of("-b", "html", file.contains("/") ? "source" : ".", "_build/html")));
    }

    void serve(PythonProject python) {
        python.bring(module, file + " is for it");
        var build = new ArrayList<>(List.of(".venv/bin/python", "-m", module));
        build.addAll(words);
        var draft = python.draft();
        draft.build.add(List.copyOf(build));
        draft.service = Service.STATIC;
        draft.publish = Optional.of(new Publish(output, false));
        draft.aboveAll(file, "built by " + shown + " and served as files from " + output);
    }

    private static Pattern setting(String name) {
        return Pattern.compile("(?m)^" + name + "\\s*=\\s*[\"']\\.?/?(\\w[\\w./-]*?)/?[\"']");
    }

    private static Optional<String> named(Pattern setting, String text) {
        var found = setting.matcher(text);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }
}
