package dev.johwa.source.config;

import dev.johwa.lib.text.Near;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a value of `johwa.yaml` may be: how it is told to a person, and the pattern of its text, in the syntax that
/// Java and JSON Schema share. Where a group repeats the text has a length: Java calls itself for each repetition.
enum Form {
    TEXT("a text", "^[^\\u0000-\\u001f]*[^\\u0000-\\u0020][^\\u0000-\\u001f]*$"),
    SERVICE("one of web, worker, static, function, job", "^(web|worker|static|function|job)$"),
    TARGET("one of process, docker, kubernetes", "^(process|docker|kubernetes)$"),
    ACCESS("one of public, private", "^(public|private)$"),
    /// One command: a text for a shell, or a list of words.
    COMMAND("a command: a text, or a list of words", "\\S"),
    /// A command, or a list of commands (texts for a shell, lists of words).
    COMMANDS("a command, or a list of commands", "\\S"),
    PORT("a port from 1 to 65535", ""),
    COUNT("a number from 0 to 100", ""),
    SWITCH("true or false", "^(true|false)$"),
    NUMBER("a number above 0, such as 0.5 or 2", "^(?=.*[1-9])(\\d{1,4}(\\.\\d{1,4})?|\\d{1,6}m)$"),
    SHARE("a percentage below 100, such as 99.9", "^(?=.*[1-9])\\d{1,2}(\\.\\d{1,4})?$"),
    DURATION("a time such as 30s, 10m or 2h", "^(?=.*[1-9])(\\d{1,9})(ms|s|m|h|d)$"),
    SIZE("a size such as 512Mi or 1Gi", "^(?=.*[1-9])(\\d{1,9}(Ki|Mi|Gi|k|M|G)|\\d{1,15})$"),
    /// Any scalar, kept as written.
    VALUE("a text", ""),
    CRON("five fields such as '0 3 * * *', or @daily", "^\\s*(@[A-Za-z]+|[^@\\s]\\S*(\\s+\\S+){4})\\s*$"),
    DATE("a day such as 2026-12-31", "^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$"),
    ZONE("a time zone such as Europe/Berlin", "^[A-Za-z][A-Za-z0-9_+/-]*$"),
    FOLDER("a folder of the repository, such as services/api", "^(?!/)(?!(.*/)?\\.\\.(/|$))[^\\u0000-\\u001f]+$"),
    FILE("a file in the app's folder, such as docker/Dockerfile", "^(?!/)(?!(.*/)?\\.\\.(/|$))[^\\u0000-\\u001f]+$"),
    BASE(
            "a base such as bases/node:22, auto, or scratch",
            "^(?=.{1,500}$)(auto|scratch|[a-z0-9]+([._/-]+[a-z0-9]+)*(:[A-Za-z0-9_][A-Za-z0-9._-]{0,127}|@sha256:[0-9a-f]{64}))$"),
    URL_PATH("a path such as /healthz", "^/[^\\u0000-\\u0020]*$"),
    SECRETS("a list of names such as STRIPE_KEY", "^[A-Za-z_][A-Za-z0-9_]*$"),
    DATA(
            "a list of folders, which have a '/', such as uploads/, and of database kinds: postgres, mariadb, redis",
            "^(postgres|mariadb|mysql|redis|(?!/)(?!(.*/)?\\.\\.(/|$))[^\\u0000-\\u001f/]+/[^\\u0000-\\u001f]*)$"),
    USES("a list of apps: PROJECT or PROJECT/APP", "^[A-Za-z0-9][A-Za-z0-9_.-]*(/[A-Za-z0-9][A-Za-z0-9_.-]*)?$"),
    PROFILES("a list of names such as debug", "^[a-zA-Z0-9][a-zA-Z0-9_.-]+$"),
    SECRET("the name of a secret, such as SITE_USERS", "^[A-Za-z_][A-Za-z0-9_]*$"),
    RANGES("a list of addresses such as 203.0.113.7 or 10.0.0.0/8", "^[0-9A-Fa-f.:]{2,45}(/\\d{1,3})?$"),
    PATHS("a list of paths such as /admin", "^/[^\\u0000-\\u0020?#]*$"),
    REDIRECTS(
            "a list of lines such as '/old /new', '/news/* /blog/:splat 302'",
            "^(?=.{1,2000}$)(/|https?://)[^\\u0000-\\u0020]*( +[^\\u0000-\\u0020=]+=[^\\u0000-\\u0020]+)*"
                    + " +(/|https?://)[^\\u0000-\\u0020]*( +30[12378]!?)?$"),
    ROLLOUT(
            "a list of steps such as [5%, 10m, 50%, 10m], x-canary=yes or sticky",
            "^(sticky|(?=[^%]*[1-9])\\d{1,2}(\\.\\d{1,2})?%|(?=\\d*[1-9])\\d{1,9}(ms|s|m|h|d)"
                    + "|[A-Za-z][A-Za-z0-9-]{0,63}=[\\x21-\\x7e]{0,200})$"),
    FIELD("a text of one line", "^[^\\u0000-\\u001f\\u007f-\\uffff]*$"),
    HEADER("the name of a field such as x-order", "^[A-Za-z][A-Za-z0-9-]{0,63}$"),
    EVENT(
            "a field of a line and its value, such as event=order",
            "^[A-Za-z_][A-Za-z0-9_.@-]{0,99}=[^\\u0000-\\u001f\"]{1,200}$"),
    METRIC("the name of a counter such as orders_total", "^[A-Za-z_:][A-Za-z0-9_:]{0,199}$"),
    HOST(
            "a host name such as shop.example.com, in lower case",
            "^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$"),
    DOMAINS(
            "a list of host names such as shop.example.com, in lower case",
            "^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$");

