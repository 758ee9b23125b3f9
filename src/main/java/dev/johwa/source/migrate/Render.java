package dev.johwa.source.migrate;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Render's blueprint: several services and databases in one file.
final class Render {
    private static final String PLAN = "a server of yours has no plans";

    private Render() {}

    static Format file() {
        var rules = new Rules()
                .on("databases.#.name", Render::database)
                .noNeed("the platform names database and role itself", "databases.#.databaseName", "databases.#.user")
                .noNeed(
                        PLAN,
                        "databases.#.plan",
                        "databases.#.diskSizeGB",
                        "databases.#.previewPlan",
                        "databases.#.previewDiskSizeGB",
                        "databases.#.storageAutoscalingEnabled")
                .noNeed("there is one server", "databases.#.region", "services.#.region")
                .on(
                        "databases.#.postgresMajorVersion",
                        (entry, sheet) -> sheet.noNeed(entry, "the version of the server's packages is used"))
                .noNeed("databases listen on the server only", "databases.#.ipAllowList")
                .notYet("one server has one copy", "databases.#.highAvailability", "databases.#.readReplicas")
                .on("envVarGroups.#.envVars.#", (entry, sheet) -> variable(entry, sheet))
                .noNeed("values are said where they are used", "envVarGroups.#.name", "services.#.envVars.#.fromGroup")
                .on("previews.generation", (entry, sheet) -> sheet.asItIs(entry, "every branch has a preview"))
                .on("previews.expireAfterDays", Render::expire)
                .noNeed("every branch has a preview", "previewsEnabled", "previewsExpireAfterDays")
                .notYet(
                        "write each project into a repository or folder of its own",
                        "projects",
                        "ungrouped",
                        "version");
        service(rules);
        return new Format("Render", List.of("render.yaml"), Format.Syntax.YAML, rules);
    }

    private static void service(Rules rules) {
        built(rules);
        served(rules);
    }

    /// What a service is built of.
    private static void built(Rules rules) {
        rules.on("services.#.type", Render::type)
                .on("services.#.name", Render::name)
                .on("services.#.runtime", Render::runtime)
                .on("services.#.env", Render::runtime)
                .noNeed(PLAN, "services.#.plan")
                .noNeed(
                        "what is pushed is deployed",
                        "services.#.repo",
                        "services.#.branch",
                        "services.#.autoDeploy",
                        "services.#.autoDeployTrigger",
                        "services.#.buildFilter")
                .on("services.#.rootDir", (entry, sheet) -> key(entry, sheet, "folder"))
                .on("services.#.buildCommand", Render::build)
                .on("services.#.startCommand", Render::start)
                .on("services.#.preDeployCommand", (entry, sheet) -> key(entry, sheet, "release"))
                .notYet(
                        "nothing runs at the first release alone; `johwa once` runs a command by hand",
                        "services.#.initialDeployHook")
                .on("services.#.healthCheckPath", (entry, sheet) -> key(entry, sheet, "health.path"))
                .on("services.#.numInstances", (entry, sheet) -> Processes.instances(entry, app(entry, sheet)))
                .notYet("instances do not come and go by load", "services.#.scaling")
                .on("services.#.domain", Render::domains)
                .on("services.#.domains", Render::domains)
                .on("services.#.envVars.#", (entry, sheet) -> variable(entry, app(entry, sheet)))
                .on(
                        "services.#.disk.mountPath",
                        (entry, sheet) -> sheet.byHand(entry, "name the folder in the repository: data: [uploads/]"))
                .noNeed("folders are as large as the server's disk", "services.#.disk.name", "services.#.disk.sizeGB")
                .on("services.#.schedule", Render::schedule);
    }

