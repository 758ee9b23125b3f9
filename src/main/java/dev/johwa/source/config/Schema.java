package dev.johwa.source.config;

import dev.johwa.source.config.Key.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The JSON Schema (2020-12) of `johwa.yaml`, made of the same [Key]s by which the file is read.
final class Schema {
    private static final String HERE = "#/$defs/";
    /// What [ValueReader] takes for a port when it stands in quotes.
    private static final String PORT_TEXT =
            "^([1-9]\\d{0,3}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d{2}|655[0-2]\\d|6553[0-5])$";

    private static final String COUNT_TEXT = "^(\\d{1,2}|100)$";

    private Schema() {}

    static Map<String, Object> document() {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "johwa.yaml");
        schema.put("description", "The settings of a project; every key is optional, what is absent is convention.");
        var root = keys(Section.PROJECT);
        root.put("environments", named("Keys of one environment, by its name.", "environment"));
        root.put("apps", named("A repository with several apps: the same keys again, by name.", "app"));
        schema.putAll(map(root));
        var app = keys(Section.APP);
        app.put("environments", named("Keys of one environment, by its name.", "appEnvironment"));
        var definitions = new LinkedHashMap<String, Object>();
        definitions.put("app", map(app));
        definitions.put("environment", map(keys(Section.ENVIRONMENT)));
        definitions.put("appEnvironment", map(keys(Section.APP_ENVIRONMENT)));
        keysOf("").forEach(name -> definitions.put("key." + name, key(name)));
        definitions.put("command", command());
        schema.put("$defs", definitions);
        return schema;
    }

    private static List<String> keysOf(String path) {
        return Key.below(path);
    }

    private static Map<String, Object> keys(Section section) {
        var properties = new LinkedHashMap<String, Object>();
        keysOf("").stream()
                .filter(name -> Key.belongs(name, section))
                .forEach(name -> properties.put(name, reference("key." + name)));
        return properties;
    }

    private static Map<String, Object> reference(String name) {
        return object("$ref", HERE + name);
    }

    /// Nothing at all is a map without keys.
    private static Map<String, Object> map(Map<String, Object> properties) {
        var map = new LinkedHashMap<String, Object>();
        map.put("type", List.of("object", "null"));
        map.put("properties", properties);
        map.put("additionalProperties", false);
        return map;
    }

    private static Map<String, Object> named(String about, String definition) {
        return open(about, object("pattern", Form.LABEL), reference(definition));
    }

    /// A map whose names people choose.
    private static Map<String, Object> open(String about, Map<String, Object> names, Object value) {
        var map = new LinkedHashMap<String, Object>();
        map.put("description", about);
        map.put("type", List.of("object", "null"));
        map.put("propertyNames", names);
        map.put("additionalProperties", value);
        return map;
    }

    private static Map<String, Object> key(String path) {
        var known = Key.of(path);
        if (known.isPresent()) {
            var schema = new LinkedHashMap<String, Object>();
            schema.put("description", known.get().about());
            schema.putAll(form(known.get().form()));
            return schema;
        }
        return switch (path) {
            case "env" ->
                open(
                        "Environment values; no secrets here.",
                        object("pattern", Form.ENV_NAME, "not", object("enum", Form.RESERVED)),
                        key("env.NAME"));
            case "headers" ->
                open(
                        "Fields of each answer, where the app sets no other.",
                        object("pattern", Form.FIELD_NAME, "not", object("pattern", Form.decided())),
                        key("headers.NAME"));
            case "docker.args" ->
                open(
                        "Build arguments by name; no secrets here.",
                        object("pattern", Form.ENV_NAME),
                        key("docker.args.NAME"));
            case "schedule" ->
                open("Jobs by name.", object("pattern", Form.LABEL), map(properties("schedule.*", "schedule.NAME")));
            case "vulnerabilities.ignore" ->
                open(
                        "Known vulnerabilities that do no harm here, by id.",
                        object("pattern", Form.ADVISORY),
                        map(properties("vulnerabilities.ignore.*", "vulnerabilities.ignore.ID")));
            case String _ -> map(properties(path, path));
        };
    }

    /// @param pattern the path in [Key], with `*` for a name that people choose
    private static Map<String, Object> properties(String pattern, String path) {
        var properties = new LinkedHashMap<String, Object>();
        keysOf(pattern).forEach(name -> properties.put(name, key(path + "." + name)));
        return properties;
    }

    private static Map<String, Object> form(Form form) {
        return switch (form) {
            case VALUE -> object("type", List.of("string", "number", "boolean", "null"));
            case TEXT, FOLDER, FILE ->
                object("type", List.of("string", "number", "boolean"), "pattern", form.pattern());
            case SERVICE, TARGET, ACCESS -> choices(form);
            case FIELD -> object("type", List.of("string", "number", "boolean"), "pattern", form.pattern());
            // A word such as true is a text there.
            case ZONE, SECRET, HEADER, METRIC ->
                object("type", List.of("string", "boolean"), "pattern", form.pattern());
            case BASE, CRON, DATE, EVENT, URL_PATH, DURATION, HOST -> text(form.pattern());
            case PORT -> either(integer(Form.LEAST_PORT, Form.LARGEST_PORT), text(PORT_TEXT));
            case COUNT -> either(integer(0, Form.MOST_INSTANCES), text(COUNT_TEXT));
            case SWITCH -> either(object("type", "boolean"), text(form.pattern()));
            case NUMBER ->
                either(object("type", "number", "exclusiveMinimum", 0, "maximum", 9999.9999), text(form.pattern()));
            case SHARE ->
                either(object("type", "number", "exclusiveMinimum", 0, "maximum", 99.9999), text(form.pattern()));
            case SIZE -> either(integer(1, 999_999_999_999_999L), text(form.pattern()));
            case COMMAND -> reference("command");
            case COMMANDS -> either(commandText(), object("type", "array", "items", reference("command")));
            case SECRETS, DATA, USES, PROFILES, DOMAINS, RANGES, PATHS, REDIRECTS, ROLLOUT ->
                either(text(form.pattern()), object("type", "array", "items", text(form.pattern())));
        };
    }

    /// The words of `^(a|b|c)$`, so that editors can offer them.
    private static Map<String, Object> choices(Form form) {
        var words = form.pattern().substring(2, form.pattern().length() - 2);
        return object("enum", List.of(words.split("\\|")));
    }

    private static Map<String, Object> command() {
        var words = new LinkedHashMap<String, Object>();
        words.put("description", "Words; no shell.");
        words.put("type", "array");
        words.put("items", object("type", List.of("string", "number", "boolean")));
        words.put("minItems", 1);
        return either(commandText(), words);
    }

    private static Map<String, Object> commandText() {
        return object(
                "description",
                "For a shell, exactly as written.",
                "type",
                List.of("string", "number", "boolean"),
                "pattern",
                Form.COMMAND.pattern());
    }

    private static Map<String, Object> text(String pattern) {
        return object("type", "string", "pattern", pattern);
    }

    private static Map<String, Object> integer(long least, long most) {
        return object("type", "integer", "minimum", least, "maximum", most);
    }

    /// In the order as written, so that the file stays the same.
    private static Map<String, Object> object(Object... pairs) {
        var object = new LinkedHashMap<String, Object>();
        for (int i = 0; i < pairs.length; i += 2) {
            object.put((String) pairs[i], pairs[i + 1]);
        }
        return object;
    }

    private static Map<String, Object> either(Map<String, Object> one, Map<String, Object> other) {
        return object("anyOf", new ArrayList<>(List.of(one, other)));
    }
}
