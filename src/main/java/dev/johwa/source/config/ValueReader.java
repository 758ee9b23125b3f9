package dev.johwa.source.config;

import dev.johwa.lib.cron.Cron;
import dev.johwa.lib.cron.Zones;
import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.text.Near;
import dev.johwa.lib.yaml.Node;
import dev.johwa.source.config.Key.Section;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Reads the keys of an app from a tree into values by path; every problem is collected.
final class ValueReader {
    private static final Pattern ENV_NAME = Pattern.compile(Form.ENV_NAME);
    private static final Pattern FIELD_NAME = Pattern.compile(Form.FIELD_NAME);
    private static final Pattern ADVISORY = Pattern.compile(Form.ADVISORY);
    private static final Pattern LABEL = Pattern.compile(Form.LABEL);

    private final Section section;
    private final List<Problem> problems;

    ValueReader(Section section, List<Problem> problems) {
        this.section = section;
        this.problems = problems;
    }

    /// A value and where it stands.
    record Read(Object value, Place place) {}

    /// @param besides keys that others read, which are no problem here
    Map<String, Read> read(Node.Mapping mapping, Set<String> besides) {
        var values = new LinkedHashMap<String, Read>();
        read("", mapping, besides, values);
        return values;
    }

    /// Whether a name may be that of an app, environment or schedule; otherwise it is a problem.
    boolean isLabel(Node.Key key) {
        if (LABEL.matcher(key.text()).matches()) {
            return true;
        }
        problems.add(Problem.user("config.name", "'" + key.text() + "' is no name here")
                .at(key.place())
                .hint("use 1 to 63 letters, digits, '-' and '_', a letter or digit first"));
        return false;
    }

    private void read(String above, Node.Mapping mapping, Set<String> besides, Map<String, Read> values) {
        mapping.entries().forEach((key, node) -> {
            if (above.isEmpty() && besides.contains(key.text())) {
                return;
            }
            if (!isName(above, key)) {
                return;
            }
            var path = above.isEmpty() ? key.text() : above + "." + key.text();
            boolean isOne = !key.text().isEmpty() && !key.text().contains(".");
            var known = isOne ? Key.of(path) : Optional.<Key>empty();
            if (known.isPresent() && !Key.belongs(path, section)) {
                problems.add(Problem.user("config.no-effect", "'" + path + "' does nothing here")
                        .at(key.place())
                        .hint(place(path)));
            } else if (known.isPresent()) {
                value(known.get(), node).ifPresent(value -> values.put(path, new Read(value, node.place())));
            } else if (isOne && Key.isMap(path)) {
                below(path, node, values);
            } else {
                unknown(above, key, besides);
            }
        });
    }

    private static String place(String path) {
        return switch (path) {
            case "branch" -> "write it below environments.NAME of the project";
            case "name" -> "write it at the top of johwa.yaml";
            case String _ -> "write it at the top of johwa.yaml, or below apps.NAME";
        };
    }

    private boolean isName(String above, Node.Key key) {
        return switch (above) {
            case "env" -> isEnvironmentName(key) && !isReserved(key);
            case "docker.args" -> isEnvironmentName(key);
            case "schedule" -> isLabel(key);
            case "vulnerabilities.ignore" -> isAdvisory(key);
            case "headers" -> isFieldName(key);
            case String _ -> true;
        };
    }

    private boolean isEnvironmentName(Node.Key key) {
        if (!ENV_NAME.matcher(key.text()).matches()) {
            problems.add(Problem.user("config.env-name", "'" + key.text() + "' is no name of an environment value")
                    .at(key.place())
                    .hint("use letters, digits and '_', no digit first"));
            return false;
        }
        return true;
    }

    private boolean isReserved(Node.Key key) {
        if (Form.RESERVED.contains(key.text())) {
            problems.add(Problem.user("config.env-reserved", key.text() + " is set by the platform")
                    .at(key.place())
                    .hint("leave it out"));
            return true;
        }
        return false;
    }

    private boolean isAdvisory(Node.Key key) {
        if (ADVISORY.matcher(key.text()).matches()) {
            return true;
        }
        problems.add(Problem.user("config.advisory", "'" + key.text() + "' is no id of a vulnerability")
                .at(key.place())
                .hint("write one such as CVE-2024-1234 or GHSA-aaaa-bbbb-cccc"));
        return false;
    }

    private boolean isFieldName(Node.Key key) {
        boolean isName = FIELD_NAME.matcher(key.text()).matches();
        if (isName && !Form.isDecided(key.text())) {
            return true;
        }
        problems.add(Problem.user(
                        "config.field-name",
                        "'" + key.text() + "' is no field that can be set for each answer"
                                + (isName ? ": the app or the connection decides it" : ""))
                .at(key.place())
                .hint("write a name such as X-Frame-Options"));
        return false;
    }

    private void below(String path, Node node, Map<String, Read> values) {
        if (node instanceof Node.Mapping mapping) {
            read(path, mapping, Set.of(), values);
        } else if (!(node instanceof Node.Scalar scalar && scalar.isNull())) {
            wrong(path, node, "a map");
        }
    }

    private void unknown(String above, Node.Key key, Set<String> besides) {
        var names = new ArrayList<>(Key.below(above));
        if (above.isEmpty()) {
            names.addAll(besides);
        }
        var near = Near.question(key.text(), names);
        var problem = Problem.user("config.unknown-key", "unknown key '" + key.text() + "'")
                .at(key.place());
        problems.add(problem.hint(near.orElse("known here: " + String.join(", ", names))));
    }

    private Optional<Object> value(Key key, Node node) {
        var form = key.form();
        if (form.isList()) {
            return texts(key.path(), form, node).map(each -> each);
        }
        if (form == Form.COMMAND) {
            return command(key.path(), node).map(each -> each);
        }
        return form == Form.COMMANDS ? commands(key.path(), node).map(each -> each) : scalar(key, node);
    }

