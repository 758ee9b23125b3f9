package dev.johwa.door.cli.local;

import dev.johwa.door.cli.EjectedFiles;
import dev.johwa.door.cli.Session;
import dev.johwa.source.eject.Eject;
import dev.johwa.source.eject.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;

/// The project of a folder as files of others.
public final class Ejected {
    private Ejected() {}

    /// @param targets of [Eject#targets]
    public static EjectedFiles of(Session session, String folder, Collection<String> targets) {
        var project = new Project(session, folder, null);
        var apps = new ArrayList<Subject.App>();
        project.apps().forEach((name, place) -> {
            var detection = project.detect(name, place, "production");
            var settings = project.resolve(name, place, "production").settings();
            apps.add(new Subject.App(name, place, detection, settings));
        });
        var name = project.file().name().orElseGet(project::name);
        var ejection = Eject.of(new Subject(name, project.folder(), apps), targets);
        var texts = new LinkedHashMap<String, String>();
        ejection.files().forEach(file -> texts.put(file.path(), file.text()));
        return new EjectedFiles(texts, ejection.notes());
    }
}
