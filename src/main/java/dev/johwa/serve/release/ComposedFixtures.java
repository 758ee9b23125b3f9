package dev.johwa.serve.release;

import dev.johwa.lib.blob.Digest;
import dev.johwa.serve.data.AppDatabase;
import dev.johwa.serve.data.Kind;
import dev.johwa.source.git.Repositories;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What a database of a compose file begins with in a preview: the files of `fixtures/` that it understands, and those
/// of `fixtures/SERVICE/`, in the order of their names.
///
/// @param repositories where they are
/// @param project whose
record ComposedFixtures(Repositories repositories, String project) {
    private static final String FOLDER = "fixtures";

    /// @param path in the repository
    /// @param isProgram whether it is run; else it is statements
    record Each(String path, boolean isProgram, String id) {}

    /// @param others databases of the same environment: what is for all of a kind is for the first of it
    List<Each> of(AppDatabase database, List<AppDatabase> others, String commit) {
        var found = new ArrayList<Each>();
        boolean isFirstOfKind = others.stream().filter(each -> each.kind() == database.kind()).findFirst().stream()
                .allMatch(database::equals);
        boolean isFirst = others.stream().findFirst().stream().allMatch(database::equals);
        add(found, commit, FOLDER, database.kind(), new Meant(isFirstOfKind, isFirst));
        add(found, commit, FOLDER + "/" + database.owner().app(), database.kind(), new Meant(true, true));
        return List.copyOf(found);
    }

    /// Which files of a folder a database gets.
    private record Meant(boolean statements, boolean programs) {}

    private void add(List<Each> found, String commit, String folder, Kind kind, Meant meant) {
        var ending = kind == Kind.REDIS ? ".redis" : ".sql";
        for (var file : repositories.folder(project, commit, folder)) {
            boolean isStatements = file.name().endsWith(ending);
            boolean isProgram = file.executable() && !file.name().matches(".*\\.(sql|redis)");
            if (isStatements && meant.statements() || isProgram && meant.programs()) {
                found.add(new Each(folder + "/" + file.name(), isProgram, file.id()));
            }
        }
    }

    /// Equal ones fill alike; empty for none.
    static String hash(List<Each> files) {
        if (files.isEmpty()) {
            return "";
        }
        var hash = Digest.sha256();
        for (var each : files) {
            hash.update(
                    (each.path() + "\0" + each.isProgram() + "\0" + each.id() + "\0").getBytes(StandardCharsets.UTF_8));
        }
        return Digest.of(hash).hex();
    }

    String text(String commit, Each file) {
        return repositories.file(project, commit, file.path()).orElse("");
    }
}
