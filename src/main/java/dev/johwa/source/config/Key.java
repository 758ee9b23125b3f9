package dev.johwa.source.config;

import java.util.List;
import java.util.Optional;

/// The keys of an app in `johwa.yaml`: the one table from which files are read and the JSON Schema is written.
///
/// @param path of the key, with `*` for names that people choose: `health.path`, `env.*`
record Key(String path, Form form, String about) {
    static final List<Key> ALL = List.of(
            new Key("name", Form.TEXT, "Name of the project, as people see it."),
            new Key("service", Form.SERVICE, "What it is: web, worker, static, function or job."),
            new Key("folder", Form.FOLDER, "Where the app lives in the repository."),
            new Key("build", Form.COMMANDS, "Builds the app."),
            new Key("docker.file", Form.FILE, "The Dockerfile of its image, where it is not called so."),
            new Key("docker.stage", Form.TEXT, "The stage of the Dockerfile that becomes the image; else the last."),
            new Key("docker.args.*", Form.VALUE, "Build arguments of the image; no secrets here."),
            new Key("compose.profiles", Form.PROFILES, "Profiles of the compose file whose services run."),
            new Key(
                    "image.base",
                    Form.BASE,
                    "Makes an image without a Dockerfile, on this base: an image of this server's registry, auto or"
                            + " scratch."),
            new Key("test", Form.COMMANDS, "Tests in addition to the default ones, which always run."),
            new Key("start", Form.COMMAND, "Starts the app; it listens on $PORT."),
            new Key("verify", Form.COMMANDS, "Checks the candidate before it gets traffic; APP_URL is its address."),
            new Key("release", Form.COMMANDS, "Runs once per release, before the candidate starts."),
            new Key("port", Form.PORT, "The port on which the app insists, when it does not read PORT."),
            new Key("health.path", Form.URL_PATH, "Path that answers below 400 when the app is healthy."),
            new Key("health.within", Form.DURATION, "How long a new instance may take to become healthy."),
            new Key("instances", Form.COUNT, "How many instances of the web process run."),
            new Key("limits.memory", Form.SIZE, "Memory of an instance."),
            new Key("limits.cpu", Form.NUMBER, "Processors of an instance."),
            new Key("limits.build", Form.DURATION, "Time for each stage before the release."),
            new Key("limits.request", Form.SIZE, "The largest body of a request."),
            new Key("limits.answer", Form.DURATION, "How long an instance may take to begin its answer."),
            new Key("env.*", Form.VALUE, "Environment values; no secrets here."),
            new Key("secrets", Form.SECRETS, "Names of secrets that must be set on the server before a release."),
            new Key("data", Form.DATA, "Databases by kind, folders by path (with a '/'); they outlive releases."),
            new Key("uses", Form.USES, "Other apps here, by name."),
            new Key(
                    "schedule.*.cron",
                    Form.CRON,
                    "When it runs: minute hour day month weekday, or @daily and the like."),
            new Key("schedule.*.run", Form.COMMAND, "What runs."),
            new Key("schedule.*.zone", Form.ZONE, "The time zone of its times, such as Asia/Seoul; else UTC."),
            new Key("schedule.*.limit", Form.DURATION, "How long it may take; else 6h."),
            new Key("schedule.*.overlap", Form.SWITCH, "Whether it starts also while the one before goes on."),
            new Key("schedule.*.late", Form.SWITCH, "Whether one that was missed runs late, once."),
            new Key("schedule.*.enabled", Form.SWITCH, "Whether it runs here; in previews only where true is written."),
            new Key("domains", Form.DOMAINS, "Host names of its own."),
            new Key("access", Form.ACCESS, "Who sees it: public is everybody, private who logs in or has a link."),
            new Key(
                    "allow.users",
                    Form.SECRET,
                    "A secret with a line NAME:PASSWORD for each who is let in, as it is or by `htpasswd -B`."),
            new Key("allow.from", Form.RANGES, "Addresses that are answered."),
            new Key("allow.paths", Form.PATHS, "Paths below which users and from count; else they count everywhere."),
            new Key("canonical", Form.HOST, "The name of its own that the others lead to."),
            new Key("redirects", Form.REDIRECTS, "Lines as in a file _redirects: FROM TO, or FROM TO STATUS."),
            new Key("headers.*", Form.FIELD, "Fields of each answer, where the app sets no other."),
            new Key(
                    "feedback",
                    Form.SWITCH,
                    "Whether /.johwa/feedback asks its users; what they say becomes an issue."),
            new Key("vulnerabilities.ignore.*.reason", Form.TEXT, "Why it does no harm here."),
            new Key("vulnerabilities.ignore.*.until", Form.DATE, "The last day on which it is ignored; else always."),
            new Key("slo.availability", Form.SHARE, "Of a hundred requests so many are answered without an error."),
            new Key(
                    "slo.latency.within",
                    Form.DURATION,
                    "How fast an answer is a fast one; rounded up to 5, 10, 25, 50, 75, 100, 250, 500, 750 ms, 1, 2.5,"
                            + " 5, 7.5 or 10 s."),
            new Key("slo.latency.share", Form.SHARE, "Of a hundred requests so many are answered so fast; else 99."),
            new Key("watch.rollback", Form.SWITCH, "Whether a release that is bad for certain is undone by itself."),
            new Key("counter.name", Form.TEXT, "What it counts of its business, such as orders."),
            new Key("counter.header", Form.HEADER, "The field of an answer that tells of one."),
            new Key(
                    "counter.log",
                    Form.EVENT,
                    "The field of a line of its log that tells of one, such as event=order."),
            new Key("counter.metric", Form.METRIC, "The counter of its own metrics that has them."),
            new Key("faults", Form.SWITCH, "Whether something may be broken here on purpose; else it may."),
            new Key(
                    "rollout",
                    Form.ROLLOUT,
                    "Steps by which a release gets requests: shares, fields, and times after each; sticky keeps visitors"
                            + " where they are. Else all at once."),
            new Key("branch", Form.TEXT, "The branch that goes to this environment."),
            new Key("target", Form.TARGET, "Where instances run: process, docker or kubernetes."),
            new Key("sleep", Form.DURATION, "Sleeps after so long without a request, wakes by the next."),
            new Key("fetch", Form.SWITCH, "Whether a runtime that it asks for and that is not here may be fetched."),
            new Key("expire", Form.DURATION, "A preview goes after so long without a push."));

