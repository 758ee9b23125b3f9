package dev.johwa.main.doctor;

import dev.johwa.serve.backup.Unfinished;
import dev.johwa.source.git.Progress;
import java.nio.file.Path;

/// Whether a backup was cut off.
final class BackupsLook extends Look {
    private final Path folder;

    BackupsLook(Path folder) {
        super("backups");
        this.folder = folder;
    }

    @Override
    String through(Progress progress) {
        Unfinished.at(folder)
                .ifPresent(cut -> warning(
                        "the backup " + cut.name(),
                        "it was cut off while it was written to " + cut.where(),
                        "it is no backup; its pieces take room there until the next one is made",
                        "`johwa backup " + cut.where() + "`: it uses what it can of them and takes the rest away"));
        return "whether the last was cut off";
    }
}
