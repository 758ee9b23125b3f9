package dev.johwa.source.migrate;

import java.util.List;
import java.util.regex.Pattern;

/// What lies in Kamal's own folder: secrets, of which only the names are told, and hooks.
final class KamalFiles {
    private static final Pattern REGISTRY = Pattern.compile("KAMAL_.*|.*(REGISTRY|DOCKERHUB|DOCKER_HUB|GHCR)_.*");
    private static final Pattern FETCHED =
            Pattern.compile("\\$\\((kamal secrets fetch|op |aws |gcloud |doppler |bws |lpass ).*");
    private static final Pattern FILE = Pattern.compile("\\$\\(cat ([\\w./-]+)\\)");

    private KamalFiles() {}

    static Format secrets() {
        return new Format(
                "Kamal",
                List.of(".kamal/secrets-common", ".kamal/secrets", ".kamal/secrets.*"),
                Format.Syntax.SHELL,
                new Rules().under(Kamal::place).on("*", KamalFiles::secret));
    }

    private static void secret(Entry entry, Sheet sheet) {
        var text = entry.text().orElse("");
        var file = FILE.matcher(text);
        if (REGISTRY.matcher(entry.name()).matches()) {
            sheet.noNeedUnseen(entry, "images stay in the server's own registry");
        } else if (FETCHED.matcher(text).matches() && isUsed(entry)) {
            sheet.noNeedUnseen(entry, "it only helps the others; `kamal secrets print` tells what they are");
        } else {
            sheet.keep(entry, entry.name(), file.matches() ? file.group(1) : "");
        }
    }

    private static boolean isUsed(Entry entry) {
        var reference = Pattern.compile("\\$\\{?" + Pattern.quote(entry.name()) + "\\b");
        return entry.top().inner().stream()
                .anyMatch(other -> other.text()
                        .filter(text -> reference.matcher(text).find())
                        .isPresent());
    }

    static Format hooks() {
        var rules = new Rules()
                .on(
                        "pre-build",
                        (entry, sheet) ->
                                sheet.byHand(entry, "what it makes belongs to build:, what it looks at to test:"))
                .on(
                        "pre-deploy",
                        (entry, sheet) -> sheet.byHand(entry, "what migrates belongs to release:, tests run anyway"))
                .on(
                        "post-deploy",
                        (entry, sheet) -> sheet.byHand(
                                entry,
                                "what looks at it belongs to verify:, before it gets requests; news: johwa notify add"))
                .noNeed("a push is how it gets there", "pre-connect", "docker-setup")
                .noNeed(
                        "the edge and instances are started by the platform",
                        "pre-app-boot",
                        "post-app-boot",
                        "pre-proxy-reboot",
                        "post-proxy-reboot",
                        "pre-traefik-reboot",
                        "post-traefik-reboot")
                .on("*", KamalFiles::other);
        return new Format("Kamal", List.of(".kamal/hooks/*"), Format.Syntax.PROGRAM, rules);
    }

    private static void other(Entry entry, Sheet sheet) {
        if (entry.name().endsWith(".sample")) {
            sheet.noNeed(entry, "an example");
        } else {
            sheet.notYet(entry, "no hook that is known here");
        }
    }
}
