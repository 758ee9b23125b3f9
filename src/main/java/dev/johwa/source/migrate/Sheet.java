package dev.johwa.source.migrate;

import dev.johwa.lib.text.Near;
import dev.johwa.source.config.Written;
import dev.johwa.source.migrate.Line.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What was found out so far: lines, keys and commands. Rules write on it.
final class Sheet {
    private static final Pattern SECRET = Pattern.compile(
            "(?i).*(secret|token|passw(or)?d|passphrase|api_?key|private_?key|credential|_key$|_dsn$).*");
    /// Values that a build writes into pages: whatever they are called, everybody reads them.
    private static final Pattern PUBLIC = Pattern.compile("(NEXT_PUBLIC|VITE|REACT_APP|NUXT_PUBLIC|GATSBY|PUBLIC)_.*");
    private static final Pattern WITH_PASSWORD = Pattern.compile("[a-z][a-z0-9+.-]*://[^/@\\s]*:[^/@\\s]+@.*");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    /// Commands of installation, which happens by itself.
    private static final Pattern INSTALL = Pattern.compile(
            "(npm (ci|i|install)|yarn( install)?|pnpm (i|install)|bun install|bundle install|poetry install|uv sync"
                    + "|pip3? install -r requirements\\.txt|composer install)((?: --?[\\w=-]+)*)\\s*(&&\\s*|;\\s*|$)");
    private static final Set<String> GIVEN = Set.of("PORT", "HOST", "HOME");

    private final String project;
    private final Map<String, String> now;
    private final Part part;
    private final Notes notes;

    /// @param keys by their paths in `johwa.yaml`, in the order in which they were found
    /// @param lines at which of them each key was found
    /// @param beside texts of other files that are needed, by their names
    record Notes(
            List<Line> lines,
            Map<String, Object> keys,
            Map<String, Integer> origins,
            Set<String> commands,
            Map<String, String> beside) {
        Notes() {
            this(
                    new ArrayList<>(),
                    new LinkedHashMap<>(),
                    new LinkedHashMap<>(),
                    new TreeSet<>(Sheet::inOrder),
                    new LinkedHashMap<>());
        }
    }

    /// @param project its name, for commands
    /// @param now what holds without anything written, by the paths of keys
    Sheet(String project, Map<String, String> now) {
        this(project, now, new Part("", ""), new Notes());
    }

    private Sheet(String project, Map<String, String> now, Part part, Notes notes) {
        this.project = project;
        this.now = now;
        this.part = part;
        this.notes = notes;
    }

    /// @param app one of several; empty for the project
    /// @param environment empty for all
    private record Part(String app, String environment) {
        String prefix() {
            return (app.isEmpty() ? "" : "apps." + app + ".")
                    + (environment.isEmpty() ? "" : "environments." + environment + ".");
        }
    }

    /// Databases first: what is set and released afterwards may need them.
    private static int inOrder(String one, String other) {
        int rank = rank(one) - rank(other);
        return rank == 0 ? one.compareTo(other) : rank;
    }

    private static int rank(String command) {
        return command.contains("johwa data") ? 0 : command.contains("johwa domains") ? 2 : 1;
    }

    /// The same sheet for one of several apps of a project.
    Sheet of(String app) {
        return new Sheet(project, now, new Part(plain(app), part.environment()), notes);
    }

    /// The same sheet for the app that has the project's name.
    Sheet ofMain() {
        return of(project);
    }

    /// The same sheet for one environment.
    Sheet in(String environment) {
        return new Sheet(project, now, new Part(part.app(), plain(environment)), notes);
    }

    private static String plain(String name) {
        return name.replaceAll("[^A-Za-z0-9_-]+", "-");
    }

    boolean isOfEnvironment() {
        return !part.environment().isEmpty();
    }

    Notes notes() {
        return notes;
    }

    /// The project, or the app in it, as commands name it.
    String app() {
        return part.app().isEmpty() || part.app().equals(plain(project)) ? project : project + "/" + part.app();
    }

    /// Behind a command, where it is about one environment.
    String there() {
        return part.environment().isEmpty() || part.environment().equals("production")
                ? ""
                : " -e " + part.environment();
    }

    void asItIs(Entry entry, String why) {
        add(shown(entry), entry, Kind.AS_IT_IS, why);
    }