    /// What it runs and serves.
    private static void served(Rules rules) {
        rules.on(
                        "services.#.dockerfilePath",
                        (entry, sheet) ->
                                app(entry, sheet).dockerfile(entry, entry.text().orElse("Dockerfile")))
                .on("services.#.dockerContext", (entry, sheet) -> Containers.context(entry, app(entry, sheet)))
                .on(
                        "services.#.dockerCommand",
                        (entry, sheet) ->
                                entry.text().ifPresent(text -> app(entry, sheet).key(entry, "start", text)))
                .on("services.#.image", (entry, sheet) -> sheet.image(entry))
                .noNeed("no image of another registry is run", "services.#.registryCredential")
                .on(
                        "services.#.staticPublishPath",
                        (entry, sheet) -> sheet.noNeed(entry, "the folder that the build leaves is found"))
                .on("services.#.routes.#", Render::route)
                .on("services.#.headers.#", Render::header)
                .noNeed("instances end their requests first", "services.#.maxShutdownDelaySeconds")
                .noNeed(
                        "every branch has a preview",
                        "services.#.previews",
                        "services.#.pullRequestPreviewsEnabled",
                        "services.#.previewPlan")
                .noNeed("the app has the one name that it is given", "services.#.renderSubdomainPolicy")
                .on("services.#.ipAllowList.#", Render::allow)
                .notYet("Redis keeps its own default there", "services.#.maxmemoryPolicy")
                .on(
                        "services.#.maintenanceMode",
                        (entry, sheet) -> sheet.byHand(entry, "turn it on when it is wanted, on the server"));
    }

    /// The sheet of the service in which a value stands: where several are apps, each has keys of its own. A job goes
    /// with the first app.
    private static Sheet app(Entry entry, Sheet sheet) {
        var service = service(entry);
        var apps = service.above().stream()
                .flatMap(list -> list.inner().stream())
                .filter(Render::isApp)
                .toList();
        if (apps.size() < 2) {
            return sheet;
        }
        var owner = isApp(service) ? service : apps.getFirst();
        return owner.text("name").map(sheet::of).orElse(sheet);
    }

    /// The member of the list at the top in which a value stands.
    private static Entry service(Entry entry) {
        return entry.path().size() <= 2
                ? entry
                : entry.above().map(Render::service).orElse(entry);
    }

    private static boolean isApp(Entry service) {
        return service.text("type")
                .filter(type -> type.matches("redis|keyvalue|cron"))
                .isEmpty();
    }

    private static void key(Entry entry, Sheet sheet, String path) {
        if (isApp(service(entry))) {
            entry.text().ifPresent(text -> app(entry, sheet).key(entry, path, text));
        } else {
            sheet.noNeed(entry, "a job has the files of its app");
        }
    }

    private static void build(Entry entry, Sheet sheet) {
        if (isApp(service(entry))) {
            entry.text().ifPresent(text -> app(entry, sheet).build(entry, text));
        } else {
            sheet.noNeed(entry, "a job has the files of its app");
        }
    }

    /// Of several apps each is named, with its folder.
    private static void name(Entry entry, Sheet sheet) {
        var service = service(entry);
        var own = app(entry, sheet);
        if (own != sheet && isApp(service) && service.get("rootDir").isEmpty()) {
            own.key(entry, "folder", ".");
        } else {
            sheet.noNeed(
                    entry,
                    own == sheet ? "the project is called as its folder, or as it is pushed" : "so it is called");
        }
    }

    private static void runtime(Entry entry, Sheet sheet) {
        if (entry.is("static")) {
            app(entry, sheet).key(entry, "service", "static");
        } else if (entry.is("docker")) {
            sheet.asItIs(entry, "the Dockerfile that lies there decides");
        } else if (entry.is("image")) {
            sheet.image(entry);
        } else {
            sheet.noNeed(entry, "the stack is found by what lies there");
        }
    }

    /// Each app has databases of its own: whoever uses this one says so below.
    private static void database(Entry entry, Sheet sheet) {
        long users =
                entry.above().flatMap(Entry::above).flatMap(Entry::above).flatMap(top -> top.get("services")).stream()
                        .flatMap(services -> services.inner().stream())
                        .filter(service -> uses(service, entry.text()))
                        .count();
        if (users == 0) {
            sheet.database(entry, "postgres");
        } else if (users == 1) {
            sheet.noNeed(entry, "the app that uses it adds it: below");
        } else {
            sheet.byHand(
                    entry,
                    users + " services share it: add it to one, and give the others its address by"
                            + " `johwa data add NAME postgres --url ADDRESS`");
        }
    }

