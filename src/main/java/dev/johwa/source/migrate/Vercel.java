package dev.johwa.source.migrate;

import java.util.LinkedHashMap;
import java.util.List;

/// vercel.json.
final class Vercel {
    private Vercel() {}

    static Format file() {
        var rules = new Rules()
                .noNeed(
                        "it is for editors and Vercel's pages",
                        "$schema",
                        "name",
                        "version",
                        "alias",
                        "scope",
                        "public",
                        "github",
                        "git")
                .noNeed("the stack is found by what lies there", "framework", "bunVersion")
                .noNeed("files that did not change are not built again", "ignoreCommand")
                .noNeed("dependencies are installed by themselves, by the lock file", "installCommand")
                .noNeed("it is for a developer's own machine: `johwa try`", "devCommand")
                .on("buildCommand", (entry, sheet) -> entry.text().ifPresent(text -> sheet.build(entry, text)))
                .on(
                        "outputDirectory",
                        (entry, sheet) -> sheet.noNeed(entry, "the folder that the build leaves is found"))
                .notYet("a job here runs a command, not a path: schedule: {NAME: {cron: …, run: …}}", "crons.#")
                .on("redirects.#", Vercel::redirect)
                .on("rewrites.#", (entry, sheet) -> lead(entry, sheet, "200"))
                .on("headers.#", Vercel::header)
                .notYet("say it as redirects, rewrites and headers first", "routes")
                .on("cleanUrls", (entry, sheet) -> sheet.asItIs(entry, "a page is found without its .html"))
                .notYet("a slash at the end is not added or taken away", "trailingSlash")
                .notYet(
                        "functions do not run here yet; a server that listens on $PORT does",
                        "functions",
                        "builds",
                        "fluid")
                .noNeed("there is one server", "regions", "functionFailoverRegions", "passiveRegions")
                .notYet("pictures are served as they are, unless the application makes them", "images")
                .on("env.*", Vercel::value)
                .on("build.env.*", Vercel::value);
        return new Format("Vercel", List.of("vercel.json"), Format.Syntax.JSON, rules);
    }

    private static void value(Entry entry, Sheet sheet) {
        var text = entry.text().orElse("");
        if (text.startsWith("@")) {
            sheet.secret(entry, entry.name());
        } else {
            sheet.value(entry, entry.name(), text);
        }
    }

    private static void redirect(Entry entry, Sheet sheet) {
        var temporary = entry.text("permanent").filter("false"::equals).isPresent();
        lead(entry, sheet, entry.text("statusCode").orElse(temporary ? "307" : "308"));
    }

    private static void lead(Entry entry, Sheet sheet, String status) {
        if (entry.get("has").isPresent() || entry.get("missing").isPresent()) {
            sheet.notYet(entry, "redirects by headers, cookies or queries are not known here");
            return;
        }
        Sites.redirect(
                entry,
                sheet,
                entry.text("source").map(Vercel::path),
                entry.text("destination").map(text -> text.replaceAll("\\$1|:\\w+\\*", ":splat")),
                status);
    }

    /// `/(.*)` and `/:path*` are `/*` here; what else has parentheses is no path.
    private static String path(String source) {
        var plain = source.replaceAll("/(\\(\\.\\*\\)|:\\w+(\\*|\\(\\.\\*\\)))$", "/*");
        return plain.matches(".*[()?+|\\\\].*") ? "a pattern" : plain;
    }

    private static void header(Entry entry, Sheet sheet) {
        var fields = new LinkedHashMap<String, String>();
        entry.get("headers").stream()
                .flatMap(list -> list.inner().stream())
                .forEach(each -> fields.put(
                        each.text("key").orElse("key"), each.text("value").orElse("")));
        Sites.fields(entry, sheet, entry.text("source").map(Vercel::path).orElse("/*"), fields);
    }
}