    /// Where keys stand.
    enum Section {
        PROJECT,
        ENVIRONMENT,
        APP,
        APP_ENVIRONMENT,
        SERVER
    }

    /// Whether a key does something in a section.
    static boolean belongs(String path, Section section) {
        return switch (path.replaceFirst("^(docker|image|compose)\\..*", "$1")) {
            case "name", "compose" -> section == Section.PROJECT;
            case "branch" -> section == Section.ENVIRONMENT;
            // What a commit becomes is decided before it is known where it goes.
            case "folder", "docker", "image" -> section == Section.PROJECT || section == Section.APP;
            case String _ -> true;
        };
    }

    /// The key of a path, where names that people chose stand for `*`.
    static Optional<Key> of(String path) {
        return ALL.stream().filter(key -> matches(key.path(), path)).findFirst();
    }

    private static boolean matches(String pattern, String path) {
        var wanted = pattern.split("\\.");
        var have = path.split("\\.", wanted.length);
        if (wanted.length != have.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (!wanted[i].equals("*") && !wanted[i].equals(have[i])) {
                return false;
            }
        }
        return true;
    }

    /// Names that may stand below a path: `path`, `within` below `health`; empty where people choose names.
    static List<String> below(String path) {
        var prefix = path.isEmpty() ? "" : path + ".";
        return ALL.stream()
                .map(Key::path)
                .filter(each -> each.startsWith(prefix))
                .map(each -> each.substring(prefix.length()).replaceFirst("\\..*", ""))
                .filter(each -> !each.equals("*"))
                .distinct()
                .toList();
    }

    /// Whether a path is a map of other keys.
    static boolean isMap(String path) {
        return ALL.stream().anyMatch(key -> matchesStart(key.path(), path));
    }

    private static boolean matchesStart(String pattern, String path) {
        var wanted = pattern.split("\\.");
        var have = path.split("\\.");
        if (have.length >= wanted.length) {
            return false;
        }
        for (int i = 0; i < have.length; i++) {
            if (!wanted[i].equals("*") && !wanted[i].equals(have[i])) {
                return false;
            }
        }
        return true;
    }
}