    private Optional<Object> scalar(Key key, Node node) {
        if (!(node instanceof Node.Scalar scalar) || (scalar.isNull() && key.form() != Form.VALUE)) {
            return wrong(key.path(), node, key.form().expected());
        }
        return value(key.form(), scalar)
                .<Object>map(each -> each)
                .or(() -> wrong(key.path(), node, key.form().expected()));
    }

    private Optional<?> value(Form form, Node.Scalar scalar) {
        var text = scalar.text();
        return switch (form) {
            case VALUE -> Optional.of(text);
            case PORT -> integer(text, Form.LEAST_PORT, Form.LARGEST_PORT);
            case COUNT -> integer(text, 0, Form.MOST_INSTANCES);
            case SWITCH -> Optional.of(text).filter(form::fits).map(Boolean::valueOf);
            case NUMBER, SHARE -> form == Form.SHARE ? Units.share(text) : Units.number(text);
            case DURATION -> Units.duration(text);
            case SIZE -> Units.size(text);
            case DATE, CRON -> meant(form, scalar, form == Form.DATE ? ValueReader::day : Cron::parse);
            case ZONE -> meant(form, scalar, Zones::parse);
            case TEXT,
                    SERVICE,
                    TARGET,
                    ACCESS,
                    FOLDER,
                    FILE,
                    BASE,
                    URL_PATH,
                    SECRET,
                    FIELD,
                    HEADER,
                    EVENT,
                    METRIC,
                    HOST,
                    RANGES,
                    PATHS,
                    REDIRECTS,
                    ROLLOUT,
                    COMMAND,
                    COMMANDS,
                    SECRETS,
                    DATA,
                    USES,
                    PROFILES,
                    DOMAINS -> fitting(form, scalar);
        };
    }

    /// A number such as 2.5 looks like a host, and is none.
    private static Optional<String> fitting(Form form, Node.Scalar scalar) {
        return Optional.of(scalar.text()).filter(form::fits).filter(_ -> form != Form.HOST || scalar.isText());
    }

    /// What fits its form may still mean nothing: that is told in its own words, and the text stands for itself.
    private Optional<String> meant(Form form, Node.Scalar scalar, Consumer<String> reader) {
        if (!form.fits(scalar.text())) {
            return Optional.empty();
        }
        try {
            reader.accept(scalar.text());
        } catch (ProblemException e) {
            problems.add(e.problem().at(scalar.place()));
        }
        return Optional.of(scalar.text());
    }

    private static void day(String text) {
        try {
            var _ = LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new ProblemException(
                    Problem.user("config.day", "there is no day " + text).hint("write one of the calendar"), e);
        }
    }

    private static Optional<Integer> integer(String text, int least, int most) {
        return Optional.of(text)
                .filter(each -> each.matches("0|[1-9]\\d{0,5}"))
                .map(Integer::valueOf)
                .filter(each -> each >= least && each <= most);
    }

    /// A text is for a shell, exactly as written; a list is words, without a shell.
    private Optional<List<String>> command(String path, Node node) {
        if (node instanceof Node.Scalar scalar) {
            return isCommand(scalar)
                    ? Optional.of(List.of("sh", "-c", scalar.text()))
                    : wrong(path, node, Form.COMMAND.expected());
        }
        if (!(node instanceof Node.Sequence sequence) || sequence.items().isEmpty()) {
            return wrong(path, node, Form.COMMAND.expected());
        }
        var words = new ArrayList<String>();
        for (var item : sequence.items()) {
            if (item instanceof Node.Scalar scalar && !scalar.isNull()) {
                words.add(scalar.text());
            } else {
                wrong(path, item, "a text");
            }
        }
        return words.isEmpty() ? Optional.empty() : Optional.of(words);
    }

    private static boolean isCommand(Node.Scalar scalar) {
        return !scalar.isNull() && Form.COMMAND.fits(scalar.text());
    }

    /// A text is one command; in a list each item is one: a text for a shell, or a list of words.
    private Optional<List<List<String>>> commands(String path, Node node) {
        if (!(node instanceof Node.Sequence sequence)) {
            return command(path, node).map(List::of);
        }
        var commands = new ArrayList<List<String>>();
        for (var item : sequence.items()) {
            command(path, item).ifPresent(commands::add);
        }
        return Optional.of(commands);
    }

    private Optional<List<String>> texts(String path, Form form, Node node) {
        if (node instanceof Node.Mapping map) {
            var first = map.entries().keySet().stream().findFirst().map(Node.Key::text);
            return wrong(path, node, form.expected(), first.flatMap(form::near));
        }
        var texts = new ArrayList<String>();
        for (var item : node instanceof Node.Sequence sequence ? sequence.items() : List.of(node)) {
            if (item instanceof Node.Scalar scalar && scalar.isText() && form.fits(scalar.text())) {
                texts.add(scalar.text());
            } else {
                var text = item instanceof Node.Scalar scalar ? Optional.of(scalar.text()) : Optional.<String>empty();
                wrong(path, item, form.expected(), text.flatMap(form::near));
            }
        }
        return Optional.of(texts);
    }

    private <T> Optional<T> wrong(String path, Node node, String expected) {
        return wrong(path, node, expected, Optional.empty());
    }

    /// @param near what was meant perhaps, which is said first
    private <T> Optional<T> wrong(String path, Node node, String expected, Optional<String> near) {
        problems.add(Problem.user("config.wrong-type", "'" + path + "' is " + node.kind())
                .at(node.place())
                .hint(near.map(meant -> meant + " Write ").orElse("write ") + expected));
        return Optional.empty();
    }
}
