package dev.johwa.source.migrate;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Files of one line each: Procfile, and Piku's ENV and SCALING.
final class Processes {
    private static final Pattern CRON = Pattern.compile("(\\S+\\s+\\S+\\s+\\S+\\s+\\S+\\s+\\S+)\\s+(.+)");

    private Processes() {}

    static Format procfile() {
        var rules = new Rules()
                .on("web", (entry, sheet) -> sheet.asItIs(entry, "starts as it is; it listens on $PORT"))
                .on("release", (entry, sheet) -> sheet.asItIs(entry, "runs once before each release"))
                .on("wsgi", (entry, sheet) -> server(entry, sheet, "gunicorn --bind 127.0.0.1:$PORT "))
                .on(
                        "jwsgi",
                        (entry, sheet) -> sheet.notYet(entry, "uWSGI's JVM is not here: write how it starts, web: …"))
                .on(
                        "rwsgi",
                        (entry, sheet) -> server(entry, sheet, "bundle exec rackup --host 127.0.0.1 --port $PORT "))
                .on("php", (entry, sheet) -> server(entry, sheet, "php -S 127.0.0.1:$PORT -t "))
                .on("preflight", (entry, sheet) -> byKey(entry, sheet, "build"))
                .on("static", (entry, sheet) -> byKey(entry, sheet, "folder"))
                .on("cron", Processes::cron)
                .on("*", (entry, sheet) -> otherwise(entry, sheet));
        return new Format("Heroku, Dokku, Piku", List.of("Procfile"), Format.Syntax.PROCESSES, rules);
    }

    private static void server(Entry entry, Sheet sheet, String command) {
        entry.text().ifPresent(text -> sheet.key(entry, "start", command + text));
        away(entry, sheet);
    }

    /// Here every line of a Procfile but `release` is a process.
    private static void away(Entry entry, Sheet sheet) {
        sheet.byHand(entry, "take this line out of the Procfile: '" + entry.name() + "' would be started as a process");
    }

    private static void byKey(Entry entry, Sheet sheet, String key) {
        entry.text().ifPresent(text -> sheet.key(entry, key, text));
        away(entry, sheet);
    }

    private static void otherwise(Entry entry, Sheet sheet) {
        if (entry.name().startsWith("cron")) {
            cron(entry, sheet);
        } else {
            sheet.asItIs(entry, "starts beside the others as it is");
        }
    }

    private static void cron(Entry entry, Sheet sheet) {
        var matcher = CRON.matcher(entry.text().orElse(""));
        if (matcher.matches()) {
            sheet.schedule(entry, entry.name(), Optional.of(matcher.group(1)), matcher.group(2));
            away(entry, sheet);
        } else {
            sheet.notYet(entry, "these are no five fields and a command");
            away(entry, sheet);
        }
    }

    static Format scaling() {
        var rules = new Rules()
                .on("web", (entry, sheet) -> instances(entry, sheet))
                .on("*", (entry, sheet) -> others(entry, sheet));
        return new Format("Piku, Dokku", List.of("SCALING", "DOKKU_SCALE"), Format.Syntax.VALUES, rules);
    }

    /// How many of the web process run.
    static void instances(Entry entry, Sheet sheet) {
        var text = entry.text().orElse("");
        if (text.matches("\\d{1,3}")) {
            sheet.key(entry, "instances", Integer.parseInt(text));
        } else {
            sheet.notYet(entry, "'" + text + "' is no number");
        }
    }

    /// How many of another process run.
    static void others(Entry entry, Sheet sheet) {
        if (entry.is("1")) {
            sheet.asItIs(entry, "one of each process runs");
        } else {
            sheet.byHand(entry, "johwa.yaml does not scale this process: see `johwa scale --help`");
        }
    }

    static Format values() {
        var rules = new Rules()
                .on("NGINX_SERVER_NAME", Processes::domains)
                .on("NODE_VERSION", (entry, sheet) -> sheet.byHand(entry, "write it into .nvmrc"))
                .on("PYTHON_VERSION", (entry, sheet) -> sheet.byHand(entry, "write it into .python-version"))
                .on("NGINX_HTTPS_ONLY", (entry, sheet) -> sheet.asItIs(entry, "plain requests are led to https"))
                .on("UWSGI_PROCESSES", Processes::instances)
                .on(
                        "NGINX_STATIC_PATHS",
                        (entry, sheet) -> sheet.notYet(entry, "the application serves its files itself"))
                .on(
                        "NGINX_CLOUDFLARE_ACL",
                        (entry, sheet) -> sheet.notYet(entry, "Cloudflare's list is not known here"))
                .noNeed(
                        "the server binds by itself",
                        "BIND_ADDRESS",
                        "DISABLE_IPV6",
                        "NGINX_IPV4_ADDRESS",
                        "NGINX_IPV6_ADDRESS")
                .noNeed("a process that ends is started again", "PIKU_AUTO_RESTART")
                .on("*", Processes::value);
        return new Format("Piku", List.of("ENV"), Format.Syntax.VALUES, rules);
    }

    private static void value(Entry entry, Sheet sheet) {
        if (entry.name().startsWith("UWSGI_") || entry.name().startsWith("NGINX_")) {
            sheet.noNeed(entry, "there is no uWSGI and no nginx here");
        } else {
            sheet.value(entry, entry.name(), entry.text().orElse(""));
        }
    }

    private static void domains(Entry entry, Sheet sheet) {
        for (var name : entry.text().orElse("").split("[\\s,]+")) {
            domain(entry, sheet, name);
        }
    }

    /// A host name of its own.
    static void domain(Entry entry, Sheet sheet, String name) {
        sheet.type(entry, "johwa domains add " + name + " --app " + sheet.app() + sheet.there());
    }
}
