package dev.johwa.door.api;

import dev.johwa.lib.problem.Problem;

/// NAME of a command: PROJECT, or PROJECT/APP where a project has several apps.
public record AppName(String project, String app) {
    public static AppName parse(String text) {
        var parts = text.split("/", -1);
        if (parts.length > 2 || parts[0].isBlank() || parts[parts.length - 1].isBlank()) {
            throw Problem.user("name.wrong", "'" + text + "' names no app")
                    .hint("write PROJECT, or PROJECT/APP where a project has several")
                    .exception();
        }
        return new AppName(parts[0], parts[parts.length - 1]);
    }

    /// `shop`, of `shop` and of `shop/api`.
    public static String projectOf(String name) {
        return name.replaceFirst("/.*", "");
    }

    @Override
    public String toString() {
        return project.equals(app) ? project : project + "/" + app;
    }
}
