package dev.johwa.door.web;

import dev.johwa.door.api.BackupList;
import dev.johwa.door.api.Operation;
import dev.johwa.serve.backup.Backups;
import dev.johwa.serve.backup.Made;
import dev.johwa.serve.backup.Order;
import java.io.IOException;
import java.util.List;

/// Copies of the platform.
final class BackupRoutes {
    private static final String PATH = "/api/v1/backups";

    private final Backups backups;
    private final LongWorks works;

    BackupRoutes(Backups backups, LongWorks works) {
        this.backups = backups;
        this.works = works;
    }

    List<Route> all() {
        return List.of(
                Route.get(PATH, Access.ADMINISTER, "Backups at a place, newest first", this::list)
                        .gives(BackupList.class),
                Route.post(PATH, Access.ADMINISTER, "Make a backup", this::make)
                        .takes(BackupList.Order.class)
                        .gives(Operation.class),
                Route.post(PATH + "/verify", Access.ADMINISTER, "Read a backup to its last byte", this::verify)
                        .takes(BackupList.Check.class)
                        .gives(Operation.class));
    }

    private void list(Call call) {
        var where = backups.place(call.query("where"));
        call.answer(new BackupList(
                where, backups.list(where).stream().map(BackupRoutes::item).toList()));
    }

    private void make(Call call) throws IOException {
        var asked = call.body(BackupList.Order.class);
        var order = new Order(
                backups.place(asked.where()), asked.keys(), asked.encrypt().or(backups::encrypt));
        call.answer(
                202,
                works.start("backup", "", progress -> item(backups.make(order, progress)))
                        .operation());
    }

    private void verify(Call call) throws IOException {
        var asked = call.body(BackupList.Check.class);
        var where = backups.place(asked.where());
        call.answer(
                202,
                works.start("verify backup", "", progress -> item(backups.verify(where, asked.name(), progress)))
                        .operation());
    }

    private static BackupList.Item item(Made made) {
        return new BackupList.Item(
                made.name(),
                made.where(),
                made.at(),
                made.johwa(),
                made.files(),
                made.bytes(),
                made.keys(),
                made.warnings());
    }
}