    void noNeed(Entry entry, String why) {
        add(shown(entry), entry, Kind.NO_NEED, why);
    }

    void notYet(Entry entry, String why) {
        add(shown(entry), entry, Kind.NOT_YET, why);
    }

    /// What a person does once, told in words.
    void byHand(Entry entry, String what) {
        add(shown(entry), entry, Kind.TO_DO, what);
    }

    /// What a person types.
    void type(Entry entry, String command) {
        notes.commands().add(command);
        add(shown(entry), entry, Kind.TO_DO, command);
    }

    /// The same of what may hold a secret.
    private void command(Entry entry, String command) {
        notes.commands().add(command);
        add(
                entry.text().isPresent() && !entry.saysKey().endsWith("_URL") ? shown(entry) : entry.saysKey(),
                entry,
                Kind.TO_DO,
                command);
    }

    /// The key and its value; the key alone where a secret may stand in it.
    private static String shown(Entry entry) {
        return hides(entry) ? entry.saysKey() : entry.says();
    }

    private static boolean hides(Entry entry) {
        var text = entry.text();
        if (text.isEmpty()) {
            return entry.inner().stream().anyMatch(Sheet::hides);
        }
        int equals = text.get().indexOf('=');
        return isSecret(entry.name(), text.get())
                || equals > 0
                        && isSecret(text.get().substring(0, equals), text.get().substring(equals + 1))
                || SECRET.matcher(entry.saysKey()).matches();
    }

    /// The same of a value that is nobody's business, or of much.
    void byHandUnseen(Entry entry, String what) {
        add(entry.saysKey(), entry, Kind.TO_DO, what);
    }

    void noNeedUnseen(Entry entry, String why) {
        add(entry.saysKey(), entry, Kind.NO_NEED, why);
    }

    void asItIsUnseen(Entry entry, String why) {
        add(entry.saysKey(), entry, Kind.AS_IT_IS, why);
    }

    /// A value that is not known here: a person gives it.
    void ask(Entry entry, String name, String what) {
        var command = "johwa envs set " + app() + " " + name + "=" + what + there();
        notes.commands().add(command);
        add(named(entry, name), entry, Kind.TO_DO, command);
    }

    /// Another file that is needed.
    void file(Entry entry, String name, String text) {
        notes.beside().putIfAbsent(name, text);
        add(entry.saysKey(), entry, Kind.TO_DO, "a file " + name + " of these lines: --write writes it");
    }

    void unknown(Entry entry, List<String> known) {
        var near = Near.of(entry.name(), known)
                .map(name -> "; is '" + name + "' meant?")
                .orElse("");
        add(shown(entry), entry, Kind.UNKNOWN, "no key of this file that is known here" + near);
    }

    private void add(String says, Entry entry, Kind kind, String here) {
        notes.lines().add(new Line(entry.place(), says, kind, here));
    }

    /// A key of `johwa.yaml`, unless it says what holds anyway.
    ///
    /// @param value a text, a number, or a list of texts
    void key(Entry entry, String path, Object value) {
        key(shown(entry), entry, path, value);
    }

    private void key(String says, Entry entry, String path, Object value) {
        var full = part.prefix() + path;
        var text = Written.value(value);
        if (full.equals(path) && plain(value).equals(now.get(path))) {
            add(says, entry, Kind.AS_IT_IS, path + " is that already");
            return;
        }
        var earlier = notes.keys().putIfAbsent(full, value);
        if (earlier != null && !earlier.equals(value)) {
            add(says, entry, Kind.NO_NEED, full + " was said before, otherwise: " + Written.value(earlier));
            return;
        }
        notes.origins().putIfAbsent(full, notes.lines().size());
        add(says, entry, Kind.KEY, full + ": " + text);
    }

    /// The Dockerfile of an image, by its path.
    void dockerfile(Entry entry, String path) {
        var file = path.replaceFirst("^(\\./)+", "");
        if (file.equals("Dockerfile")) {
            asItIs(entry, "the image of the Dockerfile is built");
        } else {
            key(entry, "docker.file", file);
        }
    }

    /// An image that is built elsewhere.
    void image(Entry entry) {
        notYet(entry, "images of other registries are not run as they are; a Dockerfile with one line is: FROM IMAGE");
    }

