package dev.johwa.door.cli.local;

import dev.johwa.door.cli.Session;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.eject.EjectedApp;
import dev.johwa.source.eject.EjectedProject;
import dev.johwa.watch.alert.Objectives;
import dev.johwa.watch.tool.Watched;
import java.net.URI;

/// What of a project in a folder is to be watched, at the server that is meant where one is known.
record WatchedProject(Session session, EjectedProject project, boolean withOwn) {
    /// Where a server answers that nobody named.
    private static final URI USUAL = URI.create("http://127.0.0.1:8321");
    private static final String PRODUCTION = "production";

    Watched watched() {
        return new Watched(
                project.name(),
                server(),
                project.apps().stream().map(this::name).toList(),
                project.apps().stream()
                        .filter(app -> app.settings().service() == Service.WEB
                                || app.settings().service() == Service.STATIC)
                        .flatMap(app -> Objectives.of(
                                name(app), PRODUCTION, app.settings().slo())
                                .stream())
                        .toList(),
                withOwn);
    }

    /// As figures name it.
    private String name(EjectedApp app) {
        return app.settings().name();
    }

    private URI server() {
        try {
            return session.serverAddress();
        } catch (ProblemException e) {
            return USUAL;
        }
    }
}
