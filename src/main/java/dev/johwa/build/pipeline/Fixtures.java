package dev.johwa.build.pipeline;

import dev.johwa.source.git.Repositories;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a database begins with where nobody has data yet, in previews and tests: the files of the folder `fixtures/`
/// of an app, in the order of their names. SQL goes to the client of the database; a program is run.
public final class Fixtures {
    private static final String FOLDER = "fixtures";

    private Fixtures() {}

    /// The client of a database that takes SQL.
    ///
    /// @param command to which the name of a file is added
    /// @param values that it needs to come in
    public record Client(List<String> command, Map<String, String> values) {}

    /// A command that starts in the folder of the app.
    public record Step(List<String> command, Map<String, String> values) {}

    /// The statements alone, of each file.
    ///
    /// @param folder of the app in the repository
    public static List<String> statements(Repositories repositories, String project, String commit, String folder) {
        var place = place(folder);
        return repositories.folder(project, commit, place).stream()
                .filter(file -> file.name().endsWith(".sql"))
                .flatMap(file -> repositories.file(project, commit, place + "/" + file.name()).stream())
                .toList();
    }

    private static String place(String folder) {
        return folder.equals(".") ? FOLDER : folder + "/" + FOLDER;
    }

    /// @param folder of the app in the repository
    /// @param client of the database that SQL is meant for; empty: such files are passed over
    public static List<Step> of(
            Repositories repositories, String project, String commit, String folder, Optional<Client> client) {
        var place = place(folder);
        var steps = new ArrayList<Step>();
        for (var file : repositories.folder(project, commit, place)) {
            var path = FOLDER + "/" + file.name();
            if (file.name().endsWith(".sql") && client.isPresent()) {
                var command = new ArrayList<>(client.get().command());
                command.add(path);
                steps.add(new Step(command, client.get().values()));
            } else if (file.executable()) {
                steps.add(new Step(List.of("./" + path), Map.of()));
            }
        }
        return steps;
    }
}