    /// One more member of a list of `johwa.yaml`.
    void item(Entry entry, String path, String value) {
        var full = part.prefix() + path;
        var all = new ArrayList<Object>();
        if (notes.keys().get(full) instanceof List<?> earlier) {
            all.addAll(earlier);
        }
        all.add(value);
        notes.keys().put(full, List.copyOf(all));
        notes.origins().putIfAbsent(full, notes.lines().size());
        add(shown(entry), entry, Kind.KEY, full + ": " + Written.value(List.of(value)));
    }

    private static String plain(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining("; "))
                : String.valueOf(value);
    }

    /// A command that builds; what it installs first is installed anyway.
    void build(Entry entry, String command) {
        var rest = command.strip();
        for (var match = INSTALL.matcher(rest); match.lookingAt(); match = INSTALL.matcher(rest)) {
            rest = rest.substring(match.end()).strip();
        }
        if (rest.isEmpty()) {
            asItIs(entry, "dependencies are installed by themselves");
        } else {
            key(entry, "build", rest);
        }
    }

    /// An environment value; one whose name sounds like a secret is no business of a file.
    void value(Entry entry, String name, String value) {
        if (GIVEN.contains(name)) {
            add(named(entry, name), entry, Kind.NO_NEED, "the platform gives " + name);
        } else if (!NAME.matcher(name).matches()) {
            var why = "'" + name + "' is no name of a value: letters, digits and _";
            add(named(entry, name), entry, Kind.NOT_YET, why);
        } else if (isSecret(name, value)) {
            secret(entry, name);
        } else {
            key(named(entry, name) + ": " + value, entry, "env." + name, value);
        }
    }

    /// Whether a value is one that only the server keeps, by its name or by what it says.
    static boolean isSecret(String name, String value) {
        var byName = SECRET.matcher(name).matches() && !PUBLIC.matcher(name).matches();
        return byName || WITH_PASSWORD.matcher(value).matches();
    }

    /// A value that only the server keeps; of a database the database brings it.
    void secret(Entry entry, String name) {
        if (name.matches("DATABASE_URL|POSTGRES(QL)?_UR[IL]|REDIS_UR[IL]")) {
            database(entry, name);
            return;
        }
        keep(entry, name, "");
    }

    /// A value that only the server keeps, whatever it is called.
    ///
    /// @param from the file that holds it; empty when nobody knows
    void keep(Entry entry, String name, String from) {
        var plain = "johwa secrets set " + app() + " " + name + there();
        var whole = from.isEmpty() ? plain : plain + " < " + from;
        if (!from.isEmpty()) {
            notes.commands().remove(plain);
        }
        if (notes.commands().stream().noneMatch(each -> each.startsWith(plain + " < "))) {
            notes.commands().add(whole);
        }
        add(named(entry, name), entry, Kind.TO_DO, whole);
    }

    /// Its value may be nobody's business.
    private static String named(Entry entry, String name) {
        return entry.name().equals(name) ? entry.saysKey() : entry.saysKey() + "." + name;
    }

    /// A job at times.
    ///
    /// @param at five fields, or a word such as `@daily`; without them it is not known when
    void schedule(Entry entry, String name, Optional<String> at, String command) {
        if (at.isEmpty()) {
            notYet(entry, "it does not say when: five fields are wanted");
            return;
        }
        var job = new LinkedHashMap<String, String>();
        job.put("cron", at.get());
        job.put("run", command);
        key(entry, "schedule." + name, job);
    }

    /// A database, in another platform's words for its kind.
    void database(Entry entry, String words) {
        var kind = words.toLowerCase(Locale.ROOT);
        if (kind.contains("postgres") || kind.contains("crunchy") || kind.contains("database_url")) {
            command(entry, "johwa data add " + app() + " postgres");
        } else if (kind.contains("redis") || kind.contains("valkey") || kind.contains("keyvalue")) {
            command(entry, "johwa data add " + app() + " redis");
        } else if (kind.matches(".*(mysql|mariadb|jawsdb|cleardb).*")) {
            command(entry, "johwa data add " + app() + " mariadb");
        } else {
            notYet(
                    entry,
                    "'" + words + "' is not brought; give the address of one elsewhere: johwa secrets set " + app()
                            + " NAME");
        }
    }
}
