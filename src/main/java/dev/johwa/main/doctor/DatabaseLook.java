package dev.johwa.main.doctor;

import dev.johwa.lib.db.Database;
import dev.johwa.source.git.Progress;

/// Whether the database of the platform is sound.
final class DatabaseLook extends Look {
    private final Database database;

    DatabaseLook(Database database) {
        super("database");
        this.database = database;
    }

    @Override
    String through(Progress progress) {
        for (var wrong : database.damage()) {
            broken(
                    "the database " + database,
                    wrong,
                    "what the platform knows may be wrong or cannot be read",
                    "`johwa backup` now if you can, then `johwa restore` the newest backup whose `johwa backup verify`"
                            + " is good; look at the disk");
        }
        return database.looked();
    }

    @Override
    boolean mayPass() {
        return false;
    }
}