    private static final List<String> KINDS_OF_DATA = List.of("postgres", "mariadb", "mysql", "redis");

    static final int LEAST_PORT = 1;
    static final int LARGEST_PORT = 65_535;
    static final int MOST_INSTANCES = 100;
    /// Names of environment values and secrets.
    static final String ENV_NAME = "^[A-Za-z_][A-Za-z0-9_]*$";
    /// Names of fields of an answer.
    static final String FIELD_NAME = "^[A-Za-z][A-Za-z0-9-]{0,63}$";
    /// Fields that the way of an answer decides, or the app for each answer.
    static final List<String> NO_FIELDS = List.of(
            "connection",
            "content-length",
            "content-type",
            "date",
            "keep-alive",
            "location",
            "set-cookie",
            "status",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");
    /// Names of apps, environments and schedules: they become labels of host names and folders.
    static final String LABEL = "^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$";
    /// Ids of vulnerabilities: CVE-2024-1234, GHSA-aaaa-bbbb-cccc, PYSEC-2024-1.
    static final String ADVISORY = "^[A-Za-z][A-Za-z0-9_]*(-[A-Za-z0-9_:]+)+$";
    /// Environment values that the platform sets.
    static final List<String> RESERVED = List.of("PORT", "HOST", "HOME");

    private final String expected;
    private final String text;
    private final Pattern pattern;

    Form(String expected, String text) {
        this.expected = expected;
        this.text = text;
        this.pattern = Pattern.compile(text);
    }

    /// Those fields, in any case, as a pattern of JSON Schema.
    static String decided() {
        return NO_FIELDS.stream()
                .map(name -> name.chars()
                        .mapToObj(c -> c == '-' ? "-" : "[" + (char) c + (char) Character.toUpperCase(c) + "]")
                        .collect(Collectors.joining()))
                .collect(Collectors.joining("|", "^(", ")$"));
    }

    /// Whether a field is one that nobody sets for each answer.
    static boolean isDecided(String field) {
        return NO_FIELDS.contains(field.toLowerCase(Locale.ROOT));
    }

    /// What to write, for a person.
    String expected() {
        return expected;
    }

    /// The pattern as JSON Schema takes it.
    String pattern() {
        return text;
    }

    boolean fits(String value) {
        return pattern.matcher(value).find();
    }

    /// What a text that does not fit may have been meant as, as a question.
    Optional<String> near(String value) {
        if (this != DATA) {
            return Optional.empty();
        }
        return Near.question(value, KINDS_OF_DATA)
                .or(() ->
                        Optional.of("did you mean the folder '" + value + "/'?").filter(_ -> fits(value + "/")));
    }

    boolean isList() {
        return switch (this) {
            case SECRETS, DATA, USES, PROFILES, DOMAINS, RANGES, PATHS, REDIRECTS, ROLLOUT -> true;
            case TEXT,
                    SERVICE,
                    TARGET,
                    ACCESS,
                    COMMAND,
                    COMMANDS,
                    PORT,
                    COUNT,
                    SWITCH,
                    NUMBER,
                    SHARE,
                    DURATION,
                    SIZE,
                    VALUE,
                    CRON,
                    DATE,
                    ZONE -> false;
            case FOLDER, FILE, BASE, URL_PATH, SECRET, FIELD, HEADER, EVENT, METRIC, HOST -> false;
        };
    }
}
