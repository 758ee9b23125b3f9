package dev.johwa.lib.db;

import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// A table that rooms keep something in.
///
/// @param order columns by which its rows have an order that is the same wherever they are
/// @param truths columns that are true or false
record Table(String name, List<String> columns, List<String> order, List<String> truths) {
    /// Those of a file of SQLite, by their names; the tables of migrations are left out.
    static List<Table> of(Handle file) {
        return file
                .createQuery("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
                        + " and name not in ('schema_origin', 'flyway_schema_history') order by name")
                .mapTo(String.class)
                .list()
                .stream()
                .map(name -> of(file, name))
                .toList();
    }

    private record Column(String name, boolean isTruth, int placeInKey) {}

    private static Table of(Handle file, String name) {
        var columns = file.createQuery("select name, type, pk from pragma_table_info('" + name + "') order by cid")
                .map((row, context) ->
                        new Column(row.getString(1), row.getString(2).equalsIgnoreCase("boolean"), row.getInt(3)))
                .list();
        var names = columns.stream().map(Column::name).toList();
        var key = columns.stream()
                .filter(column -> column.placeInKey() > 0)
                .map(Column::name)
                .toList();
        var truths = columns.stream().filter(Column::isTruth).map(Column::name).toList();
        return new Table(name, names, key.isEmpty() ? names : key, truths);
    }

    String select() {
        return "select " + String.join(", ", columns) + " from " + name + " order by " + String.join(", ", order);
    }

    String insert() {
        var places = columns.stream().map(column -> "?").collect(Collectors.joining(", "));
        return "insert into " + name + " (" + String.join(", ", columns) + ") values (" + places + ")";
    }
}
