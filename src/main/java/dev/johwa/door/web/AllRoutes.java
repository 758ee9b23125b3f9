package dev.johwa.door.web;

import dev.johwa.door.api.Operation;
import dev.johwa.source.config.Configs;
import dev.johwa.watch.telemetry.Exporters;
import java.util.List;
import java.util.stream.Stream;

/// Every way in: routes of programs, one file a resource, and pages.
final class AllRoutes {

    private final WebRooms rooms;
    private final HttpMeter meter;
    private final LongWorks works;
    private final Messages messages;

    AllRoutes(WebRooms rooms, HttpMeter meter) {
        this.rooms = rooms;
        this.meter = meter;
        this.messages = new Messages(rooms.repositories(), rooms.connections(), rooms.issues());
        this.works = new LongWorks(rooms.tasks(), rooms.clock());
    }

    /// What is known of how apps do.
    private List<Route> watching() {
        var exporters = new Exporters(rooms.telemetry(), rooms.logs(), rooms.clock());
        return Stream.of(
                        new AlertRoutes(rooms).all(),
                        new IncidentRoutes(rooms).all(),
                        new DoraRoutes(rooms).all(),
                        new MetricsRoutes(meter, rooms).all(),
                        new FigureRoutes(rooms).all(),
                        new PrometheusRoutes(rooms.telemetry(), rooms.clock()).all(),
                        new ExporterRoutes(exporters, rooms.tokens()::identify).all(),
                        List.of(new ExplainRoutes(rooms).route(), new ScrapeTargetRoutes(rooms).route()))
                .flatMap(List::stream)
                .toList();
    }

    /// Those of the API, of git and of what watches over the server.
    List<Route> all() {
        var described = Stream.of(
                        new AppRoutes(rooms, works).all(),
                        new ReleaseRoutes(rooms, works).all(),
                        new RestartRoutes(rooms.releases(), works).all(),
                        new OnceRoutes(rooms, works).all(),
                        new ClosureRoutes(rooms.releases()).all(),
                        new ChaosRoutes(rooms, works).all(),
                        new JobRoutes(rooms, works).all(),
                        new AttachRoutes(rooms).all(),
                        new RunRoutes(rooms, messages).all(),
                        new EnvRoutes(rooms, works).all(),
                        new DomainRoutes(rooms.domains(), rooms.releases()).all(),
                        new DataRoutes(rooms, works).all(),
                        new UpgradeRoutes(rooms.data(), rooms.releases(), works).all(),
                        new BackupRoutes(rooms.backups(), works).all(),
                        new ReceiverRoutes(rooms, works).all(),
                        new IssueRoutes(rooms).all(),
                        new LogRoutes(rooms).all(),
                        new ProtectionRoutes(rooms.repositories()).all(),
                        new AdmissionRoutes(rooms.sessions(), rooms.clock()).all(),
                        new TokenRoutes(rooms.tokens(), rooms.people(), rooms.clock()).all(),
                        new LinkRoutes(rooms.visitors(), rooms.releases(), rooms.clock()).all(),
                        new PeopleRoutes(rooms.people(), rooms.tokens(), rooms.repositories()).all(),
                        new OperationRoutes(works).all(),
                        new HealthRoutes(rooms.readiness()).all(),
                        new ConnectionRoutes(rooms, works).all(),
                        new HookRoutes(rooms.connections()).all(),
                        new GitRoutes(rooms.repositories(), rooms.git()).all(),
                        new RegistryRoutes(rooms).all(),
                        new ImageRoutes(rooms).all(),
                        new ArtifactRoutes(rooms).all(),
                        new MirrorRoutes(rooms).all(),
                        watching(),
                        List.of(schema(), collection(), examination()))
                .flatMap(List::stream)
                .toList();
        return Stream.concat(described.stream(), Stream.of(description(described)))
                .toList();
    }

    /// Those of pages, which people look at.
    List<Route> pages(Pages pages) {
        var login = new LoginPages(pages, rooms.sessions(), rooms.people());
        var overviews = new Overviews(rooms, messages);
        return Stream.of(
                        login.all(),
                        new FeedbackPages(pages, rooms).all(),
                        new InvitationPages(pages, rooms.sessions(), rooms.people(), login).all(),
                        new PeoplePages(pages, rooms.people(), rooms.repositories()).all(),
                        new HomePages(pages, rooms, overviews).all(),
                        new ProjectPages(pages, rooms, overviews).all(),
                        new RunPages(pages, rooms, messages).all(),
                        new CanaryPages(pages, rooms, works).all(),
                        new ReleasePages(pages, rooms, works, overviews, messages).all(),
                        new PlacePages(pages, rooms, works, overviews).all(),
                        new JobPages(pages, rooms, works).all(),
                        new WorkPages(pages, works).all(),
                        new LogPages(pages, rooms).all(),
                        new IncidentPages(pages, rooms).all(),
                        new MetricsPages(pages, rooms).all(),
                        new IssuePages(pages, rooms).all(),
                        new PreviewPages(pages, rooms.releases()).all())
                .flatMap(List::stream)
                .toList();
    }

    private Route collection() {
        return Route.post("/api/v1/gc", Access.ADMINISTER, "Free what nobody needs", call -> {
                    var collecting = works.start(
                            "gc", "", progress -> rooms.housekeeping().get());
                    call.answer(202, collecting.operation());
                })
                .gives(Operation.class);
    }

    private Route examination() {
        return Route.post("/api/v1/doctor", Access.ADMINISTER, "Look through all that is kept", call -> {
                    var looking = works.start("doctor", "", rooms.doctor()::apply);
                    call.answer(202, looking.operation());
                })
                .gives(Operation.class);
    }

    private static Route schema() {
        return Route.get(
                "/schema/johwa.json",
                Access.OPEN,
                "The JSON Schema of johwa.yaml",
                call -> call.answer(Configs.schema()));
    }

    private static Route description(List<Route> described) {
        return Route.get(
                "/api/openapi.json",
                Access.OPEN,
                "This description",
                call -> call.answer(new OpenApi(described).document()));
    }
}
