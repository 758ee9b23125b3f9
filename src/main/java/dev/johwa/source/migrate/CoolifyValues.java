package dev.johwa.source.migrate;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Values that Coolify makes by the form of their names: here a person gives each once, and references see it. Those
/// without a default that it asks for on its pages are told too.
final class CoolifyValues {
    private static final Pattern REFERENCE =
            Pattern.compile("(?<!\\$)(?:\\$\\$)*\\$(?:\\{([A-Za-z_]\\w*)((?::?[-+?])[^}]*)?}|([A-Za-z_]\\w*))");
    private static final Pattern ADDRESS = Pattern.compile("SERVICE_(?:FQDN|URL)_([A-Za-z0-9_-]+?)(?:_(\\d{1,5}))?");
    private static final Pattern SECRET = Pattern.compile(
            "SERVICE_(PASSWORD|PASSWORDWITHSYMBOLS|BASE64|REALBASE64|HEX|SUPABASEANON|SUPABASESERVICE)_\\w+");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][\\w-]*");

    private CoolifyValues() {}

    /// A value of a service's environment: `NAME: VALUE`, `NAME=VALUE`, or a name alone, which is a reference too.
    static void tell(Entry service, Entry value, Sheet sheet) {
        boolean isItem = value.name().equals("#");
        var text = value.text().orElse("");
        var name = isItem ? text.replaceFirst("=.*", "") : value.name();
        var says = isItem ? Optional.of(text).filter(each -> each.contains("=")) : value.text();
        if (ADDRESS.matcher(name).matches()) {
            declared(service, value, name, sheet);
        } else if (says.isEmpty() && NAME.matcher(name).matches()) {
            wanted(value, name, sheet);
        } else {
            references(value, sheet);
        }
    }

    /// It makes an address for a service, and leads it to a port.
    private static void declared(Entry service, Entry value, String name, Sheet sheet) {
        var address = ADDRESS.matcher(name);
        var port = address.matches() ? Optional.ofNullable(address.group(2)) : Optional.<String>empty();
        var path = value.text().filter(text -> text.matches("(.*=)?/.+"));
        if (path.isPresent()) {
            sheet.notYet(value, "a service has a name of its own, not a path of another's");
        } else if (port.isEmpty()) {
            sheet.asItIs(value, "it has the address of the project, or one of its own where it publishes a port");
        } else if (open(service).anyMatch(each -> each.matches("(.*:)?" + port.get() + "(/tcp)?"))) {
            sheet.asItIs(value, "it is visited at the port that it opens");
        } else if (isFirst(service)) {
            sheet.byHand(
                    value,
                    "it is visited at this port; write into " + service.name() + ": labels: {dev.johwa.web: \""
                            + port.get() + "\"}");
        } else {
            sheet.byHand(
                    value,
                    "it gets an address of its own by the port that it publishes; write into " + service.name()
                            + ": ports: [\"" + port.get() + "\"]");
        }
    }

    private static Stream<String> open(Entry service) {
        return Stream.of("ports", "expose")
                .flatMap(key -> service.get(key).stream())
                .flatMap(list -> list.inner().stream())
                .flatMap(each -> each.text().or(() -> each.text("target")).stream());
    }

    /// Whether no service before it has an address.
    private static boolean isFirst(Entry service) {
        var all = service.above().map(Entry::inner).orElse(List.of());
        return all.stream()
                .filter(CoolifyValues::isDeclared)
                .findFirst()
                .filter(first -> first.name().equals(service.name()))
                .isPresent();
    }

    private static boolean isDeclared(Entry service) {
        return service.get("environment").stream()
                .flatMap(environment -> environment.inner().stream())
                .map(value -> value.name().equals("#") ? value.text().orElse("").replaceFirst("=.*", "") : value.name())
                .anyMatch(name -> ADDRESS.matcher(name).matches());
    }

    /// Values that a text refers to, each once.
    static void references(Entry entry, Sheet sheet) {
        var found = REFERENCE.matcher(entry.text().orElse(""));
        while (found.find()) {
            var name = Optional.ofNullable(found.group(1)).orElse(found.group(3));
            var otherwise = Optional.ofNullable(found.group(2)).orElse("");
            if (name.startsWith("SERVICE_") || otherwise.isEmpty() || otherwise.contains("?")) {
                wanted(entry, name, sheet);
            }
        }
    }

    private static void wanted(Entry entry, String name, Sheet sheet) {
        if (SECRET.matcher(name).matches() || !ADDRESS.matcher(name).matches() && Sheet.isSecret(name, "")) {
            sheet.keep(entry, name, "");
        } else if (name.matches("COOLIFY_.*|SOURCE_COMMIT")) {
            sheet.notYet(entry, "nothing here gives " + name + "; a value of that name: johwa envs set");
        } else if (ADDRESS.matcher(name).matches()) {
            sheet.ask(entry, name, name.startsWith("SERVICE_URL_") ? "https://HOST" : "HOST");
        } else {
            sheet.ask(entry, name, "VALUE");
        }
    }
}
