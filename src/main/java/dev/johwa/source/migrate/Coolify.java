package dev.johwa.source.migrate;

import dev.johwa.lib.yaml.Node;
import dev.johwa.source.compose.ComposeFile;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Coolify's compose file. It runs here as it is, but for what Coolify adds to the format: keys of its own, and values
/// that it makes for references of a certain form (`SERVICE_PASSWORD_DB`).
final class Coolify {
    /// A file in which none of these stands is any compose file, which is nothing to migrate.
    private static final Pattern OWN =
            Pattern.compile("\\bSERVICE_(FQDN|URL|USER|LOWERCASEUSER|PASSWORD|PASSWORDWITHSYMBOLS|"
                    + "BASE64|REALBASE64|HEX|SUPABASEANON|SUPABASESERVICE)_|\\bCOOLIFY_[A-Z]|\\bexclude_from_hc\\b"
                    + "|\\bis_directory:|\\bisDirectory:|\\bcoolify\\.");

    private static final List<String> NAMES = List.of(
            "docker-compose.coolify.yml", "docker-compose.coolify.yaml", "compose.coolify.yml", "compose.coolify.yaml");
    private static final Pattern ROUTING = Pattern.compile("(traefik|caddy|coolify)[._].*");
    private static final String LINE = "take this line out: Compose does not know it";

    private Coolify() {}

    static Format file() {
        var rules = new Rules()
                .on("services", Coolify::services)
                .on("networks.*", Coolify::network)
                .noNeed("Compose knows one version", "version")
                .on("x-*", (entry, sheet) -> sheet.asItIsUnseen(entry, "told where it is used"))
                .on("*", (entry, sheet) -> sheet.asItIsUnseen(entry, "read as Compose reads it"));
        var names = Stream.concat(ComposeFile.NAMES.stream(), NAMES.stream()).toList();
        return new Format(
                "Coolify",
                names,
                Format.Syntax.YAML,
                rules,
                text -> OWN.matcher(text).find());
    }

    private static void services(Entry entry, Sheet sheet) {
        if (!ComposeFile.NAMES.contains(entry.place().file())) {
            sheet.byHandUnseen(entry, "call the file compose.yaml: it is found by this name");
        }
        for (var service : entry.inner()) {
            sheet.asItIsUnseen(service, "runs as Compose reads it");
            service.inner().forEach(key -> key(service, key, sheet));
        }
    }

    private static void key(Entry service, Entry key, Sheet sheet) {
        switch (key.name()) {
            case "exclude_from_hc" ->
                sheet.byHand(
                        key,
                        LINE + "; what ends well is told by `depends_on: {" + service.name()
                                + ": {condition: service_completed_successfully}}`");
            case "environment" -> key.inner().forEach(value -> CoolifyValues.tell(service, value, sheet));
            case "labels" -> key.inner().forEach(label -> label(label, sheet));
            case "volumes" -> key.inner().forEach(volume -> volume(volume, sheet));
            case String _ -> references(key, sheet);
        }
    }

    /// Whatever refers to a value.
    private static void references(Entry entry, Sheet sheet) {
        if (entry.text().isPresent()) {
            CoolifyValues.references(entry, sheet);
        } else {
            entry.inner().forEach(each -> references(each, sheet));
        }
    }

    private static void label(Entry label, Sheet sheet) {
        var name = label.name().equals("#") ? label.text().orElse("") : label.name();
        if (ROUTING.matcher(name).matches()) {
            sheet.noNeed(label, "the edge leads to it; names of its own: johwa domains add");
        } else {
            references(label, sheet);
        }
    }

    private static void volume(Entry volume, Sheet sheet) {
        for (var key : volume.inner()) {
            switch (key.name()) {
                case "is_directory", "isDirectory" ->
                    sheet.byHand(key, LINE + "; a folder that is not in the repository is kept as a volume anyway");
                case "content" ->
                    sheet.byHandUnseen(
                            key,
                            LINE + "; write the file " + volume.text("source").orElse("") + " into the repository, or"
                                    + " as `configs: {NAME: {content: …}}`");
                case String _ -> {}
            }
        }
        var isOwn =
                volume.node() instanceof Node.Mapping && volume.get("content").isPresent();
        if (!isOwn) {
            references(volume, sheet);
        }
    }

    private static void network(Entry entry, Sheet sheet) {
        if (entry.name().equals("coolify")) {
            sheet.byHand(entry, "take this network out: services of a project find each other, the edge finds them");
        } else {
            sheet.asItIs(entry, "read as Compose reads it");
        }
    }
}
