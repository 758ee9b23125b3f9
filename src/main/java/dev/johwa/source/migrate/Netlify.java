package dev.johwa.source.migrate;

import java.util.LinkedHashMap;
import java.util.List;

/// netlify.toml.
final class Netlify {
    private Netlify() {}

    static Format file() {
        var rules = new Rules()
                .on(
                        "build.base",
                        (entry, sheet) -> entry.text()
                                .filter(text -> !text.matches("[./]*"))
                                .ifPresentOrElse(
                                        text -> sheet.key(entry, "folder", text.replaceAll("^/|/$", "")),
                                        () -> sheet.asItIs(entry, "the app lives at the top")))
                .on("build.command", (entry, sheet) -> entry.text().ifPresent(text -> sheet.build(entry, text)))
                .on("build.publish", (entry, sheet) -> sheet.noNeed(entry, "the folder that the build leaves is found"))
                .noNeed("files that did not change are not built again", "build.ignore")
                .on("build.environment.*", Netlify::value)
                .notYet(
                        "functions do not run here yet",
                        "build.functions",
                        "build.edge_functions",
                        "functions",
                        "edge_functions")
                .noNeed("files are compressed once, as they are", "build.processing")
                .on("redirects.#", Netlify::redirect)
                .on("headers.#", Netlify::header)
                .on("context.production.environment.*", Netlify::value)
                .on(
                        "context.production.command",
                        (entry, sheet) -> entry.text().ifPresent(text -> sheet.build(entry, text)))
                .on("context.deploy-preview.environment.*", Netlify::ofPreview)
                .on("context.branch-deploy.environment.*", Netlify::ofPreview)
                .notYet("write what differs below `environments:` in johwa.yaml", "context.*.*")
                .notYet("plugins of its build do not run here; what one does may be a command of `build:`", "plugins.#")
                .noNeed("it is for a developer's own machine: `johwa try`", "dev")
                .noNeed("it is for Netlify's button and pages", "template")
                .notYet("pictures are served as they are", "images");
        return new Format("Netlify", List.of("netlify.toml"), Format.Syntax.TOML, rules);
    }

    private static void value(Entry entry, Sheet sheet) {
        switch (entry.name()) {
            case "NODE_VERSION" -> sheet.byHand(entry, "write it into .nvmrc");
            case "PYTHON_VERSION" -> sheet.byHand(entry, "write it into .python-version");
            case "RUBY_VERSION" -> sheet.byHand(entry, "write it into .ruby-version");
            case String name -> sheet.value(entry, name, entry.text().orElse(""));
        }
    }

    private static void ofPreview(Entry entry, Sheet sheet) {
        sheet.key(
                entry, "environments.preview.env." + entry.name(), entry.text().orElse(""));
    }

    private static void redirect(Entry entry, Sheet sheet) {
        if (entry.get("conditions").isPresent()
                || entry.get("query").isPresent()
                || entry.get("signed").isPresent()) {
            sheet.notYet(entry, "redirects by country, language, query or signature are not read from here");
            return;
        }
        var force = entry.text("force").filter("true"::equals).isPresent() ? "!" : "";
        var status = entry.text("status").orElse("301") + force;
        Sites.redirect(entry, sheet, entry.text("from"), entry.text("to"), status);
    }

    private static void header(Entry entry, Sheet sheet) {
        var fields = new LinkedHashMap<String, String>();
        entry.get("values").stream()
                .flatMap(each -> each.inner().stream())
                .forEach(each -> fields.put(each.name(), String.join(", ", each.texts())));
        Sites.fields(entry, sheet, entry.text("for").orElse("/*"), fields);
    }
}