    private static boolean uses(Entry service, Optional<String> database) {
        return service.get("envVars").stream()
                .flatMap(list -> list.inner().stream())
                .flatMap(each -> each.get("fromDatabase").stream())
                .anyMatch(each -> each.text("name").equals(database));
    }

    private static void type(Entry entry, Sheet sheet) {
        switch (entry.text().orElse("")) {
            case "web" -> sheet.asItIs(entry, "what listens on $PORT is a web application");
            case "static" -> app(entry, sheet).key(entry, "service", "static");
            case "worker" -> app(entry, sheet).key(entry, "service", "worker");
            case "pserv" ->
                sheet.notYet(entry, "every app has an address at the edge; `access: private` asks for a login");
            case "cron" -> sheet.noNeed(entry, "its schedule says so");
            case "redis", "keyvalue" -> sheet.database(entry, "redis");
            case String other -> sheet.notYet(entry, "'" + other + "' is no kind of service here");
        }
    }

    /// Of a job it is what the schedule runs.
    private static void start(Entry entry, Sheet sheet) {
        if (isApp(service(entry))) {
            key(entry, sheet, "start");
        } else {
            sheet.noNeed(entry, "the schedule runs it");
        }
    }

    private static void schedule(Entry entry, Sheet sheet) {
        var service = entry.above().orElse(entry);
        var name = service.text("name").orElse("job");
        service.text("startCommand")
                .ifPresentOrElse(
                        run -> app(entry, sheet).schedule(entry, name, entry.text(), run),
                        () -> sheet.notYet(entry, "it does not say what runs"));
    }

    private static void domains(Entry entry, Sheet sheet) {
        entry.texts().forEach(name -> Processes.domain(entry, app(entry, sheet), name));
    }

    private static void variable(Entry entry, Sheet sheet) {
        var name = entry.text("key").orElse("");
        var database = entry.get("fromDatabase");
        var service = entry.get("fromService");
        if (entry.text("fromGroup").isPresent()) {
            sheet.noNeed(entry, "values are said where they are used");
        } else if (database.isPresent()) {
            var as = name.equals("DATABASE_URL") ? "" : " --as " + name;
            sheet.type(entry, "johwa data add " + sheet.app() + " postgres" + as);
        } else if (service.isPresent()) {
            sheet.notYet(entry, "addresses of other apps are not given yet: set " + name + " as a value");
        } else if (entry.text("generateValue").filter("true"::equals).isPresent()
                || entry.text("value").isEmpty()) {
            sheet.secret(entry, name);
        } else {
            sheet.value(entry, name, entry.text("value").get());
        }
    }

    private static void route(Entry entry, Sheet sheet) {
        var status = entry.text("type").filter("rewrite"::equals).isPresent() ? "200" : "301";
        Sites.redirect(entry, app(entry, sheet), entry.text("source"), entry.text("destination"), status);
    }

    private static void header(Entry entry, Sheet sheet) {
        var fields =
                Map.of(entry.text("name").orElse("name"), entry.text("value").orElse(""));
        Sites.fields(entry, app(entry, sheet), entry.text("path").orElse("/*"), fields);
    }

    /// Addresses that are answered; all of them is nothing to say.
    private static void allow(Entry entry, Sheet sheet) {
        var everybody = entry.text("source").filter("0.0.0.0/0"::equals).isPresent();
        if (everybody || !isApp(service(entry))) {
            sheet.noNeed(entry, everybody ? "everybody is answered" : "databases listen on the server only");
        } else {
            entry.text("source").ifPresent(from -> app(entry, sheet).item(entry, "allow.from", from));
        }
    }

    private static void expire(Entry entry, Sheet sheet) {
        entry.text().ifPresent(days -> sheet.key(entry, "environments.preview.expire", days + "d"));
    }
}
